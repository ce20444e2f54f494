"""The files of people in the database. Every verb asks `indexer.dossiers.access` who may."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from indexer.accounts import Actor
from indexer.catalogue.database import Database
from indexer.catalogue.work import Clock
from indexer.dossiers.access import may_follow, may_govern, may_open
from indexer.dossiers.checking import check_answers
from indexer.dossiers.contents import Seals, seal_answers, unseal_answers
from indexer.dossiers.errors import NotFound
from indexer.dossiers.model import Consent, Dossier, NewDossier, Statut, Summary
from indexer.dossiers.reading_log import Note, ReadingLog
from indexer.dossiers.tables import dossiers

_SUMMARY: Final = tuple(column for column in dossiers.c if column.name not in ("reponses", "warned_at"))
Forget = Callable[[Connection, str], object]
"""Deletes what a package keeps of one file, by its id, beyond what its foreign keys delete."""

HandOver = Callable[[Connection, str, str], object]
"""Gives what a package keeps of one file, by its id, to the organisation that owns it from now on."""

ExportPart = Callable[[Connection, str], Sequence[Mapping[str, str]]]
"""What a package keeps of one file, by its id: one mapping a line, from French names to French words."""

TellAnswer = Callable[[Connection, str, str, int], object]
"""Told of an answer of a partner: the id of the file, of the user who asked, of the answer."""


def new_id() -> str:
    return secrets.token_urlsafe(9)


class Dossiers:
    """Safe to share between threads. `forget` functions are called, in the same transaction, when a file is deleted."""

    def __init__(self, database: Database, sealer: Seals, clock: Clock, note: Note) -> None:
        """`note` writes in the log of accesses (`Accounts.note_access`)."""
        self.database = database
        self.sealer = sealer
        self.clock = clock
        self.note = note
        self._readings = ReadingLog(database, note)
        self.parts: dict[str, ExportPart] = {}
        self.hand_overs: list[HandOver] = []
        self.tell_answers: list[TellAnswer] = []
        self._forget: list[Forget] = []

    def also_forget(self, forget: Forget) -> None:
        """For the construction of the workspace: what another package keeps of a file goes with it."""
        self._forget.append(forget)

    def also_hand_over(self, hand_over: HandOver) -> None:
        """For the construction of the workspace: what another package keeps of a file follows it."""
        self.hand_overs.append(hand_over)

    def also_export(self, name: str, part: ExportPart) -> None:
        """For the construction of the workspace: what another package keeps of a file is in its export, by `name`."""
        self.parts[name] = part

    def also_tell_answers(self, tell: TellAnswer) -> None:
        """For the construction of the workspace: who asked partners for ideas learns that one answered."""
        self.tell_answers.append(tell)

    def get(self, actor: Actor, dossier_id: str) -> Dossier:
        """NotFound for who may not open it, as for what does not exist. The log of accesses is told."""
        with self.database.reading() as connection:
            dossier = self.read(connection, actor, dossier_id)
        self._readings.tell(actor, dossier_id, self.clock())
        return dossier

    def read(self, connection: Connection, actor: Actor, dossier_id: str, *, locked: bool = False) -> Dossier:
        """The same inside a transaction; `locked` keeps other writers away until its end."""
        query = select(dossiers).where(dossiers.c.id == dossier_id, may_open(actor, self.clock()))
        row = connection.execute(query.with_for_update() if locked else query).one_or_none()
        if row is None:
            raise NotFound
        return self.build(row)

    def get_governed(self, actor: Actor, dossier_id: str) -> Dossier:
        """For what only its own organisation does: sharing, handing over, deleting. NotFound for others."""
        with self.database.reading() as connection:
            return self.read_governed(connection, actor, dossier_id)

    def read_governed(self, connection: Connection, actor: Actor, dossier_id: str) -> Dossier:
        query = select(dossiers).where(dossiers.c.id == dossier_id, may_govern(actor))
        row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound
        return self.build(row)

    def iter_for(self, actor: Actor, statut: Statut | None = Statut.ACTIF) -> Iterator[Summary]:
        """All that `actor` may open, the last changed first; of one status, or of both with None."""
        query = select(*_SUMMARY).where(may_open(actor, self.clock()))
        if statut is not None:
            query = query.where(dossiers.c.statut == statut)
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(dossiers.c.changed_at.desc(), dossiers.c.id)).all()
        yield from (Summary(**self._common(row)) for row in rows)

    def create(self, actor: Actor, new: NewDossier) -> Dossier:
        """Opens a file of the actor's organisation. RefusedAnswers; NotFound for who may have none."""
        if not may_follow(actor):
            raise NotFound
        checked = check_answers({**new.answers, "nom": new.nom}, needs_name=True)
        now, dossier_id = self.clock(), new_id()
        values = {
            "id": dossier_id,
            "organisation_id": actor.organisation_id,
            "referent_id": actor.user_id,
            **self.sealed(checked),
            "statut": Statut.ACTIF,
            "version": 1,
            "created_at": now,
            "changed_at": now,
            "consent_at": now,
            "consent_how": new.consent_how,
        }
        with self.database.writing() as connection:
            connection.execute(insert(dossiers).values(values))
            self.note(connection, actor, "ouverture", dossier_id)
        return self.get(actor, dossier_id)

    def set_statut(self, actor: Actor, dossier_id: str, statut: Statut) -> None:
        """Closes a file, or opens it again."""
        with self.database.writing() as connection:
            self.read(connection, actor, dossier_id, locked=True)
            values = {"statut": statut, "changed_at": self.clock(), "warned_at": None}
            connection.execute(update(dossiers).where(dossiers.c.id == dossier_id).values(values))

    def touch(self, connection: Connection, dossier_id: str, now: datetime) -> None:
        """Says that something of the file changed (a plan, an answer): its retention starts again."""
        query = update(dossiers).where(dossiers.c.id == dossier_id)
        connection.execute(query.values(changed_at=now, warned_at=None))

    def delete(self, actor: Actor, dossier_id: str) -> None:
        """Deletes a file and all that hangs on it, at once and for good."""
        with self.database.writing() as connection:
            self.read_governed(connection, actor, dossier_id)
            self.erase(connection, dossier_id)
            self.note(connection, actor, "suppression", dossier_id)

    def erase(self, connection: Connection, dossier_id: str) -> None:
        """The same without asking who: for the end of retention."""
        for forget in self._forget:
            forget(connection, dossier_id)
        connection.execute(delete(dossiers).where(dossiers.c.id == dossier_id))

    def sealed(self, answers: Mapping[str, str]) -> dict[str, str]:
        """The two sealed columns of a file, from its answers with its name."""
        kept = {field: value for field, value in answers.items() if value and field != "nom"}
        return {"nom": self.sealer.seal(answers["nom"]), "reponses": seal_answers(self.sealer, kept)}

    def build(self, row: Row[Any]) -> Dossier:
        return Dossier(**self._common(row), answers=unseal_answers(self.sealer, row.reponses))

    def _common(self, row: Row[Any]) -> dict[str, Any]:
        return {
            "id": row.id,
            "organisation_id": row.organisation_id,
            "referent_id": row.referent_id,
            "nom": self.sealer.unseal(row.nom),
            "statut": Statut(row.statut),
            "version": row.version,
            "created_at": row.created_at,
            "changed_at": row.changed_at,
            "consent_at": row.consent_at,
            "consent_how": Consent(row.consent_how),
        }
