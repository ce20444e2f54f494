"""A change of key, and a lost one: said at the start, and nothing is lost without being accepted."""

import pytest
from sqlalchemy import select, update

import indexer.workspace  # noqa: F401  the tables of all parts
from indexer.accounts import Accounts, User
from indexer.accounts.tables import key_check, users
from indexer.accounts.users import NewUser
from indexer.catalogue import Catalogue
from indexer.errors import SealError, WorkspaceError
from indexer.resealing import Resealed, reseal_all
from indexer.sealing import Sealer
from indexer.workspace_key import check_key
from tests.support.clocks import MovedClock
from tests.support.pages import KEY

NEW = "une clé neuve qui a aussi plus de trente-deux caractères"


def sealed_secret(catalogue: Catalogue) -> str:
    with catalogue.database.reading() as connection:
        return str(connection.scalar(select(users.c.totp_secret)))


@pytest.fixture
def filled(catalogue: Catalogue, sealer: Sealer, accounts: Accounts, user: User) -> Catalogue:
    """A database that knows its key, and holds one sealed text."""
    check_key(catalogue, sealer)
    with catalogue.database.writing() as connection:
        connection.execute(update(users).values(totp_secret=sealer.seal("secret")))
    return catalogue


def test_a_key_is_changed_in_three_steps(filled: Catalogue, clock: MovedClock) -> None:
    both, alone = Sealer([NEW, KEY], clock), Sealer([NEW], clock)
    check_key(filled, both)
    assert reseal_all(filled, both) == Resealed(texts=1, lost=0)
    check_key(filled, alone)
    assert alone.unseal(sealed_secret(filled)) == "secret"


def test_until_it_is_done_the_new_key_alone_is_refused_with_what_to_do(filled: Catalogue, clock: MovedClock) -> None:
    with pytest.raises(WorkspaceError, match="Remettez l'ancienne clé"):
        check_key(filled, Sealer([NEW], clock))


def test_changing_twice_changes_nothing_more(filled: Catalogue, clock: MovedClock) -> None:
    both = Sealer([NEW, KEY], clock)
    reseal_all(filled, both)
    assert reseal_all(filled, both) == Resealed(texts=1, lost=0)
    assert both.unseal(sealed_secret(filled)) == "secret"


def test_a_lost_key_must_be_said_to_be_lost(filled: Catalogue, clock: MovedClock) -> None:
    alone, before = Sealer([NEW], clock), sealed_secret(filled)
    with pytest.raises(WorkspaceError, match="1 textes ne s'ouvrent"):
        reseal_all(filled, alone)
    with pytest.raises(WorkspaceError):
        check_key(filled, alone)
    assert reseal_all(filled, alone, accept_loss=True) == Resealed(texts=0, lost=1)
    check_key(filled, alone)
    assert sealed_secret(filled) == before
    with pytest.raises(SealError):
        alone.unseal(before)


def test_more_rows_than_a_transaction_takes_are_all_rewritten(
    filled: Catalogue, accounts: Accounts, user: User, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.resealing._PAGE", 2)
    for number in range(4):
        accounts.add_user(NewUser(f"p{number}@exemple.fr", "P", user.role, user.organisation_id))
    with filled.database.writing() as connection:
        connection.execute(update(users).values(totp_secret=Sealer([KEY], clock).seal("secret")))
    assert reseal_all(filled, Sealer([NEW, KEY], clock)).texts == 5
    with filled.database.reading() as connection:
        kept = list(connection.scalars(select(users.c.totp_secret)))
    assert {Sealer([NEW], clock).unseal(text) for text in kept} == {"secret"}


def test_the_key_is_noted_once(catalogue: Catalogue, sealer: Sealer) -> None:
    check_key(catalogue, sealer)
    with catalogue.database.reading() as connection:
        first = connection.execute(select(key_check)).all()
    check_key(catalogue, sealer)
    with catalogue.database.reading() as connection:
        assert connection.execute(select(key_check)).all() == first
