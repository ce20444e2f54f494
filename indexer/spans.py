"""Many stretches of rows as one list of rows, without a loop of Python."""

import numpy as np
from numpy.typing import NDArray


def spread(firsts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows of [first, end) of each stretch, one stretch after the other."""
    lengths = ends - firsts
    rows: NDArray[np.int64] = np.arange(int(lengths.sum())) + np.repeat(
        firsts - (np.cumsum(lengths) - lengths), lengths
    )
    return rows
