"""Jobs by how people say them: three views of a text, fused; an exact name goes first.

- words: stems, weighed by how rare they are among all phrases;
- characters: runs of three to five of them, which stand slips and spelling as spoken;
- meaning: the encoder's vector, for the shipped phrases and the default encoder.

Figures, a view at a time: docs/relevance.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.language.analysis import stem
from indexer.metiers.entries import Entry, Kind, shipped_entries
from indexer.metiers.neutral import job_key, job_words
from indexer.metiers.sparse import SparseIndex, gram_features, gram_keys, word_features, word_keys
from indexer.metiers.vectors import JobVectors
from indexer.reference.shipped import rome_labels

Floats = NDArray[np.float32]

WORDS, CHARACTERS, MEANING, EXACT = 0.3, 0.7, 1.3, 0.35
"""Weights: the best of a few tried on the dev half; those of one third on either side are level."""

MAX_READ: Final = 500
"""Characters that are read: no job takes more to say."""

LEAST: Final = 0.05
"""Under this score a job only shares letters with what was said."""

STEEP, MIDDLE = 7.4, 0.57
"""Of the curve from the fused mean to how often the first job is right: fitted on the dev half, within .08 of it."""


@dataclass(frozen=True, slots=True)
class JobHit:
    """`score` in 0–1: how often such a job, come first, is right. `phrase` is the job's nearest by its words."""

    code_rome: str
    libelle: str
    score: float
    phrase: Entry
    exact: bool

    @property
    def appellation(self) -> str | None:
        """The loaded job title that matched, if one did."""
        return self.phrase.text if self.phrase.kind is Kind.TITRE else None


class JobIndex:
    """All phrases, searched. Made on first use; shared by the threads of a process."""

    def __init__(self, titles: Sequence[Entry] = (), vectors: JobVectors | None = None) -> None:
        self._vectors = vectors
        self._entries = (*shipped_entries(), *titles)
        self._shipped = len(self._entries) - len(titles)
        words = [job_words(entry.text) for entry in self._entries]
        self._words = SparseIndex(word_features([[stem(word) for word in own] for own in words]))
        self._grams = SparseIndex(gram_features([" ".join(own) for own in words]))
        self._codes = tuple(rome_labels())
        place = {code: i for i, code in enumerate(self._codes)}
        self._code_of = np.array([place[entry.code] for entry in self._entries])
        self._order = np.argsort(self._code_of, kind="stable")
        self._starts = np.flatnonzero(np.diff(self._code_of[self._order], prepend=-1))
        self._keys = [job_key(own) for own in words]

    def search(self, text: str, vector: Floats | None, size: int) -> tuple[JobHit, ...]:
        """The likeliest jobs, best first; fewer than `size` when no more are likely. `vector` is the encoder's."""
        words = job_words(text[:MAX_READ])
        if not words or size < 1:
            return ()
        lexical = self._lexical(words)
        exact = self._exact(job_key(words))
        fused = self._fuse(lexical, exact, vector)
        best = np.argsort(-fused, kind="stable")[:size]
        hits = (self._hit(int(i), fused, lexical, exact) for i in best)
        return tuple(hit for hit in hits if hit.score >= LEAST)

    @cached_property
    def by_key(self) -> dict[str, tuple[int, ...]]:
        """Places of the entries that name a job, by key."""
        found: dict[str, list[int]] = {}
        for i, (key, entry) in enumerate(zip(self._keys, self._entries, strict=True)):
            if entry.kind is not Kind.LANGUE or key:
                found.setdefault(key, []).append(i)
        return {key: tuple(own) for key, own in found.items()}

    def is_name(self, words: Sequence[str]) -> bool:
        """Whether neutral words are just the name of a job."""
        return any(self._entries[i].kind.is_name for i in self.by_key.get(job_key(words), ()))

    def _lexical(self, words: Sequence[str]) -> Floats:
        """[entries]: words and characters, 0 to 1."""
        by_words = self._words.cosines(word_keys(stem(word) for word in words))
        by_grams = self._grams.cosines(gram_keys(" ".join(words)))
        total: Floats = np.float32(WORDS) * by_words + np.float32(CHARACTERS) * by_grams
        return (total / np.float32(WORDS + CHARACTERS)).astype(np.float32)

    def _exact(self, key: str) -> frozenset[int]:
        """The places of codes that have a phrase just so."""
        return frozenset(int(self._code_of[i]) for i in self.by_key.get(key, ()))

    def _fuse(self, lexical: Floats, exact: frozenset[int], vector: Floats | None) -> Floats:
        """[codes], 0 to 1: the best phrase of each job in each view, then their weighted mean."""
        own = self._best_a_code(lexical)
        fused = np.float32(WORDS + CHARACTERS) * own
        weight = WORDS + CHARACTERS
        if vector is not None and self._vectors is not None:
            near = np.zeros(len(self._entries), np.float32)
            near[: self._shipped] = self._vectors.cosines(vector)
            fused += np.float32(MEANING) * self._best_a_code(near)
            weight += MEANING
        fused /= np.float32(weight)
        for place in exact:
            fused[place] = EXACT + (1 - EXACT) * fused[place]
        clipped: Floats = np.clip(fused, 0, 1)
        return clipped

    def _best_a_code(self, scores: Floats) -> Floats:
        """The greatest score among the phrases of each code: every code has its label."""
        best: Floats = np.maximum.reduceat(scores[self._order], self._starts)
        return best

    def _hit(self, place: int, fused: Floats, lexical: Floats, exact: frozenset[int]) -> JobHit:
        stop = self._starts[place + 1] if place + 1 < len(self._starts) else len(self._order)
        own = self._order[self._starts[place] : stop]
        phrase = self._entries[int(own[np.argmax(lexical[own])])]
        code = self._codes[place]
        return JobHit(code, rome_labels()[code], _calibrate(float(fused[place])), phrase, place in exact)


def _calibrate(fused: float) -> float:
    return round(1 / (1 + math.exp(-STEEP * (fused - MIDDLE))), 4)
