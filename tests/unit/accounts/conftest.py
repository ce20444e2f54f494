"""Accounts on both real databases, with a clock that the test moves."""

import pytest

from indexer.accounts import Accounts, Role, User
from indexer.accounts.users import NewUser
from indexer.catalogue import Catalogue
from indexer.sealing import Sealer
from tests.support.clocks import MovedClock
from tests.support.pages import KEY
from tests.support.workspace import PASSWORD


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def sealer(clock: MovedClock) -> Sealer:
    return Sealer([KEY], clock)


@pytest.fixture
def accounts(catalogue: Catalogue, sealer: Sealer, clock: MovedClock) -> Accounts:
    return Accounts(catalogue.database, sealer, clock)


@pytest.fixture
def user(accounts: Accounts) -> User:
    """A référent with a password."""
    home = accounts.add_organisation("Maison de l’emploi")
    made = accounts.add_user(NewUser("Camille@Exemple.fr ", "Camille", Role.REFERENT, home.id))
    accounts.choose_password(accounts.invitation_link(made.id), PASSWORD)
    return accounts.get_user(made.id)
