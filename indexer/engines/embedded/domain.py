"""The rows that a search looks at: a few contiguous ranges, seen as one local space 0..size-1."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Domain:
    """Disjoint, increasing row ranges of a segment."""

    def __init__(self, slices: Sequence[tuple[int, int]]) -> None:
        self.slices = sorted((a, b) for a, b in slices if a < b)
        self._starts = np.array([a for a, _ in self.slices], dtype=np.int64)
        self._stops = np.array([b for _, b in self.slices], dtype=np.int64)
        lengths = self._stops - self._starts
        self._offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        self.size = int(self._offsets[-1])

    def take(self, column: NDArray[Scalar]) -> NDArray[Scalar]:
        """The column's values on these rows; a view when there is one range."""
        if len(self.slices) == 1:
            start, stop = self.slices[0]
            return column[start:stop]
        if not self.slices:
            return column[:0]
        return np.concatenate([column[start:stop] for start, stop in self.slices])

    def rows(self, local: Rows) -> Rows:
        """Segment rows of local positions."""
        part = np.searchsorted(self._offsets, local, side="right") - 1
        return self._starts[part] + (local - self._offsets[part])

    def within(self, sorted_rows: NDArray[np.int32]) -> tuple[Rows, list[tuple[int, int]]]:
        """Of sorted rows, the local positions of those that lie here, and the ranges of `sorted_rows` kept."""
        if not self.slices:
            return np.empty(0, dtype=np.int64), []
        bounds = np.searchsorted(sorted_rows, np.stack((self._starts, self._stops)))
        kept, local = [], []
        for i, (left, right) in enumerate(zip(bounds[0].tolist(), bounds[1].tolist(), strict=True)):
            if left < right:
                kept.append((left, right))
                shift = int(self._offsets[i] - self._starts[i])
                local.append(sorted_rows[left:right].astype(np.int64) + shift)
        return (np.concatenate(local) if local else np.empty(0, dtype=np.int64)), kept
