"""Links to choose a password: once, for a time, and the last one only."""

import pytest

from indexer.accounts import Accounts, User
from indexer.errors import AccountError, ExpiredLinkError
from tests.support.clocks import MovedClock
from tests.support.workspace import PASSWORD

NEW = "cheval agrafe pile exact"


def test_a_link_serves_once_and_ends_all_sessions(accounts: Accounts, user: User) -> None:
    session, token = accounts.start_session(user.id), accounts.reset_link(user.id)
    accounts.choose_password(token, NEW)
    assert accounts.actor_of(session) is None
    assert accounts.check_sign_in(user.email, NEW, "192.0.2.1").id == user.id
    with pytest.raises(ExpiredLinkError, match="déjà servi"):
        accounts.choose_password(token, PASSWORD)


def test_a_reset_lasts_an_hour_and_an_invitation_a_week(accounts: Accounts, user: User, clock: MovedClock) -> None:
    reset = accounts.reset_link(user.id)
    clock.move(minutes=59)
    assert accounts.user_of_link(reset).id == user.id
    clock.move(minutes=1)
    with pytest.raises(ExpiredLinkError):
        accounts.user_of_link(reset)
    invitation = accounts.invitation_link(user.id)
    clock.move(days=6, hours=23)
    assert accounts.user_of_link(invitation).id == user.id
    clock.move(hours=1)
    with pytest.raises(ExpiredLinkError):
        accounts.user_of_link(invitation)


def test_a_new_link_ends_the_earlier_one(accounts: Accounts, user: User) -> None:
    first, second = accounts.reset_link(user.id), accounts.reset_link(user.id)
    assert accounts.user_of_link(second).id == user.id
    with pytest.raises(ExpiredLinkError):
        accounts.user_of_link(first)


@pytest.mark.parametrize("token", ["", "x", "é" * 50, "a" * 43])
def test_a_guessed_link_is_refused(accounts: Accounts, user: User, token: str) -> None:
    with pytest.raises(ExpiredLinkError):
        accounts.user_of_link(token)


def test_a_closed_account_cannot_be_entered_by_an_old_link(accounts: Accounts, user: User) -> None:
    token = accounts.reset_link(user.id)
    accounts.disable_user(user.id)
    with pytest.raises(ExpiredLinkError):
        accounts.choose_password(token, NEW)


@pytest.mark.parametrize(
    "password",
    ["", "court", "motdepasse123", "123456123456", "aaaaaaaaaaaaaa", "camille@exemple.fr", "camillecamille", "x" * 201],
)
def test_a_weak_password_is_refused_and_the_link_still_serves(accounts: Accounts, user: User, password: str) -> None:
    token = accounts.reset_link(user.id)
    with pytest.raises(AccountError) as refused:
        accounts.choose_password(token, password)
    assert refused.value.field == "mot_de_passe"
    assert accounts.choose_password(token, NEW).id == user.id


def test_the_old_password_is_asked_and_tries_at_it_are_limited(accounts: Accounts, user: User) -> None:
    for _ in range(5):
        with pytest.raises(AccountError, match="pas le vôtre"):
            accounts.change_password(user.id, "faux", NEW, None)
    with pytest.raises(Exception, match="Trop d'essais"):
        accounts.change_password(user.id, PASSWORD, NEW, None)
