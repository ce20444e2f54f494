"""Columns of a segment that hold several values a row, kept flat in row order."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.engines.embedded.counting import (
    MOST_VALUES,
    WORD,
    Bits,
    Counts,
    Kept,
    count_bits,
    count_held,
    pack_values,
    padded,
)
from indexer.engines.embedded.domain import Domain, Mask, Rows
from indexer.engines.embedded.inverted import Inverted, invert
from indexer.spans import spread

Numbers = NDArray[Any]

UNKNOWN, EVERYTHING, FIRST_VALUE = 0, 1, 2
"""Codes of a row that matches every value: because it says nothing, or because it says « all »."""

LOOKUP = 8
"""Looking up the value of one row costs as much as 64 rows at once, so many times: measured at 100,000 rows."""


@dataclass(frozen=True)
class Ragged:
    """Several numbers a row: those of row i are `values[starts[i]:starts[i + 1]]`."""

    starts: NDArray[np.int64]
    values: Numbers

    @cached_property
    def one_each(self) -> bool:
        """Whether each row has one value: then `values` is a plain column."""
        return len(self.values) == len(self.starts) - 1 and bool((np.diff(self.starts) == 1).all())

    def of_domain(self, domain: Domain) -> tuple[Rows, Numbers]:
        """(local row of each value, value) over a domain."""
        lengths = domain.take(self.starts[1:]) - domain.take(self.starts[:-1])
        return np.repeat(np.arange(domain.size), lengths), self.values_of(domain)

    def values_of(self, domain: Domain) -> Numbers:
        """The values of all rows of a domain, one row after the other."""
        spans = [self.values[self.starts[a] : self.starts[b]] for a, b in domain.slices]
        return spans[0] if len(spans) == 1 else np.concatenate([self.values[:0], *spans])

    def of_rows(self, rows: Rows) -> tuple[Rows, Numbers]:
        """(position in `rows` of each value, value) for any rows."""
        if self.one_each:
            return np.arange(len(rows)), self.values[rows]
        owners, places = self.places(rows)
        return owners, self.values[places]

    def places(self, rows: Rows) -> tuple[Rows, NDArray[np.int64]]:
        """The same, with where each value is among `values`: columns that share `starts` share these."""
        begins, ends = self.starts[rows], self.starts[rows + 1]
        return np.repeat(np.arange(len(rows)), ends - begins), spread(begins, ends)


@dataclass(frozen=True)
class CodedColumn:
    """A filterable field. A value's code is its place in `names`; the first two codes are UNKNOWN and EVERYTHING."""

    names: tuple[str, ...]
    codes: Ragged

    def flags(self, domain: Domain, wanted: Collection[str], *, unknown: bool = True) -> Mask:
        """Rows that match one of the wanted values, or every value; those that say nothing only when `unknown`."""
        found = np.zeros(domain.size, dtype=np.bool_)
        silent = [UNKNOWN] if unknown else []
        self._inverted.mark(found, domain, [*silent, EVERYTHING, *self._codes_of(wanted)])
        return found

    def matching(self, domain: Domain, value: str) -> Rows:
        """Local rows that match a value, in no order: where they are few, less work than `flags` of a whole domain."""
        parts = self._inverted.local(domain, [UNKNOWN, EVERYTHING, *self._codes_of((value,))])
        return np.concatenate([np.empty(0, dtype=np.int64), *parts])

    def worth(self, rows: Rows, wanted: Collection[str], *, unknown: float, anything: float) -> NDArray[np.float64]:
        """Of some rows: 1 where they say one of the wanted values, as given for silence and for « all », else 0."""
        table = np.zeros(len(self.names))
        table[UNKNOWN], table[EVERYTHING], table[self._codes_of(wanted)] = unknown, anything, 1.0
        owners, codes = self.codes.of_rows(rows)
        best = np.zeros(len(rows))
        np.maximum.at(best, owners, table[codes])
        return best

    def raise_to(self, least: NDArray[np.float32], domain: Domain, worths: Mapping[str, float]) -> None:
        """Raises the number of each row of a domain to the worth of its best value; in place."""
        for name, worth in worths.items():
            for part in self._inverted.local(domain, self._codes_of((name,))):
                least[part] = np.maximum(least[part], np.float32(worth))

    def starting(self, start: str) -> list[str]:
        """The values that start so."""
        first = bisect_left(self._sorted_names, start)
        return list(takewhile(lambda name: name.startswith(start), islice(self._sorted_names, first, None)))

    def count_values(self, rows: Rows) -> NDArray[np.int64]:
        """How many values each row has."""
        return self.codes.starts[rows + 1] - self.codes.starts[rows]

    def counts(self, kept: Kept) -> Counts:
        """How many of the rows kept say each value."""
        numbers = self._numbers(kept).tolist()
        own = dict(zip(self.names[FIRST_VALUE:], numbers[FIRST_VALUE:], strict=True))
        return Counts(len(kept), numbers[UNKNOWN] + numbers[EVERYTHING], own)

    def _numbers(self, kept: Kept) -> NDArray[np.int64]:
        """By the way that looks at the least."""
        values, codes, size = len(self.names), len(self.codes.values), max(1, kept.size)
        by_bits = values * (padded(size) // WORD) if values <= MOST_VALUES else codes
        if min(by_bits, codes) * size > LOOKUP * len(kept) * codes:
            return np.bincount(self.codes.of_rows(kept.rows)[1], minlength=values)
        if by_bits < codes:
            return count_bits(self._bits, kept.bits)
        return count_held(self._inverted, kept.flags)

    def _codes_of(self, wanted: Collection[str]) -> list[int]:
        return [self._code_of[name] for name in wanted if name in self._code_of]

    @cached_property
    def _inverted(self) -> Inverted:
        """Made at the first filter: some milliseconds for 100,000 rows, once a process."""
        lengths = np.diff(self.codes.starts)
        owners = np.repeat(np.arange(len(lengths)), lengths)
        return invert(owners, self.codes.values, len(self.names))

    @cached_property
    def _bits(self) -> Bits:
        """Made at the first count of many rows: 1 MB for 84 values of 100,000 rows."""
        return pack_values(self._inverted, len(self.codes.starts) - 1)

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(self.names[FIRST_VALUE:])

    @cached_property
    def _code_of(self) -> Mapping[str, int]:
        """Zones have tens of thousands of names: looking at each took a quarter of a search by place."""
        return {name: code for code, name in enumerate(self.names)}


class RaggedBuilder:
    """Gathers the numbers of each row as rows come."""

    def __init__(self, dtype: DTypeLike) -> None:
        self._dtype = dtype
        self._counts: list[int] = []
        self._values: list[int] = []

    def add(self, values: Iterable[int]) -> None:
        before = len(self._values)
        self._values.extend(values)
        self._counts.append(len(self._values) - before)

    def build(self, order: Rows) -> Ragged:
        """The column with its rows in the given order."""
        counts = np.array(self._counts, dtype=np.int64)
        came = Ragged(_starts(counts), np.array(self._values, dtype=self._dtype))
        _, values = came.of_rows(order)
        return Ragged(_starts(counts[order]), values)


class CodedBuilder:
    """Gathers the values of a field as rows come."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"\x00unknown": UNKNOWN, "\x00everything": EVERYTHING}
        self._rows = RaggedBuilder(np.uint16)

    def add(self, values: Sequence[str], *, anything: bool) -> None:
        """One row: its values, and whether it matches every value (then it keeps none of its own)."""
        codes = [self._codes.setdefault(value, len(self._codes)) for value in dict.fromkeys(values)]
        if anything:
            codes = [EVERYTHING if values else UNKNOWN]
        self._rows.add(codes)

    def build(self, order: Rows) -> CodedColumn:
        return CodedColumn(tuple(self._codes), self._rows.build(order))


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
