"""The demonstration's people: two référents and a coordinator, who have no password."""

from typing import Final

from indexer.accounts.accounts import Accounts
from indexer.accounts.model import Role, User
from indexer.accounts.users import NewUser
from indexer.catalogue import Catalogue
from indexer.errors import AccountError
from indexer.workspace_key import DEMONSTRATION_FLUX, EXAMPLE_FLUXES, holds_flux, holds_other_than

PEOPLE: Final = (
    ("alix.social@demonstration.invalid", "Alix, référente sociale", Role.REFERENT, "Maison des solidarités (exemple)"),
    ("sacha.emploi@demonstration.invalid", "Sacha, référent emploi", Role.REFERENT, "Agence de l’emploi (exemple)"),
    (
        "noa.coordination@demonstration.invalid",
        "Noa, coordination",
        Role.COORDINATEUR,
        "Maison des solidarités (exemple)",
    ),
)
"""Address, name, role, organisation. `.invalid` receives no mail (RFC 2606)."""


def is_demonstration(catalogue: Catalogue) -> bool:
    """Whether the catalogue holds the demonstration, and no other import."""
    return holds_flux(catalogue, DEMONSTRATION_FLUX) and not holds_other_than(catalogue, EXAMPLE_FLUXES)


def prepare_accounts(accounts: Accounts) -> list[User]:
    """Makes those that are not there yet; gives them all, in the order of PEOPLE."""
    return [accounts.find_user(person[0]) or _add(accounts, *person) for person in PEOPLE]


def find_accounts(catalogue: Catalogue, accounts: Accounts) -> list[User]:
    """Those that one may enter by a click: none outside the demonstration."""
    if not is_demonstration(catalogue):
        return []
    found = [accounts.find_user(email) for email, *_ in PEOPLE]
    return [user for user in found if user is not None]


def _add(accounts: Accounts, email: str, name: str, role: Role, organisation: str) -> User:
    try:
        home = accounts.find_organisation(organisation)
    except AccountError:
        home = accounts.add_organisation(organisation)
    return accounts.add_user(NewUser(email, name, role, home.id))
