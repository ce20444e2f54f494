"""The view of neighbours: how near in meaning the phrases of a class are that are nearest to a text."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.language.head import Matrix, build_directions

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
        self._phrases = np.asarray(learned.phrases, np.float32) / np.float32(127)
        most = max(learned.counts)
        self._nearest = min(NEAREST, most)
        bounds = np.cumsum([0, *learned.counts])
        places = bounds[:-1, None] + np.arange(most)
        self._absent = places >= bounds[1:, None]
        self._places = np.where(self._absent, 0, places)

    def score(self, directions: Matrix) -> Matrix:
        """[texts, classes]: the mean cosine with the nearest phrases of each class."""
        scores: Matrix = np.zeros((len(directions), len(self._places)), np.float32)
        for place, near in enumerate(_project(self._axes, directions) @ self._phrases.T):
            own = np.where(self._absent, np.float32(-1), near[self._places])
            scores[place] = np.partition(own, -self._nearest, axis=1)[:, -self._nearest :].mean(axis=1)
        return scores


def _project(axes: Matrix, directions: Matrix) -> Matrix:
    """Directions on the axes, of length one again."""
    return build_directions(directions @ axes.T, np.zeros(len(axes), np.float32))
