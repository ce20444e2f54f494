"""Sparse rows in NumPy alone: what learning from hashed pieces of words needs, and no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from indexer.language.head import Matrix

_AT_ONCE = 400  # rows a product: what they gather stays in the processor's cache


@dataclass(frozen=True)
class Sparse:
    """Rows one after the other: row i holds `columns[starts[i]:starts[i + 1]]`, and the values beside them."""

    starts: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Matrix
    width: int

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[int, float]], width: int) -> Self:
        lengths = np.array([0, *(len(row) for row in rows)])
        columns = np.array([column for row in rows for column in row], np.int64)
        values = np.array([value for row in rows for value in row.values()], np.float32)
        return cls(np.cumsum(lengths), columns, values, width)

    def transpose(self) -> "Sparse":
        """The same values by column."""
        order = np.argsort(self.columns, kind="stable")
        rows = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        starts = np.concatenate([[0], np.cumsum(np.bincount(self.columns, minlength=self.width))])
        return Sparse(starts, rows[order], self.values[order], len(self.starts) - 1)

    def scale(self, columns: Matrix) -> "Sparse":
        """Each column times its factor, then each row brought to length one."""
        values = self.values * columns[self.columns]
        rows = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        squares = np.bincount(rows, values * values, minlength=len(self.starts) - 1)
        lengths = np.sqrt(np.maximum(squares, 1e-12)).astype(np.float32)
        return Sparse(self.starts, self.columns, values / lengths[rows], self.width)

    def times(self, table: Matrix) -> Matrix:
        """[rows, columns of the table]: the product with a dense table [width, …]."""
        count = len(self.starts) - 1
        product: Matrix = np.zeros((count, table.shape[1]), np.float32)
        for first in range(0, count, _AT_ONCE):
            bounds = self.starts[first : first + _AT_ONCE + 1]
            part = slice(bounds[0], bounds[-1])
            filled = np.flatnonzero(np.diff(bounds))
            if len(filled):
                gathered = table[self.columns[part]] * self.values[part, None]
                product[first + filled] = np.add.reduceat(gathered, bounds[filled] - bounds[0], axis=0)
        return product
