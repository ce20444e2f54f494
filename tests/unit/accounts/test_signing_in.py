"""Signing in: the right password, the limits on tries, sessions, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from indexer.accounts import Accounts, User
from indexer.accounts.sessions import IDLE, LONGEST
from indexer.accounts.tables import sign_ins, users
from indexer.errors import AccountError, NotFoundError, TooManyAttemptsError
from tests.support.clocks import MovedClock
from tests.support.workspace import PASSWORD


def words_of_refusal(accounts: Accounts, email: str, password: str, address: str = "192.0.2.1") -> str:
    with pytest.raises(AccountError) as refused:
        accounts.check_sign_in(email, password, address)
    return str(refused.value)


def test_the_right_password_lets_in_however_the_address_is_written(accounts: Accounts, user: User) -> None:
    assert accounts.check_sign_in(" CAMILLE@exemple.FR", PASSWORD, "192.0.2.1").id == user.id


def test_a_wrong_password_an_unknown_and_a_closed_account_are_told_alike(accounts: Accounts, user: User) -> None:
    told = {words_of_refusal(accounts, user.email, "autre chose"), words_of_refusal(accounts, "x@exemple.fr", PASSWORD)}
    accounts.disable_user(user.id)
    told.add(words_of_refusal(accounts, user.email, PASSWORD))
    assert len(told) == 1


def test_the_password_is_kept_as_an_argon2id_hash(accounts: Accounts, user: User) -> None:
    with accounts.database.reading() as connection:
        kept = connection.scalar(select(users.c.password_hash))
    assert kept.startswith("$argon2id$")


def test_tries_from_one_place_are_limited_then_forgiven(accounts: Accounts, user: User, clock: MovedClock) -> None:
    for _ in range(6):
        words_of_refusal(accounts, user.email, "faux")
    with pytest.raises(TooManyAttemptsError, match="15 minutes") as stopped:
        accounts.check_sign_in(user.email, PASSWORD, "192.0.2.1")
    clock.move(seconds=stopped.value.seconds)
    assert accounts.check_sign_in(user.email, PASSWORD, "192.0.2.1").id == user.id


def test_an_unknown_account_is_limited_in_the_same_words(accounts: Accounts, user: User) -> None:
    told = []
    for email in (user.email, "personne@exemple.fr"):
        for _ in range(6):
            words_of_refusal(accounts, email, "faux")
        with pytest.raises(TooManyAttemptsError) as stopped:
            accounts.check_sign_in(email, "faux", "192.0.2.1")
        told.append((str(stopped.value), stopped.value.seconds))
    assert told[0] == told[1]


def test_who_guesses_from_one_place_does_not_lock_the_owner_out_elsewhere(accounts: Accounts, user: User) -> None:
    for _ in range(6):
        words_of_refusal(accounts, user.email, "faux", "203.0.113.9")
    assert accounts.check_sign_in(user.email, PASSWORD, "192.0.2.1").id == user.id


def test_guesses_from_many_places_at_one_account_stop_too(accounts: Accounts, user: User) -> None:
    for place in range(30):
        words_of_refusal(accounts, user.email, "faux", f"203.0.113.{place}")
    with pytest.raises(TooManyAttemptsError):
        accounts.check_sign_in(user.email, PASSWORD, "192.0.2.1")


def test_one_place_that_tries_many_accounts_stops_whatever_it_guessed_right(accounts: Accounts, user: User) -> None:
    accounts.check_sign_in(user.email, PASSWORD, "203.0.113.9")
    for number in range(59):
        words_of_refusal(accounts, f"p{number}@exemple.fr", "faux", "203.0.113.9")
    with pytest.raises(TooManyAttemptsError):
        accounts.check_sign_in("autre@exemple.fr", "faux", "203.0.113.9")


def test_two_processes_count_together(accounts: Accounts, user: User) -> None:
    other = Accounts(accounts.database, accounts.sealer, accounts.clock)
    for each in (accounts, other) * 3:
        words_of_refusal(each, user.email, "faux")
    with pytest.raises(TooManyAttemptsError):
        other.check_sign_in(user.email, PASSWORD, "192.0.2.1")


def test_a_session_slides_and_ends_after_twelve_idle_hours(accounts: Accounts, user: User, clock: MovedClock) -> None:
    token = accounts.start_session(user.id)
    for _ in range(3):
        clock.move(hours=11)
        assert accounts.actor_of(token) is not None
    clock.now += IDLE
    assert accounts.actor_of(token) is None
    assert accounts.whose_session(token) == user.id


def test_a_session_ends_after_a_week_however_busy(accounts: Accounts, user: User, clock: MovedClock) -> None:
    token = accounts.start_session(user.id)
    for _ in range(int(LONGEST / timedelta(hours=8)) - 1):
        clock.move(hours=8)
        assert accounts.actor_of(token) is not None
    clock.move(hours=8)
    assert accounts.actor_of(token) is None


def test_reading_pages_writes_only_every_five_minutes(accounts: Accounts, user: User, clock: MovedClock) -> None:
    token = accounts.start_session(user.id)
    started = clock.now
    for minutes, seen in ((4, started), (2, started + timedelta(minutes=6))):
        clock.move(minutes=minutes)
        accounts.actor_of(token)
        with accounts.database.reading() as connection:
            assert connection.scalar(select(sign_ins.c.seen_at)) == seen


def test_what_the_browser_held_before_ends_at_sign_in(accounts: Accounts, user: User) -> None:
    before = accounts.start_session(user.id)
    after = accounts.start_session(user.id, replaced=before)
    assert after != before
    assert accounts.actor_of(before) is None
    assert accounts.actor_of(after) is not None


def test_the_database_does_not_hold_what_the_cookie_does(accounts: Accounts, user: User) -> None:
    token = accounts.start_session(user.id)
    with accounts.database.reading() as connection:
        (row,) = connection.execute(select(sign_ins)).all()
    assert token not in map(str, row)


def test_closing_an_account_ends_its_sessions_and_opens_none(accounts: Accounts, user: User) -> None:
    token = accounts.start_session(user.id)
    accounts.disable_user(user.id)
    assert accounts.actor_of(token) is None
    with pytest.raises(NotFoundError):
        accounts.start_session(user.id)
    accounts.disable_user(user.id, disabled=False)
    assert accounts.actor_of(accounts.start_session(user.id)) is not None


def test_a_new_password_ends_the_other_sessions_only(accounts: Accounts, user: User) -> None:
    here, there = accounts.start_session(user.id), accounts.start_session(user.id)
    accounts.change_password(user.id, PASSWORD, "un tout nouveau secret", here)
    assert accounts.actor_of(here) is not None
    assert accounts.actor_of(there) is None
    assert accounts.check_sign_in(user.email, "un tout nouveau secret", "192.0.2.1").id == user.id


def test_what_is_past_its_time_is_erased_and_the_rest_stays(accounts: Accounts, user: User, clock: MovedClock) -> None:
    accounts.start_session(user.id)
    accounts.reset_link(user.id)
    words_of_refusal(accounts, user.email, "faux")
    clock.move(days=2)
    live = accounts.start_session(user.id)
    assert accounts.erase_old() == 1 + 1 + 3
    assert accounts.actor_of(live) is not None
    assert accounts.erase_old() == 0
