"""When an offer happens: coming sessions, else opening hours and words, else unknown."""

from datetime import date
from typing import Any

import pytest

from indexer.moments import moments_of
from indexer.schema import Offer
from indexer.schema.vocabulary import vocabulary

TODAY = date(2026, 5, 4)  # a Monday


def read(*, today: date = TODAY, **fields: Any) -> tuple[str, ...]:
    return moments_of(Offer.model_validate({"source": "ex", "id": "ex--1", "nom": "Cours de français"} | fields), today)


def starting(*moments: str) -> dict[str, Any]:
    return {"sessions": [{"debut": moment} for moment in moments]}


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-05-05T09:00:00+02:00", ("journee",)),
        ("2026-05-05T16:59:00+02:00", ("journee",)),
        ("2026-05-05T17:00:00+02:00", ("soir",)),
        ("2026-05-05T18:00:00+04:00", ("soir",)),
        ("2026-05-09T10:00:00+02:00", ("week-end",)),
        ("2026-05-09T19:00:00+02:00", ("soir", "week-end")),
        ("2026-05-09T00:00:00+02:00", ("week-end",)),
        ("2026-05-05T00:00:00+02:00", ()),
        ("2026-05-03T19:00:00+02:00", ()),
    ],
)
def test_a_coming_session_says_when_on_the_clock_of_its_place(start: str, expected: tuple[str, ...]) -> None:
    assert read(**starting(start)) == expected


def test_sessions_of_several_moments_give_each_once_in_the_order_of_the_vocabulary() -> None:
    found = read(**starting("2026-05-09T10:00:00+02:00", "2026-05-05T09:00:00+02:00", "2026-05-06T09:00:00+02:00"))
    assert found == ("journee", "week-end")


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("Mo-Fr 09:00-12:00,14:00-17:30", ("journee",)),
        ("Mo-Fr 09:00-18:00", ("journee",)),
        ("Mo-Fr 09:00-18:30", ("journee", "soir")),
        ("Tu 19:00-21:00", ("soir",)),
        ("Mo-Fr 08:00-17:00; Th[1] 17:00-20:00", ("journee", "soir")),
        ("Sa 09:00-12:00", ("week-end",)),
        ("Fr 20:00-02:00", ("soir",)),
        ("24/7", ("journee", "soir", "week-end")),
        ("Mo-Sa off", ()),
        ("quand on peut", ()),
    ],
)
def test_opening_hours_say_when(hours: str, expected: tuple[str, ...]) -> None:
    assert read(horaires_accueil=hours) == expected


def test_hours_of_the_reception_and_words_of_the_text_add_up() -> None:
    found = read(description="Deux cours du soir par semaine.", horaires_accueil="Mo-Fr 09:00-12:00")
    assert found == ("journee", "soir")


def test_coming_sessions_go_before_hours_and_words() -> None:
    told = {"description": "Cours du soir.", "horaires_accueil": "Sa 09:00-12:00"}
    assert read(**told, **starting("2026-05-05T09:00:00+02:00")) == ("journee",)
    assert read(**told, **starting("2026-05-01T09:00:00+02:00")) == ("soir", "week-end")


def test_what_says_nothing_is_unknown() -> None:
    assert read(description="Une aide pour tous.") == ()


def test_every_value_has_a_label() -> None:
    assert [term.shown for term in vocabulary("moments").values()] == [
        "En journée", "Le soir (après 17 h)", "Le week-end",
    ]  # fmt: skip
