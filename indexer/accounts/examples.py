"""The accounts of the demonstration are anyone's: what they may not do, and when they stop to work.

They choose no password, no second factor, invite and close nobody: a visitor would keep a door into what the database
may become. They are worth nothing from the day that anything but the examples is imported.
"""

from typing import Final

from sqlalchemy import Connection, select

from indexer.catalogue.tables import fluxes
from indexer.errors import AccountError

DEMONSTRATION_FLUX: Final = "demonstration"
EXAMPLE_FLUXES: Final = (DEMONSTRATION_FLUX, "publications")
"""The examples, and what visitors of the demonstration publish (`indexer.pipeline.guard.RESERVED_FLUX`)."""

EXAMPLE_DOMAIN: Final = "@demonstration.invalid"
"""`.invalid` receives no mail, and is nobody's (RFC 2606)."""


def is_example(email: str) -> bool:
    """Whether the account is one of the demonstration."""
    return email.endswith(EXAMPLE_DOMAIN)


def refuse_example(email: str, field: str | None = None) -> None:
    """AccountError for an account of the demonstration."""
    if is_example(email):
        raise AccountError("Les comptes de la démonstration servent à tous : ceci ne s'y fait pas.", field)


def holds_only_examples(connection: Connection) -> bool:
    """Whether no flux but those of the demonstration was imported; true of an empty catalogue."""
    other = select(fluxes.c.name).where(fluxes.c.name.not_in(EXAMPLE_FLUXES)).limit(1)
    return connection.execute(other).first() is None


def holds_examples(connection: Connection) -> bool:
    """Whether the demonstration was imported."""
    return connection.execute(select(fluxes.c.name).where(fluxes.c.name == DEMONSTRATION_FLUX)).first() is not None
