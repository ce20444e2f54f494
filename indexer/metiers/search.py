"""Jobs by how people say them: three views of a text, fused; an exact name goes first.

- words: stems, weighed by how rare they are among all phrases;
- characters: runs of three to five of them, which stand slips and spelling as spoken;
- meaning: the encoder's vector, for the shipped phrases and the default encoder.

Figures, a view at a time: docs/relevance.md.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.language.analysis import stem
from indexer.metiers.entries import Entry, Kind, shipped_entries
from indexer.metiers.neutral import job_key, job_words
from indexer.metiers.sparse import Features, Keys, SparseIndex, gram_features, gram_keys, word_key, word_keys
from indexer.metiers.vectors import JobVectors
from indexer.reference.shipped import rome_labels
from indexer.remembered import Remembered, key_of

Floats = NDArray[np.float32]

WORDS, CHARACTERS, MEANING, EXACT = 0.3, 0.7, 1.3, 0.35
"""Weights: the best of a few tried on the dev half; those of one third on either side are level."""

MAX_READ: Final = 500
"""Characters that are read: no job takes more to say."""

LEAST: Final = 0.05
"""Under this score a job only shares letters with what was said."""

NEAREST: Final = 0.9
"""Cosine of meaning that no text reaches without the letters: at most .89 for the 2,731 of ours under .6 by words and
characters. Where even that would not do, no meaning is read."""

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
        words, names, keys = _analyse(entry.text for entry in self._entries)
        self._words, self._grams = SparseIndex(words), SparseIndex(gram_features(names))
        self._by_key = np.argsort(keys, kind="stable")
        self._keys = keys[self._by_key]
        self._codes = tuple(rome_labels())
        place = {code: i for i, code in enumerate(self._codes)}
        self._code_of = np.array([place[entry.code] for entry in self._entries])
        self._order = np.argsort(self._code_of, kind="stable")
        self._starts = np.flatnonzero(np.diff(self._code_of[self._order], prepend=-1))
        self._last = Remembered[tuple[JobHit, ...]]()

    def search(self, text: str, vector: Floats | None, size: int, least: float = LEAST) -> tuple[JobHit, ...]:
        """The likeliest jobs, best first; fewer than `size` when no more score `least`. `vector` is the encoder's.

        The last searches are remembered by a digest of their text.
        """
        asked = key_of(text, b"" if vector is None else vector.tobytes(), b"%d %a" % (size, least))
        return self._last.each([asked], lambda _: [self._search(text, vector, size, least)])[0]

    def _search(self, text: str, vector: Floats | None, size: int, least: float) -> tuple[JobHit, ...]:
        words = job_words(text[:MAX_READ])
        if not words or size < 1:
            return ()
        lexical = self._lexical(words)
        exact = frozenset(self._code_of[self._said_so(words)].tolist())
        if not exact and _calibrate(self._reach(lexical, vector)) < least:
            return ()
        fused = self._fuse(lexical, exact, vector)
        best = _list_greatest(fused, size)
        hits = (self._hit(i, fused, lexical, exact) for i in best)
        return tuple(hit for hit in hits if hit.score >= least)

    def is_name(self, words: Sequence[str]) -> bool:
        """Whether neutral words are just the name of a job."""
        return any(self._entries[i].kind.is_name for i in self._said_so(words))

    def _said_so(self, words: Sequence[str]) -> list[int]:
        """Places of the entries that hold just these words."""
        key = word_keys([job_key(words)])[0]
        found = self._by_key[np.searchsorted(self._keys, key) : np.searchsorted(self._keys, key, "right")]
        places: list[int] = found.tolist()
        return places

    def _lexical(self, words: Sequence[str]) -> Floats:
        """[entries]: words and characters, 0 to 1."""
        by_words = self._words.cosines(word_keys(stem(word) for word in words))
        by_grams = self._grams.cosines(gram_keys(" ".join(words)))
        total: Floats = np.float32(WORDS) * by_words + np.float32(CHARACTERS) * by_grams
        return (total / np.float32(WORDS + CHARACTERS)).astype(np.float32)

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

    def _reach(self, lexical: Floats, vector: Floats | None) -> float:
        """The most that the fused mean of a text may be, by its words and characters."""
        own = float(lexical.max()) * (WORDS + CHARACTERS)
        if vector is None or self._vectors is None:
            return own / (WORDS + CHARACTERS)
        return (own + MEANING * NEAREST) / (WORDS + CHARACTERS + MEANING)

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


def _list_greatest(scores: Floats, size: int) -> list[int]:
    """The places of the greatest, greatest first; the first of those as great."""
    least = np.partition(scores, -size)[-size] if size < len(scores) else -np.inf
    places = np.flatnonzero(scores >= least)
    greatest: list[int] = places[np.argsort(-scores[places], kind="stable")][:size].tolist()
    return greatest


def _analyse(texts: Iterable[str]) -> tuple[Features, list[str], Keys]:
    """Of each text: its stems as features, its neutral words joined, and the key of those. Little is held meanwhile."""
    counts, stems, names = array("q"), array("L"), list[str]()
    for text in texts:
        words = job_words(text)
        counts.append(len(words))
        stems.extend(word_key(stem(word)) for word in words)
        names.append(job_key(words))
    rows = np.repeat(np.arange(len(names)), np.array(counts))
    return Features(rows, np.array(stems, np.uint32), len(names)), names, word_keys(names)


def _calibrate(fused: float) -> float:
    return round(1 / (1 + math.exp(-STEEP * (fused - MIDDLE))), 4)
