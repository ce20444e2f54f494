"""Communes as one types: exact name, beginning of a name or of one of its words, code, and slips of the fingers."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from indexer.geocode.commune import ARRONDISSEMENT, Commune
from indexer.geocode.names import fold, without_article
from indexer.geocode.slips import SlipIndex
from indexer.geocode.typed_names import iter_typed_names

WHOLE_NAME = 100
"""A name typed in full counts as that many times larger: Mons (1,900 inhabitants) comes before Athis-Mons."""

SPELLINGS = 6
"""Keys that one place may have under one beginning, at most: as many more are taken, then made one."""

LARGER_ALIKE = 2
"""Places kept on a full list for larger communes whose name resembles what was typed."""

MAX_TYPED = 60
_LAST = "\U0010ffff"
_CODE = re.compile(r"\d|\d[0-9ab]\d{0,3}")
_NUMBER = re.compile(r"\b\d[0-9ab]\d{0,3}\b")


class Autocomplete:
    """Sorted keys with aligned columns; a keystroke is a bisection and a partial sort. Answers are rows."""

    def __init__(self, communes: Sequence[Commune], row_of: Mapping[str, int]) -> None:
        """`communes` of all types; `row_of` maps the code of a place to its row among them."""
        self._communes = communes
        names = sorted(iter_typed_names(communes, row_of))
        self._keys = [n.key for n in names]
        self._rows = np.array([n.row for n in names], dtype=np.intp)
        self._weights = np.array([n.weight for n in names])
        self._whole = np.array([n.whole for n in names], dtype=bool)
        self._postal = sorted(self._iter_postal(row_of))
        self._insee = sorted((code.lower(), row) for code, row in row_of.items())
        places = sorted(row_of.values())
        folded = [without_article(fold(communes[row].nom)) for row in places]
        self._slips = SlipIndex(folded, places, [communes[row].population for row in places])

    def _iter_postal(self, row_of: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """An arrondissement alone answers to its postal code; its city too to the first four digits."""
        cities = {c.parent for c in self._communes if c.type == ARRONDISSEMENT}
        for code, row in row_of.items():
            length = 4 if code in cities else 5
            yield from {(postal[:length], row) for postal in self._communes[row].codes_postaux}

    def search_rows(self, text: str, limit: int) -> list[int]:
        """At most `limit` rows, best first; ties by row."""
        typed = fold(text[:MAX_TYPED])
        if not typed or limit < 1:
            return []
        if _CODE.fullmatch(typed):
            return self._by_code(typed)[:limit]
        found = self._by_name(typed, limit)
        if len(found) < limit:
            found += self._by_name_and_number(typed)
        if not self._is_whole_name(typed):
            found = self._with_slips(typed, found, limit)
        return list(dict.fromkeys(found))[:limit]

    def _is_whole_name(self, typed: str) -> bool:
        position = bisect_left(self._keys, typed)
        return position < len(self._keys) and self._keys[position] == typed and bool(self._whole[position])

    def _with_slips(self, typed: str, found: list[int], limit: int) -> list[int]:
        """Names that resemble come last, save those larger than all found: « lile » also finds Lille."""
        alike = self._slips.find(without_article(typed))
        largest = max((self._communes[row].population for row in found), default=0)
        kept = [row for row in alike if self._communes[row].population > largest and row not in found][:LARGER_ALIKE]
        return [*found[: max(1, limit - len(kept))], *kept, *found, *alike]

    def _by_name(self, typed: str, limit: int) -> list[int]:
        """Whole names first, then the largest whose name, or a word of it, begins so."""
        low = bisect_left(self._keys, typed)
        high = bisect_left(self._keys, typed + _LAST, low)
        weights = self._weights[low:high].copy()
        typed_in_full = bisect_left(self._keys, typed + "\0", low) - low
        weights[:typed_in_full] *= np.where(self._whole[low : low + typed_in_full], WHOLE_NAME, 1)
        count = min(limit * SPELLINGS, weights.size)
        if count == 0:
            return []
        best = np.argpartition(-weights, count - 1)[:count]
        ordered = best[np.lexsort((self._rows[low + best], -weights[best]))]
        return list(dict.fromkeys(self._rows[low + ordered].tolist()))

    def _by_code(self, typed: str) -> list[int]:
        """Postal codes, the largest communes first, then INSEE codes."""
        postal = self._begins(self._postal, typed)
        return [*self._largest_first(postal), *self._largest_first(set(self._begins(self._insee, typed)) - set(postal))]

    def _by_name_and_number(self, typed: str) -> list[int]:
        """« saint denis 974 », « 59000 lille »: the name, among the places that the number tells."""
        number = _NUMBER.search(typed)
        name = _NUMBER.sub("", typed).strip()
        if number is None or not name:
            return []
        among = set(self._by_code(number[0]))
        low = bisect_left(self._keys, name)
        high = bisect_left(self._keys, name + _LAST, low)
        return self._largest_first(among.intersection(self._rows[low:high].tolist()))

    @staticmethod
    def _begins(codes: Sequence[tuple[str, int]], typed: str) -> list[int]:
        low = bisect_left(codes, (typed,))
        return [row for _, row in codes[low : bisect_left(codes, (typed + _LAST,), low)]]

    def _largest_first(self, rows: Iterable[int]) -> list[int]:
        return sorted(set(rows), key=lambda row: (-self._communes[row].population, row))
