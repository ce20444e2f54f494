"""Columns of a segment that hold several values a row, kept flat in row order."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from indexer.engines.embedded.domain import Domain, Mask, Rows
from indexer.spans import spread

Numbers = NDArray[Any]

UNKNOWN, EVERYTHING, FIRST_VALUE = 0, 1, 2
"""Codes of a row that matches every value: because it says nothing, or because it says « all »."""


@dataclass(frozen=True)
class Ragged:
    """Several numbers a row: those of row i are `values[starts[i]:starts[i + 1]]`."""

    starts: NDArray[np.int64]
    values: Numbers

    def of_domain(self, domain: Domain) -> tuple[Rows, Numbers]:
        """(local row of each value, value) over a domain."""
        spans = [self.values[self.starts[a] : self.starts[b]] for a, b in domain.slices]
        values = spans[0] if len(spans) == 1 else np.concatenate([self.values[:0], *spans])
        counts = domain.take(self.starts[1:]) - domain.take(self.starts[:-1])
        return np.repeat(np.arange(domain.size), counts), values

    def of_rows(self, rows: Rows) -> tuple[Rows, Numbers]:
        """(position in `rows` of each value, value) for any rows."""
        begins, counts = self.starts[rows], self.starts[rows + 1] - self.starts[rows]
        return np.repeat(np.arange(len(rows)), counts), self.values[spread(begins, begins + counts)]


@dataclass(frozen=True)
class CodedColumn:
    """A filterable field. A value's code is its place in `names`; the first two codes are UNKNOWN and EVERYTHING."""

    names: tuple[str, ...]
    codes: Ragged

    def flags(self, domain: Domain, wanted: Collection[str]) -> Mask:
        """Rows that match one of the wanted values, or every value."""
        owners, codes = self.codes.of_domain(domain)
        found = np.zeros(domain.size, dtype=np.bool_)
        found[owners[self._table(wanted, unknown=True)[codes]]] = True
        return found

    def stated(self, rows: Rows, wanted: Collection[str]) -> Mask:
        """Rows that say so themselves: one of the wanted values, or « all »."""
        owners, codes = self.codes.of_rows(rows)
        found = np.zeros(len(rows), dtype=np.bool_)
        found[owners[self._table(wanted, unknown=False)[codes]]] = True
        return found

    def suits(self, rows: Rows, wanted: Collection[str], *, unknown: float, anything: float) -> NDArray[np.float64]:
        """1 for rows that say one of the wanted values, what is given for silence and for « all », 0 for the others."""
        owners, codes = self.codes.of_rows(rows)
        worth = np.zeros(len(self.names))
        worth[self._codes_of(wanted)] = 1.0
        worth[UNKNOWN], worth[EVERYTHING] = unknown, anything
        best = np.zeros(len(rows))
        np.maximum.at(best, owners, worth[codes])
        return best

    def raise_to(self, least: NDArray[np.float32], domain: Domain, worth: Callable[[str], float]) -> None:
        """Raises the number of each row of a domain to the worth of its best value; in place."""
        owners, codes = self.codes.of_domain(domain)
        table = np.array([0.0, 0.0, *map(worth, self.names[FIRST_VALUE:])], dtype=np.float32)
        kept = table[codes] > 0
        np.maximum.at(least, owners[kept], table[codes[kept]])

    def count_values(self, domain: Domain) -> NDArray[np.int64]:
        """How many values each row has."""
        return domain.take(self.codes.starts[1:]) - domain.take(self.codes.starts[:-1])

    def counts(self, domain: Domain, keep: Mask) -> "Counts":
        """How many kept rows say each value."""
        owners, codes = self.codes.of_domain(domain)
        numbers = np.bincount(codes[keep[owners]], minlength=len(self.names)).tolist()
        own = dict(zip(self.names[FIRST_VALUE:], numbers[FIRST_VALUE:], strict=True))
        return Counts(int(np.count_nonzero(keep)), numbers[UNKNOWN] + numbers[EVERYTHING], own)

    def _table(self, wanted: Collection[str], *, unknown: bool) -> Mask:
        table = np.zeros(len(self.names), dtype=np.bool_)
        table[self._codes_of(wanted)] = True
        table[UNKNOWN], table[EVERYTHING] = unknown, True
        return table

    def _codes_of(self, wanted: Collection[str]) -> list[int]:
        return [self._code_of[name] for name in wanted if name in self._code_of]

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
