"""Two judgements of the same pairs."""

import pytest

from indexer.evaluation.agreement import weighted_kappa


def test_equal_judgements_agree_wholly() -> None:
    assert weighted_kappa([0, 1, 2, 3], [0, 1, 2, 3]) == 1
    assert weighted_kappa([2, 2], [2, 2]) == 1


def test_judgements_by_chance_agree_not_at_all() -> None:
    assert weighted_kappa([0, 0, 1, 1], [0, 1, 0, 1], (0, 1)) == pytest.approx(0)


def test_two_grades_give_the_plain_kappa() -> None:
    """Cohen 1960: 20 + 15 of 50 agree, .5 by chance: (.7 - .5) / .5."""
    first = [1] * 25 + [0] * 25
    second = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert weighted_kappa(first, second, (0, 1)) == pytest.approx(0.4)


def test_a_near_miss_costs_less_than_a_far_one() -> None:
    near, far = weighted_kappa([0, 1, 2, 3], [1, 1, 2, 3]), weighted_kappa([0, 1, 2, 3], [3, 1, 2, 3])
    assert far < near < 1
