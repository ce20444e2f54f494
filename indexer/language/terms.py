"""The view of words: which class has those of a text, acronyms spelled out and synonyms made one (BM25 by class)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.language.acronyms import ACRONYMS
from indexer.language.analysis import fold, tokens
from indexer.language.head import Matrix
from indexer.language.letters import MOST_WORDS
from indexer.language.synonyms import SYNONYMS
from indexer.spans import spread

K1, B = 1.2, 0.75
"""The usual constants of BM25 (Robertson and Walker, 1994)."""

TermsTable = NDArray[np.void]
"""A row a term and class that has it, by `term` (its hash): `term`, `label`, `weight`."""

_ROW = np.dtype([("term", "<u4"), ("label", "u1"), ("weight", "<f4")])


def build_terms(text: str) -> list[str]:
    """Stems, what acronyms stand for, one word for all its synonyms, and each two that follow one another."""
    alone = [term for token in tokens(text)[:MOST_WORDS] for term in _iter_said(token.word, token.term)]
    return [*alone, *(f"{first} {second}" for first, second in pairwise(alone))]


def learn_terms(texts: Sequence[str], labels: Sequence[int], classes: int) -> TermsTable:
    """BM25 weights, each class one document: the phrases of the class."""
    counted = [Counter[str]() for _ in range(classes)]
    for text, label in zip(texts, labels, strict=True):
        counted[label].update(build_terms(text))
    having = Counter(term for own in counted for term in own)
    usual = sum(own.total() for own in counted) / classes
    rows = []
    for label, own in enumerate(counted):
        damping = K1 * (1 - B + B * own.total() / usual)
        for term, count in own.items():
            rarity = np.log(1 + (classes - having[term] + 0.5) / (having[term] + 0.5))
            rows.append((crc32(term.encode()), label, rarity * count * (K1 + 1) / (count + damping)))
    return np.sort(np.array(rows, _ROW), order=["term", "label"])


class KnownTerms:
    """Weights of terms, made ready to be read from."""

    def __init__(self, table: TermsTable, classes: int) -> None:
        self._classes = classes
        self._terms, self._labels = np.ascontiguousarray(table["term"]), table["label"].astype(np.intp)
        self._weights = table["weight"].astype(np.float64)

    def score(self, texts: Sequence[str]) -> Matrix:
        """[texts, classes]: the sum of the weights of the terms that the text has, each once."""
        scores: Matrix = np.zeros((len(texts), self._classes), np.float32)
        for place, text in enumerate(texts):
            hashed = np.fromiter({crc32(term.encode()) for term in build_terms(text)}, np.uint32)
            firsts, ends = np.searchsorted(self._terms, hashed), np.searchsorted(self._terms, hashed, side="right")
            rows = spread(firsts, ends)
            scores[place] = np.bincount(self._labels[rows], self._weights[rows], self._classes)
        return scores


def _iter_said(word: str, term: str) -> Iterator[str]:
    yield term
    yield from _spelled_out().get(word, ())
    if term in _same_as():
        yield _same_as()[term]


@cache
def _spelled_out() -> dict[str, tuple[str, ...]]:
    """Folded acronym → the stems of its commonest meaning."""
    return {fold(short): tuple(token.term for token in tokens(long[0])) for short, long in ACRONYMS.items()}


@cache
def _same_as() -> dict[str, str]:
    """Stem → a name for its group of synonyms, by the group's first word: the order of groups may change."""
    return {
        stems[0].term: f"={fold(group[0])}" for group in SYNONYMS for word in group if len(stems := tokens(word)) == 1
    }
