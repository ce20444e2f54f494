"""A person answers beforehand, by a link: what they say is proposed beside what is in the file, never put in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from indexer.accounts import Actor
from indexer.dossiers.checking import check_answers
from indexer.dossiers.contents import seal_answers, unseal_answers
from indexer.dossiers.errors import NotFound
from indexer.dossiers.model import Answers, Dossier
from indexer.dossiers.saving import Saved, save_in
from indexer.dossiers.store import Dossiers
from indexer.dossiers.tables import dossier_links
from indexer.errors import ExpiredLinkError
from indexer.sealing import hash_token, new_token

LIVES: Final = timedelta(days=14)
_GONE: Final = "Ce lien ne marche plus. Demandez-en un nouveau à la personne qui vous accompagne."


@dataclass(frozen=True, slots=True)
class Prefill:
    """One link. `key` names it without letting anyone use it; `proposals` are answers that differ from the file's."""

    key: str
    created_at: datetime
    expires_at: datetime
    open: bool
    answered_at: datetime | None
    proposals: Answers


class Prefills:
    """Links of files: made and read by who may open the file, used by whoever holds one."""

    def __init__(self, files: Dossiers) -> None:
        self._files = files

    def make(self, actor: Actor, dossier_id: str) -> str:
        """The token of a new link, which is nowhere else; the former ones of the file no longer serve."""
        token, now = new_token(), self._files.clock()
        with self._files.database.writing() as connection:
            self._files.read(connection, actor, dossier_id)
            self._close(connection, dossier_id)
            row = {"token_hash": hash_token(token), "dossier_id": dossier_id, "author_id": actor.user_id}
            connection.execute(insert(dossier_links).values(row | {"created_at": now, "expires_at": now + LIVES}))
        return token

    def revoke(self, actor: Actor, dossier_id: str) -> None:
        """Closes the links of a file; what was answered stays proposed."""
        with self._files.database.writing() as connection:
            self._files.read(connection, actor, dossier_id)
            self._close(connection, dossier_id)

    def of(self, actor: Actor, dossier_id: str) -> list[Prefill]:
        """The links of a file whose answers were not settled yet, the last first."""
        now = self._files.clock()
        mine = (dossier_links.c.dossier_id == dossier_id) & dossier_links.c.settled_at.is_(None)
        with self._files.database.reading() as connection:
            dossier = self._files.read(connection, actor, dossier_id)
            query = select(dossier_links).where(mine).order_by(dossier_links.c.created_at.desc())
            return [self._build(row, dossier, now) for row in connection.execute(query)]

    def read(self, token: str) -> Answers:
        """What was already answered by this link. ExpiredLinkError for one that no longer serves."""
        with self._files.database.reading() as connection:
            row = self._find(connection, token)
        return {} if row.reponses is None else unseal_answers(self._files.sealer, row.reponses)

    def answer(self, token: str, sent: Mapping[str, str]) -> None:
        """Keeps what the person says, in place of what they said before. ExpiredLinkError, RefusedAnswers."""
        kept = {field: value for field, value in check_answers(sent).items() if value and field != "nom"}
        now = self._files.clock()
        with self._files.database.writing() as connection:
            row = self._find(connection, token)
            values = {"reponses": seal_answers(self._files.sealer, kept), "answered_at": now}
            mine = dossier_links.c.token_hash == row.token_hash
            connection.execute(update(dossier_links).where(mine).values(values))
            self._files.touch(connection, row.dossier_id, now)

    def settle(self, actor: Actor, dossier_id: str, key: str, accepted: Collection[str], version: int) -> Saved:
        """Puts the accepted fields in the file, and forgets the answers: the others are refused. NotFound."""
        mine = (dossier_links.c.token_hash == key) & (dossier_links.c.dossier_id == dossier_id)
        unsettled = mine & dossier_links.c.settled_at.is_(None) & dossier_links.c.reponses.is_not(None)
        with self._files.database.writing() as connection:
            dossier = self._files.read(connection, actor, dossier_id, locked=True)
            row = connection.execute(select(dossier_links).where(unsettled)).one_or_none()
            if row is None:
                raise NotFound
            now = self._files.clock()
            settled = {"settled_at": now, "reponses": None, "revoked_at": now}
            connection.execute(update(dossier_links).where(mine).values(settled))
            said = unseal_answers(self._files.sealer, row.reponses)
            wanted = {field: value for field, value in said.items() if field in accepted}
            return save_in(self._files, connection, actor, dossier, version, wanted)

    def _build(self, row: Row[Any], dossier: Dossier, now: datetime) -> Prefill:
        said = {} if row.reponses is None else unseal_answers(self._files.sealer, row.reponses)
        differing = {field: value for field, value in said.items() if dossier.answers.get(field, "") != value}
        still = row.revoked_at is None and row.expires_at > now
        return Prefill(row.token_hash, row.created_at, row.expires_at, still, row.answered_at, differing)

    def _find(self, connection: Connection, token: str) -> Row[Any]:
        serves = dossier_links.c.revoked_at.is_(None) & (dossier_links.c.expires_at > self._files.clock())
        mine = dossier_links.c.token_hash == hash_token(token)
        row = connection.execute(select(dossier_links).where(mine & serves)).one_or_none()
        if row is None:
            raise ExpiredLinkError(_GONE)
        return row

    def _close(self, connection: Connection, dossier_id: str) -> None:
        open_ones = (dossier_links.c.dossier_id == dossier_id) & dossier_links.c.revoked_at.is_(None)
        connection.execute(update(dossier_links).where(open_ones).values(revoked_at=self._files.clock()))
