"""Lines of a plan, from rows and to rows."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from indexer.dossiers.errors import NotFound
from indexer.dossiers.tables import dossiers
from indexer.plans.merge import from_values, to_values
from indexer.plans.model import Basis, Fields, Line
from indexer.plans.sealed import Sealing, seal_json, unseal_json
from indexer.plans.tables import plan_lines, plans

_CLEAR = ("etat", "echeance")
"""Fields that have a column of their own."""


def lock_plan(connection: Connection, dossier_id: str) -> None:
    """Makes writers of one plan take turns, up to the end of the transaction. NotFound for a dossier just deleted.

    It is the dossier that is locked, as its deletion does: whoever comes second waits, and none waits for the other.
    """
    query = select(dossiers.c.id).where(dossiers.c.id == dossier_id).with_for_update()
    if connection.execute(query).one_or_none() is None:
        raise NotFound


def read_lines(connection: Connection, sealer: Sealing, dossier_id: str) -> tuple[Line, ...]:
    """In their order."""
    query = select(plan_lines).where(plan_lines.c.dossier_id == dossier_id)
    rows = connection.execute(query.order_by(plan_lines.c.rank, plan_lines.c.id))
    return tuple(_line(row, sealer) for row in rows)


def read_line(connection: Connection, sealer: Sealing, dossier_id: str, line_id: str) -> Line | None:
    query = select(plan_lines).where(plan_lines.c.dossier_id == dossier_id, plan_lines.c.id == line_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _line(row, sealer)


def add_line(connection: Connection, sealer: Sealing, dossier_id: str, rank: int, line: Line) -> None:
    row = _columns(sealer, line.fields) | {
        "id": line.id,
        "dossier_id": dossier_id,
        "rank": rank,
        "version": line.version,
        "created_at": line.created_at,
        "changed_at": line.changed_at,
    }
    connection.execute(insert(plan_lines).values(row))


def write_line(connection: Connection, sealer: Sealing, line: Line) -> None:
    values = _columns(sealer, line.fields) | {"version": line.version, "changed_at": line.changed_at}
    connection.execute(update(plan_lines).where(plan_lines.c.id == line.id).values(values))


def drop_line(connection: Connection, line_id: str) -> None:
    connection.execute(delete(plan_lines).where(plan_lines.c.id == line_id))


def write_ranks(connection: Connection, lines: Sequence[Line]) -> None:
    """Numbers lines as they stand."""
    for rank, line in enumerate(lines):
        connection.execute(update(plan_lines).where(plan_lines.c.id == line.id).values(rank=rank))


def read_basis(connection: Connection, sealer: Sealing, dossier_id: str) -> tuple[datetime | None, Basis | None]:
    """When the plan was last built, and from what; None where it never was."""
    row = connection.execute(select(plans).where(plans.c.dossier_id == dossier_id)).one_or_none()
    if row is None:
        return None, None
    values = unseal_json(sealer, row.sealed)
    return row.built_at, Basis(
        values["age"], tuple(values["publics"]), tuple(values["besoins"]), values["code_commune"]
    )


def write_basis(connection: Connection, sealer: Sealing, dossier_id: str, basis: Basis, now: datetime) -> None:
    values = asdict(basis)
    connection.execute(delete(plans).where(plans.c.dossier_id == dossier_id))
    row = {"dossier_id": dossier_id, "built_at": now, "sealed": seal_json(sealer, values)}
    connection.execute(insert(plans).values(row))


def _columns(sealer: Sealing, fields: Fields) -> dict[str, Any]:
    values = to_values(fields)
    sealed = seal_json(sealer, {name: value for name, value in values.items() if name not in _CLEAR})
    return {"state": fields.etat, "due": fields.echeance, "sealed": sealed}


def _line(row: Row[Any], sealer: Sealing) -> Line:
    due = None if row.due is None else row.due.isoformat()
    values = unseal_json(sealer, row.sealed) | {"etat": row.state, "echeance": due}
    return Line(row.id, row.version, from_values(values), row.created_at, row.changed_at)
