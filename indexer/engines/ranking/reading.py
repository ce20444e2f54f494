"""What every engine reads alike of the columns of n candidates, however it keeps them."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from indexer.engines.ranking.candidates import Floats
from indexer.engines.ranking.parts import UNKNOWN


def mean_of(parts: Iterable[Floats], size: int) -> Floats:
    """[size]: the mean of the answers to what was asked; NaN where nothing was."""
    held = list(parts)
    return sum(held[1:], held[0]) / len(held) if held else np.full(size, np.nan)


def age_fit(
    youngest: NDArray[np.integer], oldest: NDArray[np.integer], any_age: tuple[int, int], age: int | None
) -> Floats:
    """Whether a candidate takes people of an age; UNKNOWN where it names none, its bounds being `any_age`."""
    if age is None:
        return np.full(len(youngest), np.nan)
    fits = ((youngest <= age) & (age <= oldest)).astype(np.float64)
    return np.where((youngest == any_age[0]) & (oldest == any_age[1]), UNKNOWN, fits)


def next_starts(
    size: int,
    owners: NDArray[np.int64],
    starts: NDArray[np.integer],
    full: NDArray[np.bool_],
    coming: NDArray[np.bool_],
) -> tuple[Floats, Floats]:
    """(the next session with a seat, else the next one, NaN where there is none; 1 where all that come are full).

    The sessions of all candidates lie side by side: `owners` says whose each is, `coming` which are not past.
    """
    if not len(owners):
        return np.full(size, np.nan), np.zeros(size)
    any_start, free_start = np.full((2, size), np.inf)
    for soonest, among in ((any_start, coming), (free_start, coming & ~full)):
        np.minimum.at(soonest, owners[among], starts[among].astype(np.float64))
    none_free = np.isinf(free_start)
    found = np.where(none_free, any_start, free_start)
    return np.where(np.isinf(found), np.nan, found), (none_free & ~np.isinf(any_start)).astype(np.float64)
