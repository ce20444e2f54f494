"""Open now, until when, by the clock and the holidays of the place."""

from datetime import datetime

import pytest

from ui.opening import say_opening

OFFICE = "Mo-Fr 09:00-12:00,14:00-17:00"


def at(text: str) -> datetime:
    """In Paris, in winter unless the text says otherwise."""
    return datetime.fromisoformat(text if "+" in text else f"{text}+01:00")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-03-02T09:00", "Ouvert maintenant, ferme à 12 h."),
        ("2026-03-02T16:59", "Ouvert maintenant, ferme à 17 h."),
        ("2026-03-02T17:00", "Fermé maintenant, ouvre demain à 9 h."),
        ("2026-03-02T12:30", "Fermé maintenant, ouvre à 14 h."),
        ("2026-03-06T18:00", "Fermé maintenant, ouvre lundi à 9 h."),
    ],
)
def test_tells_the_next_change(now: str, told: str) -> None:
    assert say_opening(OFFICE, "90010", at(now)) == told.replace(" h", "\u00a0h")


def test_goes_by_the_clock_of_the_place() -> None:
    morning_in_reunion = at("2026-03-02T06:30")
    assert say_opening(OFFICE, "97411", morning_in_reunion) == "Ouvert maintenant, ferme à 12\u00a0h."
    assert say_opening(OFFICE, "75056", morning_in_reunion) == "Fermé maintenant, ouvre à 9\u00a0h."
    assert say_opening(OFFICE, None, morning_in_reunion) == "Fermé maintenant, ouvre à 9\u00a0h."


def test_the_change_of_hour_moves_nothing() -> None:
    assert say_opening("Su 03:00-05:00", "90010", at("2026-03-29T00:30")) == "Fermé maintenant, ouvre à 3\u00a0h."


def test_a_holiday_that_the_place_writes_is_believed() -> None:
    first_of_may = at("2026-05-01T10:00+02:00")
    assert say_opening(f"{OFFICE}; PH off", "90010", first_of_may) == "Fermé maintenant, ouvre lundi à 9\u00a0h."
    assert say_opening("Fr 09:00-12:00; PH 10:00-11:00", "90010", first_of_may) == (
        "Ouvert maintenant, ferme à 11\u00a0h."
    )


def test_a_holiday_that_the_place_does_not_write_is_doubtful() -> None:
    assert say_opening(OFFICE, "90010", at("2026-05-01T10:00+02:00")) == (
        "Aujourd’hui est un jour férié : appelez avant de venir."
    )


def test_day_and_night_and_never() -> None:
    assert say_opening("24/7; PH open", "90010", at("2026-03-02T03:00")) == "Ouvert maintenant, jour et nuit."
    assert say_opening("off", "90010", at("2026-03-02T03:00")) == "Fermé en ce moment."


def test_a_far_opening_is_told_with_its_day() -> None:
    assert say_opening("Mar 24 09:00-12:00", "90010", at("2026-03-02T10:00")) == (
        "Fermé maintenant, ouvre mardi 24 mars à 9\u00a0h."
    )


@pytest.mark.parametrize("value", [None, "", "sur rendez-vous", "Mo-Fr 25:00-99:00", "<script>", "Mo-" * 300])
def test_what_cannot_be_read_says_nothing(value: str | None) -> None:
    assert say_opening(value, "90010", at("2026-03-02T10:00")) is None
