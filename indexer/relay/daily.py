"""What time does to requests: reminders, the closing, and what is no longer kept."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from indexer.relay import letters
from indexer.relay.attachments import erase_attachments
from indexer.relay.model import Content, Request
from indexer.relay.relay import Relay
from indexer.relay.states import AWAITED, OPEN, State
from indexer.relay.tables import relay_links, relay_requests
from indexer.relay.working_days import add_working_days

SECOND_REMINDER: Final = 10
"""Working days after the request; the first is at five."""

CLOSED_AFTER: Final = timedelta(days=30)
KEPT: Final = timedelta(days=730)
"""After its end, the time that the words of a request are kept: that of a person's file."""

_AT_ONCE: Final = 500


def remind_and_close(relay: Relay, now: datetime) -> int:
    """Takes the next step of every request whose time has come, and gives how many those were.

    Each in a transaction of its own: one that fails does not hold back the others. Doing it again does nothing.
    """
    done = 0
    while True:
        with relay.database.reading() as connection:
            due = relay.store.due(connection, now, _AT_ONCE)
        for request_id in due:
            with relay.database.writing() as connection:
                request = _step(relay, connection, request_id, now)
            if request is not None:
                relay.settled(request.kind, request.offer_id)
        done += len(due)
        if len(due) < _AT_ONCE:
            return done


def tell_troubles(relay: Relay, now: datetime) -> int:
    """Says once, to who asked, that the structure's address does not work."""
    told = 0
    with relay.database.reading() as connection:
        awaited = relay.store.page(connection, relay_requests.c.state.in_(AWAITED), 10_000)
    for request in awaited:
        if request.trouble and request.content is not None:
            told += _tell_trouble(relay, request, request.content, now)
    return told


def erase_over(relay: Relay, now: datetime) -> int:
    """Erases attachments after eight days, links that are over, and words two years after the end of a request."""
    ended = relay_requests.c.closed_at.is_not(None) | relay_requests.c.answered_at.is_not(None)
    last = relay_requests.c.created_at < now - KEPT
    with relay.database.writing() as connection:
        erased = erase_attachments(connection, now)
        connection.execute(delete(relay_links).where(relay_links.c.expires_at < now))
        old = update(relay_requests).where(ended & last & relay_requests.c.content.is_not(None))
        return erased + connection.execute(old.values(content=None)).rowcount


def _step(relay: Relay, connection: Connection, request_id: str, now: datetime) -> Request | None:
    """Read again in the transaction: an answer may have come meanwhile. None when nothing was left to do."""
    request = relay.store.find(connection, request_id)
    if request is None or request.next_at is None or request.next_at > now:
        return None
    if request.content is None or request.state is State.TO_CONFIRM:
        connection.execute(delete(relay_requests).where(relay_requests.c.id == request_id))
    elif request.state is State.OTHER_DATE:
        _end(relay, connection, request, request.content, State.CLOSED, now)
    elif request.sent_at is None or now >= request.sent_at + CLOSED_AFTER:
        _end(relay, connection, request, request.content, State.UNANSWERED, now)
    else:
        _remind(relay, connection, request, request.content, now)
    return request


def _remind(relay: Relay, connection: Connection, request: Request, content: Content, now: datetime) -> None:
    sent, number = request.sent_at or now, request.reminders + 1
    following = add_working_days(sent, SECOND_REMINDER) if number == 1 else sent + CLOSED_AFTER
    values = {"state": State.REMINDED, "reminders": number, "next_at": max(following, now + timedelta(days=1))}
    if not relay.store.change(connection, request.id, AWAITED, values):
        return
    relay.store.tell(connection, request.id, "maillage", "rappel", now)
    url = relay.structure_url(connection, request.id)
    reminder = letters.letter_to_structure(request.kind, content, url, request.id, number)
    relay.outbox.put(connection, reminder, f"demande/{request.id}/rappel/{number}")
    if number == 1:
        others = relay.hooks_of(request.kind).alternatives(connection, request.offer_id)
        told = letters.letter_of_silence(content, relay.asker_url(connection, request), request.id, others)
        relay.outbox.put(connection, told, f"demande/{request.id}/silence")


def _end(relay: Relay, connection: Connection, request: Request, content: Content, state: State, now: datetime) -> None:
    values: dict[str, Any] = {"state": state, "closed_at": now, "next_at": None}
    if relay.store.change(connection, request.id, OPEN, values):
        relay.store.tell(connection, request.id, "maillage", state, now)
        relay.tell_outcome(connection, request, state, content, "fin")
        changed = relay.store.find(connection, request.id)
        if changed is not None:
            relay.hooks_of(request.kind).changed(connection, changed)


def _tell_trouble(relay: Relay, request: Request, content: Content, now: datetime) -> int:
    with relay.database.writing() as connection:
        known = select(relay_requests.c.id).where(relay_requests.c.id == request.id)
        if connection.execute(known).one_or_none() is None:
            return 0
        url = relay.asker_url(connection, request)
        mail = letters.letter_of_trouble(content, request.trouble, url, request.id)
        if not relay.outbox.put(connection, mail, f"demande/{request.id}/non-remise"):
            return 0
        relay.store.tell(connection, request.id, "maillage", "courriel-refuse", now)
        return 1
