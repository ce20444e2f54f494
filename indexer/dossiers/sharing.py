"""Sharing a file with another organisation, and handing it over, without the person telling it all again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from indexer.accounts import Actor, User
from indexer.dossiers.errors import NotFound, RefusedAnswers
from indexer.dossiers.model import Dossier
from indexer.dossiers.store import Dossiers, new_id
from indexer.dossiers.tables import dossier_shares, dossiers

MAX_DAYS: Final = 366
"""A sharing ends by itself within a year: whoever still needs it says so again, with the person."""

HAND_OVER_DAYS: Final = 30
"""What the former organisation may keep, the time of a word with the new one."""


@dataclass(frozen=True, slots=True)
class Share:
    """`active` at the moment it was read."""

    id: str
    organisation_id: str
    author_id: str
    at: datetime
    until: datetime
    active: bool


class Sharing:
    """Only the file's own organisation decides: NotFound for others."""

    def __init__(self, files: Dossiers) -> None:
        self._files = files

    def of(self, actor: Actor, dossier_id: str) -> list[Share]:
        """All of a file, past ones too, the last first; for whoever may open it."""
        now = self._files.clock()
        with self._files.database.reading() as connection:
            self._files.read(connection, actor, dossier_id)
            query = select(dossier_shares).where(dossier_shares.c.dossier_id == dossier_id)
            rows = connection.execute(query.order_by(dossier_shares.c.at.desc(), dossier_shares.c.id)).all()
        return [
            Share(row.id, row.organisation_id, row.author_id, row.at, row.until, _is_active(row, now)) for row in rows
        ]

    def share(self, actor: Actor, dossier_id: str, organisation_id: str, days: int) -> None:
        """Opens a file to an organisation; in place of what it was shared before. RefusedAnswers."""
        if not 1 <= days <= MAX_DAYS:
            raise RefusedAnswers({"jours": f"Choisissez une durée, de 1 à {MAX_DAYS} jours."})
        with self._files.database.writing() as connection:
            dossier = self._files.read_governed(connection, actor, dossier_id)
            if organisation_id == dossier.organisation_id:
                raise RefusedAnswers({"organisation": "Ce dossier est déjà celui de cette organisation."})
            self._open_to(connection, actor, dossier_id, organisation_id, days)
            self._files.note(connection, actor, "partage", dossier_id)

    def revoke(self, actor: Actor, dossier_id: str, share_id: str) -> None:
        """Ends a sharing at once."""
        with self._files.database.writing() as connection:
            self._files.read_governed(connection, actor, dossier_id)
            mine = (dossier_shares.c.id == share_id) & (dossier_shares.c.dossier_id == dossier_id)
            done = connection.execute(update(dossier_shares).where(mine).values(revoked_at=self._files.clock()))
            if done.rowcount != 1:
                raise NotFound
            self._files.note(connection, actor, "fin de partage", dossier_id)

    def hand_over(self, actor: Actor, dossier_id: str, to: User, *, keep_access: bool = False) -> None:
        """To a colleague, or to someone of another organisation, which then owns the file.

        With `keep_access` the former organisation may still open it for HAND_OVER_DAYS. RefusedAnswers for an account
        that follows nobody.
        """
        if to.disabled or not to.organisation_id or not follows_people(to):
            raise RefusedAnswers({"referent": "Cette personne ne peut pas suivre de dossier. Choisissez-en une autre."})
        with self._files.database.writing() as connection:
            before = self._files.read_governed(connection, actor, dossier_id)
            self._give(connection, before, to)
            if keep_access and before.organisation_id != to.organisation_id:
                self._open_to(connection, actor, dossier_id, before.organisation_id, HAND_OVER_DAYS)
            self._files.note(connection, actor, "transfert", dossier_id)

    def _give(self, connection: Connection, before: Dossier, to: User) -> None:
        values = {"referent_id": to.id, "organisation_id": to.organisation_id, "warned_at": None}
        connection.execute(update(dossiers).where(dossiers.c.id == before.id).values(values))
        self._end(connection, before.id, to.organisation_id)
        if to.organisation_id != before.organisation_id:
            for hand_over in self._files.hand_overs:
                hand_over(connection, before.id, to.organisation_id)

    def _open_to(self, connection: Connection, actor: Actor, dossier_id: str, organisation_id: str, days: int) -> None:
        now = self._files.clock()
        self._end(connection, dossier_id, organisation_id)
        row = {
            "id": new_id(),
            "dossier_id": dossier_id,
            "organisation_id": organisation_id,
            "author_id": actor.user_id,
            "at": now,
            "until": now + timedelta(days=days),
        }
        connection.execute(insert(dossier_shares).values(row))

    def _end(self, connection: Connection, dossier_id: str, organisation_id: str) -> None:
        open_ones = (
            (dossier_shares.c.dossier_id == dossier_id)
            & (dossier_shares.c.organisation_id == organisation_id)
            & dossier_shares.c.revoked_at.is_(None)
        )
        connection.execute(update(dossier_shares).where(open_ones).values(revoked_at=self._files.clock()))


def follows_people(user: User) -> bool:
    """Whether an account may have files: the same rule as for who is signed in."""
    return Actor(user.id, user.name, user.role, user.organisation_id, user.organisation_name).follows_people


def _is_active(row: Row[Any], now: datetime) -> bool:
    return row.revoked_at is None and bool(row.until > now)
