"""When each professional last looked at what is new around a plan."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from indexer.plans.tables import plan_looks


def read_look(connection: Connection, dossier_id: str, user_id: str) -> datetime | None:
    """None for who never looked."""
    query = select(plan_looks.c.at).where(plan_looks.c.dossier_id == dossier_id, plan_looks.c.user_id == user_id)
    found: datetime | None = connection.scalars(query).one_or_none()
    return found


def write_look(connection: Connection, dossier_id: str, user_id: str, now: datetime) -> None:
    mine = (plan_looks.c.dossier_id == dossier_id) & (plan_looks.c.user_id == user_id)
    connection.execute(delete(plan_looks).where(mine))
    connection.execute(insert(plan_looks).values(dossier_id=dossier_id, user_id=user_id, at=now))
