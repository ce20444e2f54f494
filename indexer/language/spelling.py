"""Mending a word that the index has never seen, from the words that it has."""

from collections.abc import Mapping

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from indexer.language.expressions import is_marker

_SHORTEST = 4  # a mistyped word of three letters can be anything
_TWO_SLIPS_FROM = 8
_REMEMBERED = 5_000


class Speller:
    """Knows the terms of one index version. Built in a few milliseconds for 20,000 terms; shared between threads."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._terms = sorted(
            t for t in frequencies if len(t) >= _SHORTEST and t.isalpha() and t.isascii() and not is_marker(t)
        )
        self._frequencies = frequencies
        self._mended: dict[str, list[tuple[str, float]]] = {}

    def mend(self, term: str) -> list[tuple[str, float]]:
        """Terms one slip away (two for long words), with a factor in 0–1; the nearest and most frequent first."""
        if len(term) < _SHORTEST or not term.isalpha() or not term.isascii():
            return []
        known = self._mended.get(term)
        if known is None:
            if len(self._mended) >= _REMEMBERED:
                self._mended.clear()
            known = self._mended[term] = self._look_for(term)
        return known

    def _look_for(self, term: str) -> list[tuple[str, float]]:
        slips = 2 if len(term) >= _TWO_SLIPS_FROM else 1
        found = extract(term, self._terms, scorer=OSA.distance, score_cutoff=slips, limit=None)
        ranked = sorted(found, key=lambda f: (f[1], f[0][0] != term[0], -self._frequencies.get(f[0], 0), f[0]))
        return [(name, 0.8 if distance == 1 else 0.6) for name, distance, _ in ranked[:3]]
