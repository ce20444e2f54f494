"""A table times a vector, without waking the threads of BLAS: on a busy machine, that took ten times as long.

OpenBLAS shares a product among threads from 9,216 numbers on. So the rows are cut into blocks of fewer, and NumPy goes
from one to the next in C: no threads wherever it runs, and twice as fast as `einsum`.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_UNSHARED = 9_000
"""Numbers that one block holds at most."""

_AT_ONCE = 16
"""Vectors: OpenBLAS shares the product of two tables among threads from 262,144 multiplications on."""


class BlockedTable:
    """A table [rows, columns], kept in blocks."""

    def __init__(self, table: Floats) -> None:
        self._rows, columns = table.shape
        size = max(1, _UNSHARED // max(columns, 1))
        count = -(-self._rows // size)
        filled: Floats = np.zeros((count * size, columns), np.float32)
        filled[: self._rows] = table
        self._blocks = filled.reshape(count, size, columns)

    def times(self, vector: Floats) -> Floats:
        """[rows]: the product of each row with the vector."""
        product: Floats = np.matmul(self._blocks, vector).reshape(-1)[: self._rows]
        return product

    def times_each(self, vectors: Floats) -> Floats:
        """[vectors, rows]: the table passes once through the processor's cache for a few vectors, not for each."""
        products = [self._times_few(vectors[i : i + _AT_ONCE]) for i in range(0, len(vectors), _AT_ONCE)]
        return np.concatenate([np.empty((0, self._rows), np.float32), *products])

    def _times_few(self, vectors: Floats) -> Floats:
        product: Floats = np.matmul(self._blocks, vectors.T).reshape(-1, len(vectors))[: self._rows].T
        return product
