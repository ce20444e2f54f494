"""How far a mean can be trusted: percentile bootstrap, and its paired form for two configurations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

DRAWS: Final = 4_000
"""Bounds move by less than .003 from one seed to the next, on 100 texts."""

CONFIDENCE: Final = 0.95

_SEED: Final = 5


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its interval of confidence, and of how many texts."""

    mean: float
    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """After minus before, on the same texts. `chance` is the probability of so large a difference if none were real."""

    mean: float
    low: float
    high: float
    chance: float
    count: int

    @property
    def is_significant(self) -> bool:
        return self.low > 0 or self.high < 0


def build_estimate(values: Sequence[float]) -> Estimate:
    """Of at least one value; the same values always give the same interval."""
    array = np.asarray(values, np.float64)
    low, high = _bounds(_draw_means(array))
    return Estimate(float(array.mean()), low, high, len(array))


def build_difference(before: Sequence[float], after: Sequence[float]) -> Difference:
    """Pairs in the same order, at least one. The chance is that of a test that swaps the two sides at random."""
    gaps = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    low, high = _bounds(_draw_means(gaps))
    signs = np.random.default_rng(_SEED).choice((-1.0, 1.0), (DRAWS, len(gaps)))
    as_large = np.abs(signs @ gaps) >= np.abs(gaps.sum()) - 1e-9
    return Difference(float(gaps.mean()), low, high, float((as_large.sum() + 1) / (DRAWS + 1)), len(gaps))


def _draw_means(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """[DRAWS]: the mean of as many values drawn with replacement. A draw is a row of counts: light on memory."""
    count = len(values)
    chance = np.random.default_rng(_SEED)
    counts = chance.multinomial(count, np.full(count, 1 / count), size=DRAWS)
    means: np.ndarray[tuple[int], np.dtype[np.float64]] = counts @ values / count
    return means


def _bounds(means: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float]:
    low, high = np.quantile(means, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return float(low), float(high)
