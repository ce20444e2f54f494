"""A table of small whole numbers times a few vectors: ONNX Runtime does it in the numbers as they are kept.

One byte a number and not four: the product waits for memory, so that it takes a fifth of what single precision took,
and the table a half of the room. One thread, whatever the machine.
"""

from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from indexer.product_graph import GRAPH, TABLE, VECTORS, ZERO

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

MOST_COLUMNS: Final = 4_000
"""Beyond, a sum might not hold in 32 bits."""

_BASE: Final = 64
_GREATEST: Final = 63 * _BASE + _BASE // 2 - 1
"""A number of a vector is two digits from -63 to 63: without VNNI, a processor sums products of bytes in 16 bits, and
larger ones saturate."""

_AT_ONCE: Final = 16
"""Vectors: what they give stays in the processor's cache."""


class IntegerTable:
    """A table [rows, columns] of int8 from -127 to 127. Safe for several threads."""

    def __init__(self, table: NDArray[np.int8]) -> None:
        """ValueError for more than MOST_COLUMNS."""
        if table.shape[1] > MOST_COLUMNS:
            raise ValueError(f"{table.shape[1]} columns, {MOST_COLUMNS} at most")
        self._rows = len(table)
        opened: tuple[Any, Any] = _open_table(table) if table.size else (None, None)
        self._run, self._held = opened

    def times(self, vector: Floats) -> Floats:
        """[rows]: the product of each row with the vector."""
        products, units = self.times_each(vector[None])
        product: Floats = np.multiply(products[0], units[0], dtype=np.float32)
        return product

    def times_each(self, vectors: Floats) -> tuple[Integers, Floats]:
        """The products with each vector as whole numbers [vectors, rows], and what one is worth [vectors].

        A vector's greatest number is 4,063: what is lost is under a thousandth of a cosine of two unit vectors.
        """
        greatest = np.abs(vectors).max(axis=1, initial=1e-30)
        units = (greatest / np.float32(_GREATEST)).astype(np.float32)
        whole = np.rint(vectors / units[:, None]).astype(np.int32)
        few = [self._times_few(whole[i : i + _AT_ONCE]) for i in range(0, len(whole), _AT_ONCE)]
        return (few[0] if len(few) == 1 else np.concatenate([np.empty((0, self._rows), np.int32), *few])), units

    def _times_few(self, vectors: Integers) -> Integers:
        if self._run is None:
            return np.zeros((len(vectors), self._rows), np.int32)
        high = (vectors + _BASE // 2) // _BASE
        digits = np.concatenate([high, vectors - high * _BASE])
        products: Integers = self._run(None, {VECTORS: (digits + ZERO).astype(np.uint8)})[0]
        total = products[: len(vectors)]
        total *= _BASE
        total += products[len(vectors) :]
        return total


def _open_table(table: NDArray[np.int8]) -> tuple[Any, Any]:
    """A session whose table is this one, and what must live as long: the session reads it where it stands."""
    import onnxruntime as ort  # imported here so that the command line's help stays fast

    columns = np.ascontiguousarray(table.T)
    held = ort.OrtValue.ortvalue_from_numpy(columns)
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # it would tell at each product that the table is not of the size of the graph's
    options.add_initializer(TABLE, held)
    session = ort.InferenceSession(_load_graph(), options, providers=["CPUExecutionProvider"])
    return session.run, (columns, held, options)


@cache
def _load_graph() -> bytes:
    return (files("indexer") / GRAPH).read_bytes()
