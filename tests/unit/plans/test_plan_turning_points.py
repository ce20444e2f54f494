"""What a change of the person's situation may change of their plan."""

from datetime import UTC, datetime, timedelta

import pytest

from indexer.plans.model import Basis
from indexer.plans.turning_points import MINIMA, find_turning_points

BUILT = datetime(2026, 3, 2, 12, tzinfo=UTC)
RENT = "logement-hebergement--reduire-les-impayes-de-loyer"
HEALTH = "sante--acces-aux-soins"


def found(before: Basis, after: Basis, days: int = 1) -> str:
    return " ".join(find_turning_points(before, BUILT, after, BUILT + timedelta(days=days)))


def test_nothing_is_said_while_nothing_changed() -> None:
    same = Basis(24, (MINIMA,), (RENT,), "90010")
    assert found(same, same, days=300) == ""
    assert found(Basis(), Basis()) == ""


@pytest.mark.parametrize(
    ("before", "after", "said", "silent"),
    [
        (24, 25, "25 ans", "26 ans"),
        (25, 26, "26 ans", "25 ans"),
        (24, 26, "25 ans", "67 ans"),
        (26, 27, "", "ans"),
        (None, 30, "", "ans"),
        (24, None, "", "ans"),
    ],
)
def test_birthdays_that_open_and_close_rights_are_said(
    before: int | None, after: int | None, said: str, silent: str
) -> None:
    told = found(Basis(before), Basis(after))
    assert said in told
    assert silent not in told


@pytest.mark.parametrize(("days", "said"), [(364, False), (366, True)])
def test_the_years_that_went_by_count_when_nobody_changed_the_age(days: int, said: bool) -> None:
    assert ("25 ans" in found(Basis(24), Basis(24), days)) is said


def test_a_minimum_income_that_begins_or_ends_is_said() -> None:
    assert "touche maintenant" in found(Basis(), Basis(publics=(MINIMA,)))
    assert "ne touche plus" in found(Basis(publics=(MINIMA,)), Basis())


def test_a_move_is_said() -> None:
    assert "changé de commune" in found(Basis(code_commune="90010"), Basis(code_commune="59350"))
    assert found(Basis(), Basis(code_commune="59350")) == ""


def test_needs_added_and_gone_are_named_and_their_steps_stay() -> None:
    told = found(Basis(besoins=(RENT,)), Basis(besoins=(HEALTH,)))
    assert "ajoutés au diagnostic : Se soigner" in told or "ajoutés au diagnostic : Accès aux soins" in told
    assert "Leurs étapes restent" in told
