"""What another part adds to the requests of one kind: its own refusals, other offers, a record of answers."""

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from indexer.relay.letters import Alternative
from indexer.relay.model import NewRequest, Request


class Hooks(Protocol):
    """Called in the relay's transactions, but for `address`; `check` holds the lock of the offer."""

    def address(self, offer_id: str) -> str | None:
        """Where requests for an offer go when that is not shown on it; None when this part knows nothing of it."""

    def check(self, connection: Connection, new: NewRequest) -> None:
        """RequestError when the offer takes no request now (its month is full)."""

    def changed(self, connection: Connection, request: Request) -> None:
        """A request was sent, answered or ended."""

    def settled(self, offer_id: str) -> None:
        """Once a transaction that asked, answered or ended a request for this offer is committed."""

    def alternatives(self, connection: Connection, offer_id: str) -> tuple[Alternative, ...]:
        """Other offers, for whoever got no answer or a no."""


@dataclass(frozen=True, slots=True)
class NoHooks:
    """A kind that adds nothing."""

    def address(self, offer_id: str) -> str | None:  # noqa: ARG002
        return None

    def check(self, connection: Connection, new: NewRequest) -> None:  # noqa: ARG002
        return None

    def changed(self, connection: Connection, request: Request) -> None:  # noqa: ARG002
        return None

    def settled(self, offer_id: str) -> None:  # noqa: ARG002
        return None

    def alternatives(self, connection: Connection, offer_id: str) -> tuple[Alternative, ...]:  # noqa: ARG002
        return ()
