"""The formulas, on rankings small enough to be worked out by hand."""

import math

import pytest

from indexer.evaluation.measures import NDCG, PRECISION, RECIPROCAL, SUCCESS, measure_ranking


def measure(grades: dict[str, int], ranking: list[str]) -> dict[str, float]:
    return measure_ranking({"n": grades}, {"n": ranking})["n"]


def test_the_best_order_is_worth_one() -> None:
    values = measure({"a": 3, "b": 2, "c": 1}, ["a", "b", "c", "x"])
    assert values == pytest.approx({NDCG: 1, PRECISION: 1, SUCCESS: 1, RECIPROCAL: 1})


def test_ndcg_is_the_gain_discounted_by_rank_over_the_best() -> None:
    best = 3 + 1 / math.log2(3)
    assert measure({"a": 3, "b": 1}, ["b", "a"])[NDCG] == pytest.approx((1 + 3 / math.log2(3)) / best, abs=1e-4)


def test_an_offer_that_only_helps_a_little_is_not_a_right_answer() -> None:
    values = measure({"a": 3, "b": 1}, ["b", "x", "y", "a"])
    assert (values[SUCCESS], values[RECIPROCAL]) == (0, 0.25)


def test_precision_is_of_what_can_be_reached() -> None:
    """Two right offers, both among the first five: nothing better was possible."""
    assert measure({"a": 3, "b": 2}, ["x", "a", "y", "b", "z"])[PRECISION] == pytest.approx(1)


def test_what_comes_after_the_tenth_is_not_seen() -> None:
    values = measure({"a": 3}, [*(f"x{n}" for n in range(10)), "a"])
    assert set(values.values()) == {0}


def test_a_need_without_an_answer_is_worth_nothing() -> None:
    assert set(measure({"a": 3}, []).values()) == {0}
