"""The view of neighbours: how near in meaning the phrases of a class are that are nearest to a text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.language.head import Matrix, build_directions
from indexer.products import Integers, IntegerTable

AXES = 128
"""Of 384, those on which phrases differ most: the table is a third, and reads the same texts as well."""

NEAREST = 3
SHARPNESS = 20.0
"""Of the soft maximum that turns mean cosines into probabilities."""

_PLACES = 24
"""Bits for the place of a phrase."""

_NONE = -(1 << 62)


@dataclass(frozen=True)
class Neighbours:
    """`axes` float32 [axes, dimensions]; `phrases` int8 [phrases, axes], directions by class; `counts` a class."""

    axes: Matrix
    phrases: NDArray[np.int8]
    counts: tuple[int, ...]


def learn_neighbours(directions: Matrix, counts: tuple[int, ...]) -> Neighbours:
    """The axes of the principal components, and the phrases on them; phrases come class after class."""
    _, vectors = np.linalg.eigh(directions.T @ directions)
    axes: Matrix = np.ascontiguousarray(vectors[:, ::-1][:, :AXES].T, np.float32)
    return Neighbours(axes, np.rint(127 * _project(axes, directions)).astype(np.int8), counts)


class NearestPhrases:
    """Neighbours, made ready to be read from."""

    def __init__(self, learned: Neighbours) -> None:
        self._axes = learned.axes
        self._phrases = IntegerTable(learned.phrases)
        self._counts = np.array(learned.counts)
        self._taken = np.minimum(self._counts, NEAREST)
        self._firsts = np.cumsum(self._counts) - self._counts
        self._places = np.arange(int(self._counts.sum()) + 1)

    def score(self, directions: Matrix) -> Matrix:
        """[texts, classes]: the mean cosine with the nearest phrases of each class."""
        near, units = self._phrases.times_each(_project(self._axes, directions))
        scores: Matrix = (self._sum_best(near) / self._taken * (units / 127)[:, None]).astype(np.float32)
        return scores

    def _sum_best(self, near: Integers) -> NDArray[np.int64]:
        """Of each class, the best, then the best of the others, until `NEAREST` are taken or there is no other.

        A product and the place of its phrase are one number, so that two phrases as near are two. What is taken, and
        what stands past the last phrase, is less than any.
        """
        none = _NONE | self._places[-1]
        keys = np.empty((len(near), len(self._places)), np.int64)
        np.left_shift(near, _PLACES, out=keys[:, :-1], dtype=np.int64)
        keys[:, :-1] |= self._places[:-1]
        keys[:, -1] = none
        texts = np.arange(len(near))[:, None]
        total = np.zeros((len(near), len(self._counts)), np.int64)
        for rank in range(NEAREST):
            best = np.maximum.reduceat(keys, self._firsts, axis=1)
            total += np.where(self._counts > rank, best >> _PLACES, 0)
            keys[texts, best & ((1 << _PLACES) - 1)] = none
        return total


def _project(axes: Matrix, directions: Matrix) -> Matrix:
    """Directions on the axes, of length one again."""
    return build_directions(directions @ axes.T, np.zeros(len(axes), np.float32))
