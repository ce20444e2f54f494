"""Requests in the database: rows to values and back."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from indexer.errors import ExpiredLinkError
from indexer.mail.outbox import Outbox, Seals
from indexer.relay.attachments import list_attachments
from indexer.relay.model import Content, Event, Request, load_content
from indexer.relay.states import OPEN, Kind, State
from indexer.relay.tables import relay_events, relay_links, relay_requests
from indexer.sealing import hash_token, new_token

LINK_DAYS = 60
"""A link outlives the thirty days of a request: its page then says what became of it."""


class Store:
    """Works in the caller's transactions."""

    def __init__(self, sealer: Seals, outbox: Outbox) -> None:
        self.sealer, self._outbox = sealer, outbox

    def find(self, connection: Connection, request_id: str) -> Request | None:
        """With its history and its attachments."""
        query = select(relay_requests).where(relay_requests.c.id == request_id)
        row = connection.execute(query).one_or_none()
        if row is None:
            return None
        events = select(relay_events).where(relay_events.c.request_id == request_id).order_by(relay_events.c.id)
        told = tuple(Event(event.at, event.actor, event.what) for event in connection.execute(events))
        trouble = self._outbox.troubles(connection, [request_id]).get(request_id, "")
        return self._build(row, trouble, told, list_attachments(connection, self.sealer, request_id))

    def page(self, connection: Connection, where: ColumnElement[bool], limit: int) -> list[Request]:
        """Newest first, without histories."""
        order = (relay_requests.c.created_at.desc(), relay_requests.c.id)
        rows = connection.execute(select(relay_requests).where(where).order_by(*order).limit(limit)).all()
        troubles = self._outbox.troubles(connection, [row.id for row in rows])
        return [self._build(row, troubles.get(row.id, "")) for row in rows]

    def add(self, connection: Connection, values: dict[str, Any], content: Content) -> None:
        connection.execute(insert(relay_requests).values(**values, content=self.sealer.seal(content.dump())))

    def change(
        self, connection: Connection, request_id: str, expected: Sequence[State], values: dict[str, Any]
    ) -> bool:
        """False when its state was none of those expected any more: somebody was quicker."""
        still = (relay_requests.c.id == request_id) & relay_requests.c.state.in_(expected)
        if isinstance(values.get("content"), Content):
            values = values | {"content": self.sealer.seal(values["content"].dump())}
        return connection.execute(update(relay_requests).where(still).values(values)).rowcount == 1

    def tell(self, connection: Connection, request_id: str, actor: str, what: str, at: datetime) -> None:
        connection.execute(insert(relay_events).values(request_id=request_id, actor=actor, what=what, at=at))

    # Links

    def make_link(self, connection: Connection, request_id: str, purpose: str, now: datetime) -> str:
        """A new token: earlier ones stay good, as they are in mails already read."""
        token = new_token()
        values = {"hash": hash_token(token), "request_id": request_id, "purpose": purpose}
        connection.execute(insert(relay_links).values(**values, expires_at=now + timedelta(days=LINK_DAYS)))
        return token

    def read_link(self, connection: Connection, token: str, now: datetime) -> tuple[str, str]:
        """The request's id and the purpose. ExpiredLinkError for any other token."""
        alive = (relay_links.c.hash == hash_token(token)) & (relay_links.c.expires_at > now)
        row = connection.execute(select(relay_links).where(alive)).one_or_none()
        if row is None:
            raise ExpiredLinkError("Ce lien n'est plus valable, ou il est incomplet. Reprenez celui du courriel.")
        return row.request_id, row.purpose

    # Questions

    def same_person_since(
        self, connection: Connection, offer_id: str, prints: Iterable[str], since: datetime
    ) -> datetime | None:
        """When the same person last asked for the same offer; requests taken back do not count."""
        same = (relay_requests.c.offer_id == offer_id) & relay_requests.c.fingerprint.in_(list(prints))
        recent = (relay_requests.c.created_at > since) & (relay_requests.c.state != State.CLOSED)
        found: datetime | None = connection.scalar(select(func.max(relay_requests.c.created_at)).where(same & recent))
        return found

    def count(self, connection: Connection, where: ColumnElement[bool]) -> int:
        return connection.execute(select(func.count()).select_from(relay_requests).where(where)).scalar_one()

    def due(self, connection: Connection, now: datetime, limit: int) -> list[str]:
        """Open requests whose next step has come, oldest first."""
        late = (relay_requests.c.next_at <= now) & relay_requests.c.state.in_([*OPEN, State.TO_CONFIRM])
        query = select(relay_requests.c.id).where(late).order_by(relay_requests.c.next_at, relay_requests.c.id)
        return list(connection.scalars(query.limit(limit)))

    def _build(self, row: Row[Any], trouble: str, events: tuple[Event, ...] = (), attachments: Any = ()) -> Request:
        kept = {name: getattr(row, name) for name in _PLAIN}
        content = None if row.content is None else load_content(self.sealer.unseal(row.content))
        return Request(
            **kept,
            kind=Kind(row.kind),
            state=State(row.state),
            content=content,
            trouble=trouble,
            events=events,
            attachments=attachments,
        )


_PLAIN = (
    "id",
    "offer_id",
    "structure_id",
    "user_id",
    "organisation_id",
    "dossier_id",
    "consent_at",
    "created_at",
    "sent_at",
    "reminders",
    "next_at",
    "answered_at",
    "closed_at",
)
