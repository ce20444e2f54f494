"""Mending a word that the index has never seen, from the words that it has."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from indexer.language.analysis import stem
from indexer.language.expressions import is_marker

_SHORTEST = 4  # a mistyped word of three letters can be anything
_SHORTEST_WORD = 6
_TWO_SLIPS_FROM = 8
_REMEMBERED = 5_000


class Speller:
    """Knows the terms of one index version. Built in a few milliseconds for 20,000 terms; shared between threads."""

    def __init__(self, frequencies: Mapping[str, int], load_words: Callable[[], Iterable[str]] = tuple) -> None:
        """`load_words` gives whole words that are rightly spelled; asked once, when no term is near a word."""
        self._terms = sorted(
            t for t in frequencies if len(t) >= _SHORTEST and t.isalpha() and t.isascii() and not is_marker(t)
        )
        self._frequencies = frequencies
        self._mended: dict[str, list[tuple[str, float]]] = {}
        self._load_words = cache(lambda: sorted(filter(self._may_be_meant, load_words())))

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

    def mend_word(self, word: str) -> list[tuple[str, float]]:
        """Terms of the rightly spelled words near a whole word: the stem of « lojement », « loj », is near nothing."""
        if len(word) < _SHORTEST_WORD or not word.isalpha() or not word.isascii():
            return []
        terms: dict[str, float] = {}
        for name, factor in self._look_among(word, self._load_words()):
            terms.setdefault(stem(name), factor)
        return list(terms.items())

    def _may_be_meant(self, word: str) -> bool:
        return len(word) >= _SHORTEST_WORD and word.isalpha() and word.isascii() and stem(word) in self._frequencies

    def _look_for(self, term: str) -> list[tuple[str, float]]:
        return self._look_among(term, self._terms)

    def _look_among(self, term: str, known: Sequence[str]) -> list[tuple[str, float]]:
        slips = 2 if len(term) >= _TWO_SLIPS_FROM else 1
        found = extract(term, known, scorer=OSA.distance, score_cutoff=slips, limit=None)
        ranked = sorted(found, key=lambda f: (f[1], f[0][0] != term[0], -self._frequency(f[0]), f[0]))
        return [(name, 0.8 if distance == 1 else 0.6) for name, distance, _ in ranked[:3]]

    def _frequency(self, name: str) -> int:
        """Of a term, or of that of a word."""
        return self._frequencies.get(name) or self._frequencies.get(stem(name), 0)
