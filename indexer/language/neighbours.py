"""The view of neighbours: how near in meaning the phrases of a class are that are nearest to a text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.language.head import Matrix, build_directions
from indexer.products import BlockedTable

AXES = 128
"""Of 384, those on which phrases differ most: the table is a third, and reads the same texts as well."""

NEAREST = 3
SHARPNESS = 20.0
"""Of the soft maximum that turns mean cosines into probabilities."""


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
        self._phrases = BlockedTable(np.asarray(learned.phrases, np.float32) / np.float32(127))
        self._counts = np.array(learned.counts)
        self._taken = np.minimum(self._counts, NEAREST).astype(np.float32)
        self._classes = np.arange(len(self._counts))
        self._rows = _list_rows(self._counts)

    def score(self, directions: Matrix) -> Matrix:
        """[texts, classes]: the mean cosine with the nearest phrases of each class."""
        scores: Matrix = np.zeros((len(directions), len(self._counts)), np.float32)
        for place, near in enumerate(self._phrases.times_each(_project(self._axes, directions))):
            scores[place] = self._average_best(near)
        return scores

    def _average_best(self, near: Matrix) -> Matrix:
        """Of each class, the best, then the best of the others, until `NEAREST` are taken or there is no other."""
        left: Matrix = np.append(near, np.float32(-2))[self._rows]
        total: Matrix = np.zeros(len(left), np.float32)
        for rank in range(NEAREST):
            best = left.argmax(axis=1)
            total += np.where(self._counts > rank, left[self._classes, best], 0)
            left[self._classes, best] = -2
        average: Matrix = (total / self._taken).astype(np.float32)
        return average


def _list_rows(counts: NDArray[np.int_]) -> NDArray[np.int_]:
    """[classes, most phrases]: the rows of each class, then the one past the last, as often as needed."""
    places = np.arange(counts.max(initial=0))
    firsts = np.cumsum(counts) - counts
    return np.where(places < counts[:, None], firsts[:, None] + places, counts.sum())


def _project(axes: Matrix, directions: Matrix) -> Matrix:
    """Directions on the axes, of length one again."""
    return build_directions(directions @ axes.T, np.zeros(len(axes), np.float32))
