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
        self._firsts = np.cumsum(self._counts) - self._counts
        self._class_of = np.repeat(np.arange(len(self._counts)), self._counts)

    def score(self, directions: Matrix) -> Matrix:
        """[texts, classes]: the mean cosine with the nearest phrases of each class."""
        scores: Matrix = np.zeros((len(directions), len(self._counts)), np.float32)
        for place, own in enumerate(_project(self._axes, directions)):
            scores[place] = self._average_best(self._phrases.times(own))
        return scores

    def _average_best(self, near: Matrix) -> Matrix:
        """Of each class, the best and those equal to it, then the best of the others, until `NEAREST` are taken."""
        total: Matrix = np.zeros(len(self._counts), np.float32)
        left = np.minimum(self._counts, NEAREST)
        for _ in range(NEAREST):
            best = np.maximum.reduceat(near, self._firsts)
            equal = np.flatnonzero(near == best[self._class_of])
            taken = np.minimum(np.bincount(self._class_of[equal], minlength=len(left)), left)
            total += (best * taken).astype(np.float32)
            left = left - taken
            near[equal] = -1
        average: Matrix = (total / np.minimum(self._counts, NEAREST)).astype(np.float32)
        return average


def _project(axes: Matrix, directions: Matrix) -> Matrix:
    """Directions on the axes, of length one again."""
    return build_directions(directions @ axes.T, np.zeros(len(axes), np.float32))
