"""Whatever the day, the examples' sessions are to come, on the asked weekday, at the asked hour of Paris."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.demonstration.load import WEEKDAYS, RelativeStart, build_demonstration, iter_periods, resolve_day
from indexer.schema import Session

PARIS = ZoneInfo("Europe/Paris")
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2090, 12, 31))
STARTS = st.fixed_dictionaries(
    {
        "dans_jours": st.integers(1, 90),
        "jour": st.sampled_from(WEEKDAYS),
        "heure": st.sampled_from(["07:00", "09:30", "14:00", "18:30"]),
        "duree_h": st.sampled_from([1.0, 1.5, 3.5, 7.0]),
    }
)


def start(dans_jours: int, jour: str, heure: str = "14:00", duree_h: float = 2, **more: int) -> RelativeStart:
    return {"dans_jours": dans_jours, "jour": jour, "heure": heure, "duree_h": duree_h, **more}  # type: ignore[typeddict-item]


@settings(max_examples=40, deadline=None)
@given(today=DAYS)
@example(today=date(2024, 2, 28))  # before a leap day
@example(today=date(2024, 2, 29))
@example(today=date(2025, 3, 29))  # the eve of summer time
@example(today=date(2025, 10, 25))  # the eve of winter time
@example(today=date(2025, 12, 31))
def test_every_session_is_after_today_and_ends_after_its_start(today: date) -> None:
    offers = [record for record in build_demonstration(today) if "sessions" in record]
    sessions = [Session.model_validate(session) for offer in offers for session in offer["sessions"]]
    assert len(sessions) >= 40
    for session in sessions:
        assert session.debut.astimezone(PARIS).date() > today
        assert session.fin is not None
        assert session.fin > session.debut


@settings(max_examples=150, deadline=None)
@given(today=DAYS, relative=STARTS)
def test_a_session_is_on_the_first_such_weekday_that_is_far_enough(today: date, relative: RelativeStart) -> None:
    ((begins, ends),) = iter_periods(relative, today)
    assert begins.weekday() == WEEKDAYS.index(relative["jour"])
    assert 0 <= (begins.date() - today).days - relative["dans_jours"] < 7
    assert begins.time() == time.fromisoformat(relative["heure"])
    assert ends.replace(tzinfo=None) - begins.replace(tzinfo=None) == timedelta(hours=relative["duree_h"])


@pytest.mark.parametrize(
    ("today", "iso"),
    [
        (date(2025, 3, 28), "2025-03-29T14:00:00+01:00"),
        (date(2025, 3, 29), "2025-04-05T14:00:00+02:00"),
        (date(2025, 10, 25), "2025-11-01T14:00:00+01:00"),
    ],
)
def test_the_offset_is_that_of_paris_on_the_day_of_the_session(today: date, iso: str) -> None:
    ((begins, _),) = iter_periods(start(1, "samedi"), today)
    assert begins.isoformat() == iso


def test_a_weekly_session_keeps_its_hour_through_the_change_of_time() -> None:
    begins = [begin.isoformat() for begin, _ in iter_periods(start(1, "mardi", fois=3), date(2025, 3, 20))]
    assert begins == ["2025-03-25T14:00:00+01:00", "2025-04-01T14:00:00+02:00", "2025-04-08T14:00:00+02:00"]


def test_a_course_ends_at_its_hour_on_its_last_day() -> None:
    ((begins, ends),) = iter_periods(start(1, "lundi", "09:00", 7, duree_jours=11), date(2024, 2, 18))
    assert (begins.isoformat(), ends.isoformat()) == ("2024-02-19T09:00:00+01:00", "2024-03-01T16:00:00+01:00")


def test_a_day_is_counted_backwards_or_forwards_over_a_leap_day() -> None:
    assert resolve_day({"il_y_a_jours": 2}, date(2024, 3, 1)) == date(2024, 2, 28)
    assert resolve_day({"dans_jours": 2}, date(2024, 2, 28)) == date(2024, 3, 1)


@settings(max_examples=20, deadline=None)
@given(today=DAYS)
def test_nothing_was_changed_in_the_future_and_every_validity_holds_today(today: date) -> None:
    for record in build_demonstration(today):
        assert date.fromisoformat(record["date_maj"]) <= today
        if "validite" in record:
            assert record["validite"]["debut"] <= today.isoformat() <= record["validite"]["fin"]


def test_two_builds_of_one_day_are_equal_and_share_nothing() -> None:
    first, second = build_demonstration(date(2025, 3, 5)), build_demonstration(date(2025, 3, 5))
    assert first == second
    first[0]["nom"] = "changé"
    assert second[0]["nom"] != "changé"


def test_sessions_are_dated_in_words_that_any_reader_of_iso_8601_understands() -> None:
    record = next(r for r in build_demonstration(date(2025, 3, 5)) if r["id"] == "exemple--un-cv-qui-vous-ressemble")
    assert [session["debut"] for session in record["sessions"]] == [
        "2025-03-11T09:00:00+01:00",
        "2025-03-18T09:00:00+01:00",
        "2025-03-25T09:00:00+01:00",
        "2025-04-01T09:00:00+02:00",
    ]
    assert datetime.fromisoformat(record["sessions"][0]["debut"]).astimezone(UTC).hour == 8
