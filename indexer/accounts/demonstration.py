"""The demonstration's people: two référents and a coordinator, who have no password."""

from typing import Final

from indexer.accounts.accounts import Accounts
from indexer.accounts.examples import holds_examples, holds_only_examples
from indexer.accounts.model import Role, User
from indexer.accounts.users import NewUser
from indexer.catalogue import Catalogue
from indexer.errors import AccountError

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
"""Address, name, role, organisation."""


def is_demonstration(catalogue: Catalogue) -> bool:
    """Whether the catalogue holds the demonstration, and no other import."""
    with catalogue.database.reading() as connection:
        return holds_examples(connection) and holds_only_examples(connection)


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
