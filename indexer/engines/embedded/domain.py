"""The rows that a search looks at: a few contiguous ranges, seen as one local space 0..size-1."""

from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

FEW = 2_000
"""Rows up to which `Domain.locate`, row by row, is quicker than `Domain.within`, range by range."""


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

    def unfold(self, mask: Mask, size: int) -> Mask:
        """A mask over these rows, as one over `size` rows."""
        whole = np.zeros(size, dtype=np.bool_)
        for (start, stop), first in zip(self.slices, self._offsets.tolist(), strict=False):
            whole[start:stop] = mask[first : first + stop - start]
        return whole

    def rows(self, local: Rows) -> Rows:
        """Segment rows of local positions."""
        if len(self.slices) <= 1:
            return local + self.slices[0][0] if self.slices else local
        return self._rows[local]

    @cached_property
    def _rows(self) -> Rows:
        """The segment row of every local one: places are asked again, and looking each row up costs more."""
        return np.arange(self.size) + np.repeat(self._starts - self._offsets[:-1], self._stops - self._starts)

    def locate(self, rows: NDArray[np.int32]) -> tuple[NDArray[np.int64], Rows]:
        """Of any rows, which ones lie here (places among `rows`), and their local positions."""
        if not self.slices:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        part = np.searchsorted(self._starts, rows, side="right") - 1
        here = np.flatnonzero((part >= 0) & (rows < self._stops[part]))
        part = part[here]
        return here, rows[here] + (self._offsets[part] - self._starts[part])

    def within(self, sorted_rows: NDArray[np.int32]) -> tuple[Rows, list[tuple[int, int]]]:
        """Of sorted rows, the local positions of those that lie here, and the ranges of `sorted_rows` kept."""
        if not self.slices:
            return np.empty(0, dtype=np.int64), []
        bounds = np.searchsorted(sorted_rows, np.stack((self._starts, self._stops)))
        kept = [(left, right) for left, right in zip(*bounds.tolist(), strict=True) if left < right]
        rows = np.concatenate([sorted_rows[:0], *(sorted_rows[left:right] for left, right in kept)])
        return rows + np.repeat(self._offsets[:-1] - self._starts, bounds[1] - bounds[0]), kept
