"""Columns of a segment that hold several values a row, kept flat in row order."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.engines.embedded.domain import Domain, Mask, Rows
from indexer.engines.embedded.inverted import Inverted, invert
from indexer.spans import spread

Numbers = NDArray[Any]

UNKNOWN, EVERYTHING, FIRST_VALUE = 0, 1, 2
"""Codes of a row that matches every value: because it says nothing, or because it says « all »."""

_SPARSE = 4
"""Kept rows are looked at one by one when fewer than one in so many: about as much work at that point."""


@dataclass(frozen=True)
class Ragged:
    """Several numbers a row: those of row i are `values[starts[i]:starts[i + 1]]`."""

    starts: NDArray[np.int64]
    values: Numbers

    def of_domain(self, domain: Domain) -> tuple[Rows, Numbers]:
        """(local row of each value, value) over a domain."""
        return np.repeat(np.arange(domain.size), self.lengths(domain)), self.values_of(domain)

    def lengths(self, domain: Domain) -> NDArray[np.int64]:
        """How many values each row of a domain has."""
        return domain.take(self.starts[1:]) - domain.take(self.starts[:-1])

    def values_of(self, domain: Domain) -> Numbers:
        """The values of all rows of a domain, one row after the other."""
        spans = [self.values[self.starts[a] : self.starts[b]] for a, b in domain.slices]
        return spans[0] if len(spans) == 1 else np.concatenate([self.values[:0], *spans])

    def of_rows(self, rows: Rows) -> tuple[Rows, Numbers]:
        """(position in `rows` of each value, value) for any rows."""
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

    def suits(self, domain: Domain, wanted: Collection[str], *, unknown: float, anything: float) -> NDArray[np.float64]:
        """1 for rows that say one of the wanted values, what is given for silence and for « all », 0 for the others."""
        best = np.zeros(domain.size)
        for codes, worth in (([UNKNOWN], unknown), ([EVERYTHING], anything), (self._codes_of(wanted), 1.0)):
            for part in self._inverted.local(domain, codes):
                best[part] = np.maximum(best[part], worth)
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

    def counts(self, domain: Domain, keep: Mask) -> "Counts":
        """How many kept rows say each value."""
        kept = int(np.count_nonzero(keep))
        if kept * _SPARSE < domain.size:
            _, codes = self.codes.of_rows(domain.rows(np.flatnonzero(keep)))
        else:
            lengths, codes = self.codes.lengths(domain), self.codes.values_of(domain)
            codes = codes if kept == domain.size else codes[np.repeat(keep, lengths)]
        numbers = np.bincount(codes, minlength=len(self.names)).tolist()
        own = dict(zip(self.names[FIRST_VALUE:], numbers[FIRST_VALUE:], strict=True))
        return Counts(kept, numbers[UNKNOWN] + numbers[EVERYTHING], own)

    def _codes_of(self, wanted: Collection[str]) -> list[int]:
        return [self._code_of[name] for name in wanted if name in self._code_of]

    @cached_property
    def _inverted(self) -> Inverted:
        """Made at the first filter: some milliseconds for 100,000 rows, once a process."""
        lengths = np.diff(self.codes.starts)
        owners = np.repeat(np.arange(len(lengths)), lengths)
        return invert(owners, self.codes.values, len(self.names))

    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(self.names[FIRST_VALUE:])

    @cached_property
    def _code_of(self) -> Mapping[str, int]:
        """Zones have tens of thousands of names: looking at each took a quarter of a search by place."""
        return {name: code for code, name in enumerate(self.names)}


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one field in one segment: rows kept, rows that match every value, rows that say each value."""

    kept: int
    always: int
    own: Mapping[str, int]


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


def merged_counts(parts: Sequence["Counts"]) -> dict[str, int]:
    """How many rows of all segments each value alone would give; under the empty name, how many were kept."""
    always = sum(part.always for part in parts)
    total = {name: always for part in parts for name in part.own}
    for part in parts:
        for name, number in part.own.items():
            total[name] += number
    return total | {"": sum(part.kept for part in parts)}


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
