"""The log of accesses: who looked at or changed which file, when; never what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from indexer.accounts.model import Actor
from indexer.accounts.tables import access_log, users

KEPT: Final = timedelta(days=365)
"""The CNIL asks for six months to a year."""


@dataclass(frozen=True, slots=True)
class Access:
    """`name` is the user's as it is now, None when the account is gone."""

    at: datetime
    user_id: str
    name: str | None
    organisation_id: str
    kind: str
    about: str


def note_access(connection: Connection, actor: Actor, kind: str, about: str, now: datetime) -> None:
    """`kind` is a word of the program (« lecture », « export »…), `about` the id of a file: nothing that was typed."""
    row = {"user_id": actor.user_id, "organisation_id": actor.organisation_id, "kind": kind, "about": about}
    connection.execute(insert(access_log).values(at=now, **row))


def iter_accesses(connection: Connection, about: str | None, limit: int) -> Iterator[Access]:
    """The latest ones, newest first; of one file when `about` is given."""
    query = select(access_log, users.c.name).join_from(
        access_log, users, users.c.id == access_log.c.user_id, isouter=True
    )
    if about is not None:
        query = query.where(access_log.c.about == about)
    for row in connection.execute(query.order_by(access_log.c.id.desc()).limit(limit)):
        yield Access(row.at, row.user_id, row.name, row.organisation_id, row.kind, row.about)


def erase_old_accesses(connection: Connection, now: datetime) -> int:
    return connection.execute(delete(access_log).where(access_log.c.at < now - KEPT)).rowcount
