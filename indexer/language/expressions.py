"""Expressions of several words that stand for one thing: « garde d'enfants », « revenu de solidarité active » = RSA.

Where an expression stands in a text, the text gains one more term, its marker, so that a query may look for the thing
and not for words that happen to be near.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.language.analysis import Token, tokens
from indexer.language.synonyms import ACRONYMS, SYNONYMS

_JOINT = "_"


@dataclass(frozen=True, slots=True)
class Found:
    """An expression in a list of tokens: [start, stop), and the marker that stands for it."""

    start: int
    stop: int
    marker: str


@dataclass(frozen=True)
class Lexicon:
    """`markers` by the terms of an expression; `alternatives` of a term or marker: what may be said instead."""

    markers: dict[tuple[str, ...], str]
    lengths: dict[str, tuple[int, ...]]
    alternatives: dict[str, tuple[str, ...]]

    def find(self, words: Sequence[Token]) -> Iterator[Found]:
        """The expressions of a text, the longest first at each word, without overlap."""
        start = 0
        while start < len(words):
            found = self._at(words, start)
            if found is None:
                start += 1
            else:
                yield found
                start = found.stop

    def markers_in(self, words: Sequence[Token]) -> Iterator[str]:
        """The markers of a text to be indexed: an expression inside a longer one counts too."""
        for start in range(len(words)):
            found = self._at(words, start)
            if found is not None:
                yield found.marker

    def _at(self, words: Sequence[Token], start: int) -> Found | None:
        for length in self.lengths.get(words[start].term, ()):
            marker = self.markers.get(tuple(w.term for w in words[start : start + length]))
            if marker is not None:
                return Found(start, start + length, marker)
        return None


def is_marker(term: str) -> bool:
    """Whether a term stands for an expression and was never a word."""
    return _JOINT in term


@cache
def load_lexicon() -> Lexicon:
    """The acronyms and synonyms, analysed as texts are."""
    markers: dict[tuple[str, ...], str] = {}
    for acronym, meanings in ACRONYMS.items():
        for meaning in meanings:
            terms = _terms(meaning)
            if len(terms) > 1:
                markers.setdefault(terms, acronym)
    alternatives: dict[str, tuple[str, ...]] = {}
    for group in SYNONYMS:
        names = [_name(_terms(expression), markers) for expression in group]
        for name in names:
            if name:
                alternatives[name] = tuple(other for other in dict.fromkeys(names) if other and other != name)
    return Lexicon(markers, _lengths(markers), alternatives)


def _terms(expression: str) -> tuple[str, ...]:
    return tuple(token.term for token in tokens(expression))


def _name(terms: tuple[str, ...], markers: dict[tuple[str, ...], str]) -> str:
    if len(terms) < 2:
        return "".join(terms)
    return markers.setdefault(terms, _JOINT.join(terms))


def _lengths(markers: dict[tuple[str, ...], str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for terms in markers:
        lengths.setdefault(terms[0], set()).add(len(terms))
    return {first: tuple(sorted(seen, reverse=True)) for first, seen in lengths.items()}
