"""Words: for each term the rows that hold it, with a saturated weight, sliced by the ranges of a search."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import TermGroup, Words
from indexer.engines.embedded.domain import FEW, Domain, Mask, Rows
from indexer.engines.shared import SATURATION

_DENSE = 8
"""A term of more than one row in so many is added to all rows at once: to each of its own, it costs more."""


@dataclass(frozen=True)
class WordScores:
    """Over a domain: the score of words in 0–1, and the share of the query's weight that was found, in 0–1."""

    score: NDArray[np.float32]
    share: NDArray[np.float32]


@dataclass(frozen=True)
class Postings:
    """Rows of term t: `rows[starts[t]:starts[t + 1]]`, increasing, with `weights` beside."""

    terms: tuple[str, ...]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float32]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term: place for place, term in enumerate(self.terms)}

    def of_term(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """(rows, weights) of a term; empty where no row holds it."""
        place = self._places.get(term)
        if place is None:
            return self.rows[:0], self.weights[:0]
        span = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return self.rows[span], self.weights[span]

    def frequency(self, term: str) -> int:
        """In how many rows the term is."""
        place = self._places.get(term)
        return 0 if place is None else int(self.starts[place + 1] - self.starts[place])

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def score(self, domain: Domain, words: Words) -> WordScores:
        """BM25 with the query's own idf: the best alternative of each group counts."""
        score = np.zeros(domain.size, dtype=np.float32)
        share = np.zeros(domain.size, dtype=np.float32)
        total = sum(group.weight for group in words.groups) or 1.0
        for group in words.groups:
            self._add_group(score, share, domain, group, np.float32(group.weight / total))
        return WordScores(score, share)

    def _add_group(
        self,
        score: NDArray[np.float32],
        share: NDArray[np.float32],
        domain: Domain,
        group: TermGroup,
        weight: np.float32,
    ) -> None:
        """Adds what a group of the query gives, in place: the best of its terms counts in each row."""
        found = [self._score_term(domain, term, factor) for term, factor in group.alternatives]
        found = [part for part in found if len(part[0])]
        if len(found) == 1 and len(found[0][0]) * _DENSE < domain.size:
            local, weights = found[0]
            score[local] += weight * weights
            share[local] += weight
            return
        best = np.zeros(domain.size, dtype=np.float32)
        for local, weights in found:
            best[local] = np.maximum(best[local], weights)
        score += weight * best
        share += np.where(best > 0, weight, np.float32(0))

    def _score_term(self, domain: Domain, term: str, factor: float) -> tuple[Rows, NDArray[np.float32]]:
        rows, weights = self.of_term(term)
        if len(rows) <= FEW:
            here, local = domain.locate(rows)
            return local, np.float32(factor) * weights[here]
        local, kept = domain.within(rows)
        parts = [weights[a:b] for a, b in kept]
        return local, np.float32(factor) * np.concatenate([weights[:0], *parts])

    def found_words(self, rows: Rows, words: Words) -> list[tuple[str, ...]]:
        """The query's words that each of some rows holds."""
        held = [(group.word, self._hold(rows, group).tolist()) for group in words.groups]
        return [tuple(word for word, flags in held if flags[place]) for place in range(len(rows))]

    def _hold(self, rows: Rows, group: TermGroup) -> Mask:
        found = np.zeros(len(rows), dtype=np.bool_)
        for term, _ in group.alternatives:
            own, _ = self.of_term(term)
            if len(own):
                places = np.minimum(np.searchsorted(own, rows), len(own) - 1)
                found |= own[places] == rows
        return found


class PostingsBuilder:
    """Gathers the terms of each row as rows come."""

    def __init__(self) -> None:
        self._terms: dict[str, int] = {}
        self._of = array("I")
        self._frequencies = array("f")
        self._counts = array("I")

    def add(self, terms: Mapping[str, float]) -> None:
        for term, frequency in terms.items():
            self._of.append(self._terms.setdefault(term, len(self._terms)))
            self._frequencies.append(frequency)
        self._counts.append(len(terms))

    def build(self, order: Rows) -> Postings:
        """The postings with rows numbered in the given order, terms sorted."""
        came = np.repeat(np.arange(len(self._counts), dtype=np.int32), np.array(self._counts, dtype=np.uint32))
        place = np.empty(len(order), dtype=np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        names = sorted(self._terms)
        rank = np.empty(len(names), dtype=np.uint32)
        rank[[self._terms[name] for name in names]] = np.arange(len(names), dtype=np.uint32)
        rows, terms = place[came], rank[np.array(self._of, dtype=np.uint32)]
        sorting = np.lexsort((rows, terms))
        frequencies = np.array(self._frequencies, dtype=np.float32)[sorting]
        starts = np.searchsorted(terms[sorting], np.arange(len(names) + 1))
        weights = frequencies / (np.float32(SATURATION) + frequencies)
        return Postings(tuple(names), starts.astype(np.int64), rows[sorting], weights.astype(np.float32))
