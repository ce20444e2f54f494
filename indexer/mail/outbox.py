"""The outbox: a mail is written in the transaction of what it tells, and sent afterwards."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Protocol

import orjson
from sqlalchemy import Connection, Row, select, update

from indexer.catalogue.database import Database
from indexer.catalogue.dialects import insert_into
from indexer.catalogue.work import Clock
from indexer.mail.letter import Mail
from indexer.mail.tables import mails

KEPT_DAYS: Final = 8
"""Days after which the address and the words of a mail that was sent, or given up, are erased."""

UNSENT_DAYS: Final = 30
"""The same for a mail that nothing ever tried to send: there is no mail server."""


class MailState(StrEnum):
    """`sending`: a process has it in hand. `refused`: the server said no for good. `given-up`: it was away too long."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given-up"


SETTLED: Final = (MailState.SENT, MailState.REFUSED, MailState.GIVEN_UP)


class Seals(Protocol):
    """The part of the workspace's sealer that mail uses."""

    def seal(self, text: str) -> str: ...

    def unseal(self, sealed: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail of the outbox; `mail` is None once its words are erased."""

    id: int
    state: MailState
    reason: str
    attempts: int
    created_at: datetime
    message_id: str
    mail: Mail | None


class Outbox:
    """Shared by all threads. Addresses and words are sealed at rest."""

    def __init__(self, database: Database, sealer: Seals, clock: Clock, base_url: str = "") -> None:
        self.database = database
        self._sealer, self._clock, self._base_url = sealer, clock, base_url

    def absolute(self, path: str) -> str:
        """The address to write in a mail for a page of the site; the path alone when the site does not know its own."""
        return self._base_url + path

    def put(self, connection: Connection, mail: Mail, key: str) -> bool:
        """Writes a mail in the caller's transaction. The same key again changes nothing, and gives False."""
        now = self._clock()
        values = {
            "key": key,
            "kind": mail.kind,
            "about": mail.about,
            "message_id": f"<{secrets.token_hex(16)}@{self._domain}>",
            "recipient": self._sealer.seal(mail.to),
            "content": self._sealer.seal(_dump(mail)),
            "state": MailState.WAITING,
            "reason": "",
            "attempts": 0,
            "created_at": now,
            "next_at": now,
        }
        once = insert_into(connection, mails).values(values).on_conflict_do_nothing(index_elements=["key"])
        written = connection.execute(once.returning(mails.c.id))
        return written.first() is not None

    @property
    def _domain(self) -> str:
        return self._base_url.partition("://")[2].partition("/")[0].partition(":")[0] or "maillage.invalid"

    def recent(self, limit: int = 50) -> list[Entry]:
        """The latest mails, newest first."""
        with self.database.reading() as connection:
            rows = connection.execute(select(mails).order_by(mails.c.id.desc()).limit(limit)).all()
        return [self.entry(row) for row in rows]

    def get(self, mail_id: int) -> Entry | None:
        with self.database.reading() as connection:
            row = connection.execute(select(mails).where(mails.c.id == mail_id)).one_or_none()
        return None if row is None else self.entry(row)

    def entry(self, row: Row[Any]) -> Entry:
        """A row of the table, opened."""
        mail = None
        if row.content is not None and row.recipient is not None:
            mail = Mail(
                to=self._sealer.unseal(row.recipient),
                kind=row.kind,
                about=row.about,
                **orjson.loads(self._sealer.unseal(row.content)),
            )
        return Entry(row.id, MailState(row.state), row.reason, row.attempts, row.created_at, row.message_id, mail)

    def troubles(self, connection: Connection, about: Iterable[str]) -> dict[str, str]:
        """Why mails about these things could not be delivered, by what they are about."""
        lost = mails.c.state.in_([MailState.REFUSED, MailState.GIVEN_UP])
        query = select(mails.c.about, mails.c.reason).where(mails.c.about.in_(list(about)), lost).order_by(mails.c.id)
        return {row.about: row.reason for row in connection.execute(query)}

    def erase_about(self, connection: Connection, about: Iterable[str]) -> None:
        """Nothing more of these things is sent nor kept."""
        mine = mails.c.about.in_(list(about))
        gone = {"recipient": None, "content": None}
        connection.execute(update(mails).where(mine).values(gone))
        given_up = {"state": MailState.GIVEN_UP, "reason": "Effacé.", "settled_at": self._clock()}
        connection.execute(update(mails).where(mine & (mails.c.state == MailState.WAITING)).values(given_up))

    def erase_old(self, now: datetime) -> int:
        """Erases addresses and words whose time is over, and gives how many mails that was."""
        held = mails.c.content.is_not(None)
        over = held & mails.c.state.in_(SETTLED) & (mails.c.settled_at < now - timedelta(days=KEPT_DAYS))
        stale = held & (mails.c.state == MailState.WAITING) & (mails.c.created_at < now - timedelta(days=UNSENT_DAYS))
        gone = {"recipient": None, "content": None}
        never = {**gone, "state": MailState.GIVEN_UP, "reason": "Jamais envoyé.", "settled_at": now}
        with self.database.writing() as connection:
            erased = connection.execute(update(mails).where(over).values(gone)).rowcount
            return erased + connection.execute(update(mails).where(stale).values(never)).rowcount


def _dump(mail: Mail) -> str:
    kept = {"subject": mail.subject, "text": mail.text, "html": mail.html, "stop_url": mail.stop_url}
    return orjson.dumps(kept).decode()
