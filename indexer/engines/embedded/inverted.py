"""The rows of each value of a column, so that a filter touches the rows that match and no others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.embedded.domain import FEW, Domain, Mask, Rows


@dataclass(frozen=True)
class Inverted:
    """Rows of value v: `rows[starts[v]:starts[v + 1]]`, increasing."""

    starts: NDArray[np.int64]
    rows: NDArray[np.int32]

    @property
    def count(self) -> int:
        """How many values exist."""
        return len(self.starts) - 1

    def of_value(self, value: int) -> NDArray[np.int32]:
        return self.rows[self.starts[value] : self.starts[value + 1]]

    def local(self, domain: Domain, values: Sequence[int]) -> list[Rows]:
        """The local rows of some values, in parts; a row of several values may come several times."""
        parts = [part for part in map(self.of_value, values) if len(part)]
        few = [part for part in parts if len(part) <= FEW]
        found = [domain.within(part)[0] for part in parts if len(part) > FEW]
        if few:
            found.append(domain.locate(few[0] if len(few) == 1 else np.concatenate(few))[1])
        return found

    def mark(self, mask: Mask, domain: Domain, values: Sequence[int]) -> None:
        """Sets the rows of some values, in place."""
        for part in self.local(domain, values):
            mask[part] = True


def invert(owners: NDArray[np.int64], values: NDArray[np.uint16], count: int) -> Inverted:
    """From the owner row of each value, in row order; `count` values exist."""
    order = np.argsort(values, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(values, minlength=count))))
    return Inverted(starts.astype(np.int64), owners[order].astype(np.int32))
