"""Sends what waits in the outbox: claimed, sent, then said to be sent.

A process that dies in between leaves a claim. The mail is then sent again, with the same Message-ID: it had not left,
or, in the instant between the server's yes and our note of it, the receiver's mailbox can know it again. Losing one
would be worse.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Final, Protocol

import structlog
from sqlalchemy import Row, select, update

from indexer.catalogue.holder import Holder, build_holder, is_dead, parse_holder
from indexer.errors import SealError
from indexer.mail.message import build_message
from indexer.mail.outbox import MailState, Outbox
from indexer.mail.smtp import MailRefusedError, MailServerAwayError, TryLaterError
from indexer.mail.tables import mails

DELAYS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))
"""Before each new attempt; the last one repeats (RFC 5321, 4.5.4.1: half an hour or more, after quick ones)."""

GIVE_UP: Final = timedelta(days=5)
"""The time that RFC 5321 (4.5.4.1) gives before a mail is said to be lost."""

MOST: Final = 500
"""Mails of one run: the next one is a minute later."""

_log = structlog.get_logger(__name__)


class Session(Protocol):
    def send(self, message: EmailMessage) -> None: ...


class Server(Protocol):
    """What mails are handed to."""

    def connect(self) -> AbstractContextManager[Session]: ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of the mails of one run; `away` is why the server took none, or no more."""

    sent: int = 0
    later: int = 0
    lost: int = 0
    away: str | None = None


class Delivery:
    """Any number of processes may run it at once: a mail is claimed by one of them."""

    def __init__(self, outbox: Outbox, server: Server, sender: str, clock: Callable[[], datetime]) -> None:
        self._outbox, self._server, self._sender, self._clock = outbox, server, sender, clock
        self._database = outbox.database

    def run(self) -> Delivered:
        """One pass. What goes wrong with a mail is kept on it; it stops no other one, but when the server is away."""
        self._take_back(self._clock())
        waiting = self._waiting(self._clock())
        counts = {MailState.SENT: 0, MailState.WAITING: 0, MailState.REFUSED: 0, MailState.GIVEN_UP: 0}
        away = None
        if waiting:
            try:
                for state in self._send_all(waiting):
                    counts[state] += 1
            except MailServerAwayError as error:
                away = str(error)
                _log.warning("serveur de courriel absent", raison=away)
        lost = counts[MailState.REFUSED] + counts[MailState.GIVEN_UP]
        return Delivered(counts[MailState.SENT], counts[MailState.WAITING], lost, away)

    def _send_all(self, waiting: list[int]) -> Iterator[MailState]:
        holder, connected = build_holder(), False
        try:
            with self._server.connect() as session:
                connected = True
                for mail_id in waiting:
                    row = self._claim(mail_id, holder)
                    if row is not None:
                        yield self._send(session, row, holder)
        except MailServerAwayError as error:
            if not connected:
                self._put_off(waiting[0], holder, str(error))
            raise

    def _send(self, session: Session, row: Row[Any], holder: Holder) -> MailState:
        try:
            session.send(self._message(row))
        except (MailRefusedError, SealError, ValueError) as error:
            reason = "Ce courriel ne peut pas être écrit." if isinstance(error, ValueError) else str(error)
            return self._settle(row, holder, MailState.REFUSED, reason)
        except TryLaterError as error:
            return self._later(row, holder, str(error))
        except BaseException as error:  # the mail must not stay in the hands of a process that lives on
            self._later(row, holder, str(error) if isinstance(error, MailServerAwayError) else type(error).__name__)
            raise
        return self._settle(row, holder, MailState.SENT, "")

    def _message(self, row: Row[Any]) -> EmailMessage:
        mail = self._outbox.entry(row).mail
        if mail is None:
            raise ValueError("mail without words")
        return build_message(mail, self._sender, row.message_id, row.created_at)

    # Claims

    def _waiting(self, now: datetime) -> list[int]:
        due = (mails.c.state == MailState.WAITING) & (mails.c.next_at <= now)
        with self._database.reading() as connection:
            return list(connection.scalars(select(mails.c.id).where(due).order_by(mails.c.id).limit(MOST)))

    def _claim(self, mail_id: int, holder: Holder) -> Row[Any] | None:
        """None when another process was quicker."""
        mine = {"state": MailState.SENDING, "holder": str(holder), "claimed_at": self._clock()}
        free = (mails.c.id == mail_id) & (mails.c.state == MailState.WAITING)
        with self._database.writing() as connection:
            if connection.execute(update(mails).where(free).values(mine)).rowcount != 1:
                return None
            return connection.execute(select(mails).where(mails.c.id == mail_id)).one()

    def _take_back(self, now: datetime) -> None:
        """Frees the claims of processes that are gone."""
        with self._database.reading() as connection:
            held = connection.execute(select(mails).where(mails.c.state == MailState.SENDING)).all()
        for row in held:
            if is_dead(parse_holder(row.holder), row.claimed_at, now):
                self._change(row.id, row.holder, {"state": MailState.WAITING, "holder": None})

    # What became of it

    def _settle(self, row: Row[Any], holder: Holder, state: MailState, reason: str) -> MailState:
        settled = {"attempts": row.attempts + 1, "settled_at": self._clock(), "holder": None}
        self._change(row.id, str(holder), {"state": state, "reason": reason, **settled})
        return state

    def _later(self, row: Row[Any], holder: Holder, reason: str) -> MailState:
        now = self._clock()
        if now - row.created_at > GIVE_UP:
            return self._settle(row, holder, MailState.GIVEN_UP, reason)
        self._change(row.id, str(holder), {"state": MailState.WAITING, "holder": None, **_next(row, reason, now)})
        return MailState.WAITING

    def _put_off(self, mail_id: int, holder: Holder, reason: str) -> None:
        """Without a connection: the first in the line counts for all, the next run tries the second one."""
        row = self._claim(mail_id, holder)
        if row is not None:
            self._later(row, holder, reason)

    def _change(self, mail_id: int, holder: str, values: dict[str, Any]) -> None:
        mine = (mails.c.id == mail_id) & (mails.c.holder == holder)
        with self._database.writing() as connection:
            connection.execute(update(mails).where(mine).values(values))


def _next(row: Row[Any], reason: str, now: datetime) -> dict[str, Any]:
    delay = DELAYS[min(row.attempts, len(DELAYS) - 1)]
    return {"attempts": row.attempts + 1, "next_at": now + delay, "reason": reason}
