"""Codes of the telephone and of recovery: each serves once."""

import pyotp
import pytest
from sqlalchemy import select

from indexer.accounts import Accounts, User
from indexer.accounts.tables import recovery_codes, users
from indexer.errors import AccountError, TooManyAttemptsError
from tests.support.clocks import MovedClock


def code_at(secret: str, clock: MovedClock, steps: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock.now.timestamp()) + 30 * steps)


@pytest.fixture
def secret(accounts: Accounts, user: User, clock: MovedClock) -> str:
    """Of a second factor that is in place; its first code served a minute ago."""
    secret = accounts.new_secret()
    accounts.enable_second_factor(user.id, secret, code_at(secret, clock))
    clock.move(minutes=1)
    return secret


def test_the_code_of_now_lets_in_once(accounts: Accounts, user: User, clock: MovedClock, secret: str) -> None:
    accounts.check_code(user.id, code_at(secret, clock))
    with pytest.raises(AccountError, match="déjà servi"):
        accounts.check_code(user.id, code_at(secret, clock))
    clock.move(seconds=30)
    accounts.check_code(user.id, code_at(secret, clock))


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_half_a_minute_off_is_forgiven(
    accounts: Accounts, user: User, clock: MovedClock, secret: str, steps: int
) -> None:
    accounts.check_code(user.id, code_at(secret, clock, steps))


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_clock_further_off_is_not(accounts: Accounts, user: User, clock: MovedClock, secret: str, steps: int) -> None:
    with pytest.raises(AccountError):
        accounts.check_code(user.id, code_at(secret, clock, steps))


def test_codes_typed_with_a_space_are_taken(accounts: Accounts, user: User, clock: MovedClock, secret: str) -> None:
    code = code_at(secret, clock)
    accounts.check_code(user.id, f" {code[:3]} {code[3:]} ")


def test_tries_at_the_code_are_limited(accounts: Accounts, user: User, clock: MovedClock, secret: str) -> None:
    for _ in range(5):
        with pytest.raises(AccountError):
            accounts.check_code(user.id, "abcdef")
    with pytest.raises(TooManyAttemptsError):
        accounts.check_code(user.id, code_at(secret, clock))


def test_it_is_not_in_place_before_a_right_code_was_typed(accounts: Accounts, user: User) -> None:
    with pytest.raises(AccountError):
        accounts.enable_second_factor(user.id, accounts.new_secret(), "000000")
    assert not accounts.get_user(user.id).second_factor


def test_a_recovery_code_serves_once_however_it_is_copied(accounts: Accounts, user: User, clock: MovedClock) -> None:
    secret = accounts.new_secret()
    codes = accounts.enable_second_factor(user.id, secret, code_at(secret, clock))
    assert len(set(codes)) == 10
    accounts.check_code(user.id, codes[3].upper().replace("-", " "))
    with pytest.raises(AccountError):
        accounts.check_code(user.id, codes[3])
    accounts.check_code(user.id, codes[4])


def test_neither_the_secret_nor_the_codes_can_be_read_in_the_database(
    accounts: Accounts, user: User, clock: MovedClock
) -> None:
    secret = accounts.new_secret()
    codes = accounts.enable_second_factor(user.id, secret, code_at(secret, clock))
    with accounts.database.reading() as connection:
        kept = str(
            connection.execute(select(users.c.totp_secret)).all() + connection.execute(select(recovery_codes)).all()
        )
    assert secret not in kept
    assert not [code for code in codes if code in kept]


def test_once_stopped_no_code_is_asked_nor_taken(
    accounts: Accounts, user: User, clock: MovedClock, secret: str
) -> None:
    accounts.disable_second_factor(user.id)
    assert not accounts.get_user(user.id).second_factor
    with pytest.raises(AccountError):
        accounts.check_code(user.id, code_at(secret, clock))
