"""How many of the rows kept say each value of a field, by whichever of three ways looks at the least: the bits of each
value, every value that the field holds, or the values of the rows kept alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engines.embedded.domain import Domain, Mask, Rows
from indexer.engines.embedded.inverted import Inverted

Bits = NDArray[np.uint64]
"""A bit a row of a segment, padded to whole words."""

Numbers = NDArray[np.int64]

WORD = 64
MOST_VALUES = 256
"""Fields of more values have no bits: those of métiers would take 200 MB for a million offers."""

_CHUNK_WORDS = 32_768  # 256 kB of bits at a time: they stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one field in one segment: rows kept, rows that match every value, rows that say each value."""

    kept: int
    always: int
    own: Mapping[str, int]


@dataclass(frozen=True)
class Kept:
    """The rows that a query keeps, of a segment of `size` rows; each shape of them is made once for all fields."""

    domain: Domain
    mask: Mask
    size: int

    def __len__(self) -> int:
        return len(self.local)

    @cached_property
    def local(self) -> Rows:
        return np.flatnonzero(self.mask)

    @cached_property
    def rows(self) -> Rows:
        return self.domain.rows(self.local)

    @cached_property
    def flags(self) -> Mask:
        """Over the whole segment, and what pads it to whole words."""
        return self.domain.unfold(self.mask, padded(self.size))

    @cached_property
    def bits(self) -> Bits:
        return pack(self.flags)


def padded(size: int) -> int:
    """As many rows, up to a whole word."""
    return -(-size // WORD) * WORD


def pack(flags: Mask) -> Bits:
    """Whole words of flags as bits."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


def pack_values(inverted: Inverted, size: int) -> Bits:
    """[values, words]: the rows of each value."""
    table = np.empty((inverted.count, padded(size) // WORD), dtype=np.uint64)
    for value, line in enumerate(table):
        flags = np.zeros(padded(size), dtype=np.bool_)
        flags[inverted.of_value(value)] = True
        line[:] = pack(flags)
    return table


def count_bits(table: Bits, kept: Bits) -> Numbers:
    """How many of the rows kept each line of a table holds."""
    step = max(1, _CHUNK_WORDS // max(1, table.shape[1]))
    parts = (table[first : first + step] & kept for first in range(0, len(table), step))
    return np.concatenate([np.bitwise_count(part).sum(axis=1, dtype=np.int64) for part in parts])


def count_held(inverted: Inverted, flags: Mask) -> Numbers:
    """How many of the rows flagged hold each value."""
    held = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(flags[inverted.rows])))
    return np.diff(held[inverted.starts])


def merged_counts(parts: Sequence[Counts]) -> dict[str, int]:
    """How many rows of all segments each value alone would give; under the empty name, how many were kept."""
    always, kept = sum(part.always for part in parts), sum(part.kept for part in parts)
    total: dict[str, int] = {}
    for part in parts:
        for name, number in part.own.items():
            total[name] = total.get(name, always) + number
    return total | {"": kept}
