"""Leases: the same long work runs once at a time, and a dead holder blocks nobody."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from indexer.catalogue.dialects import take_turns
from indexer.catalogue.holder import Holder, is_dead, parse_holder
from indexer.catalogue.tables import leases
from indexer.errors import BusyError

_LABELS = {"import": "Un import", "reindex": "Une reconstruction de l'index", "upkeep": "L'entretien quotidien"}


def refuse_if_held(connection: Connection, name: str, now: datetime) -> None:
    """Raises BusyError when a living holder has the lease; writes nothing, so it waits for no writer."""
    row = _row(connection, name)
    if row is not None and _is_alive(row, now):
        raise _busy(row)


def take_lease(connection: Connection, name: str, holder: Holder, now: datetime) -> None:
    """Takes a lease that is free, or whose holder is dead; BusyError otherwise. Needs a writing transaction."""
    take_turns(connection, f"maillage:{name}")
    refuse_if_held(connection, name, now)
    connection.execute(delete(leases).where(leases.c.name == name))
    connection.execute(insert(leases).values(name=name, holder=str(holder), started_at=now, heartbeat_at=now))


def keep_lease(connection: Connection, name: str, holder: Holder, now: datetime) -> None:
    """Says that the holder lives. BusyError when another one took the lease meanwhile: this work must stop."""
    mine = (leases.c.name == name) & (leases.c.holder == str(holder))
    if connection.execute(update(leases).where(mine).values(heartbeat_at=now)).rowcount == 1:
        return
    row = _row(connection, name)
    raise BusyError("Ce travail est resté muet trop longtemps : il est abandonné.") if row is None else _busy(row)


def release_lease(connection: Connection, name: str, holder: Holder) -> None:
    connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == str(holder)))


def _row(connection: Connection, name: str) -> Row[Any] | None:
    return connection.execute(select(leases).where(leases.c.name == name)).one_or_none()


def _is_alive(row: Row[Any], now: datetime) -> bool:
    return not is_dead(parse_holder(row.holder), row.heartbeat_at, now)


def _busy(row: Row[Any]) -> BusyError:
    label = _LABELS.get(row.name, f"Le travail « {row.name} »")
    return BusyError(
        f"{label} est déjà en cours depuis le {row.started_at:%d/%m/%Y à %H:%M} UTC "
        f"({parse_holder(row.holder).shown}). Attendez la fin de ce travail, puis relancez."
    )
