"""Means with their intervals, and the difference of two runs on the same texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.evaluation.intervals import build_difference, build_estimate

shares = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@settings(deadline=None, max_examples=50)
@given(shares)
def test_the_mean_is_within_its_interval(values: list[float]) -> None:
    estimate = build_estimate(values)
    assert estimate.low - 1e-9 <= estimate.mean <= estimate.high + 1e-9
    assert estimate.count == len(values)


def test_the_same_values_give_the_same_interval() -> None:
    assert build_estimate([0, 1, 1, 0.5]) == build_estimate([0, 1, 1, 0.5])


def test_more_texts_make_a_narrower_interval() -> None:
    few, many = build_estimate([0, 1] * 10), build_estimate([0, 1] * 200)
    assert many.high - many.low < (few.high - few.low) / 3


def test_the_interval_of_a_share_is_close_to_the_known_one() -> None:
    """.5 of 100: plus or minus 1.96 standard errors of .05."""
    estimate = build_estimate([0, 1] * 50)
    assert (estimate.low, estimate.high) == pytest.approx((0.402, 0.598), abs=0.015)


def test_a_gain_on_every_text_is_significant() -> None:
    difference = build_difference([0.1] * 30, [0.3] * 30)
    assert difference.is_significant
    assert difference.mean == pytest.approx(0.2)
    assert difference.chance < 0.01


def test_gains_and_losses_that_cancel_out_are_not_significant() -> None:
    difference = build_difference([0, 1] * 20, [1, 0] * 20)
    assert not difference.is_significant
    assert difference.chance > 0.9


def test_nothing_changed_is_a_difference_of_zero() -> None:
    difference = build_difference([0.2, 0.4], [0.2, 0.4])
    assert (difference.mean, difference.low, difference.high, difference.chance) == (0, 0, 0, 1)


def test_before_and_after_are_told_in_that_order() -> None:
    assert build_difference([1.0] * 5, [0.0] * 5).mean == -1
