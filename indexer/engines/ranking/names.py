"""Whether what was typed is the name of an offer or of the structure that holds it: « Mission locale de Lille »."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Names, Words
from indexer.engines.ranking.candidates import Floats

NEARLY_ALL = 0.6
"""Share of the query's weight that a name must hold to be looked at: under it something else was asked."""

MAX_NAMED = 2_000
"""Words that more offers than this hold together are nobody's name."""

_PARTS = ("own", "own_short", "holder", "holder_short", "around")
_OWN, _HOLDER, _AROUND = (0, 1), (2, 3), 4
_ASKED_RAMP = (NEARLY_ALL, 0.8)  # a word with one slip counts .8, a synonym .6: a name is not said by synonyms
_HELD_RAMP = (0.5, 0.8)  # « logement » does not call « Maison du logement »; « aide alimentaire » calls « … d'urgence »


@dataclass(frozen=True)
class HeldNames:
    """The coded terms (see `iter_codes`) of n candidates: `owners` says whose each is."""

    size: int
    owners: NDArray[np.int64]
    codes: NDArray[np.uint64]


def iter_codes(names: Names) -> Iterator[int]:
    """Each term of a document's names as one number: a hash of 32 bits, then which name it is of, 3 bits."""
    for part, field in enumerate(_PARTS):
        for term in dict.fromkeys(getattr(names, field)):
            yield _hash(term) << 3 | part


def name_fit(words: Words, held: HeldNames) -> Floats:
    """[n] in 0–1: 1 where nearly all that was typed is in a name, and nearly all of that name was typed."""
    if not words.groups or not len(held.codes):
        return np.zeros(held.size)
    hashes, parts = (held.codes >> np.uint64(3)).astype(np.int64), (held.codes & np.uint64(7)).astype(np.int64)
    asked = [(_hash(term), place, worth) for place, g in enumerate(words.groups) for term, worth in g.alternatives]
    hits = np.flatnonzero(np.isin(hashes, np.array([code for code, _, _ in asked])))
    own, holder = np.zeros((2, held.size, len(words.groups)))
    for code, group, worth in asked:
        same = hits[hashes[hits] == code]
        for table, kinds in ((own, (*_OWN, _AROUND)), (holder, (*_HOLDER, _AROUND))):
            rows = held.owners[same[np.isin(parts[same], kinds)]]
            table[rows, group] = np.maximum(table[rows, group], worth)
    return _fit(words, own, holder, _shares(held, parts, hits))


def _fit(words: Words, own: Floats, holder: Floats, shares: tuple[Floats, Floats, Floats]) -> Floats:
    """The better of three: its own name, its structure's, both together."""
    weights = np.array([group.weight for group in words.groups])
    weights /= weights.sum() or 1.0
    asked = (own @ weights, holder @ weights, np.maximum(own, holder) @ weights)
    fits = [_ramp(a, *_ASKED_RAMP) * _ramp(h, *_HELD_RAMP) for a, h in zip(asked, shares, strict=True)]
    best: Floats = np.max(fits, axis=0)
    return np.round(best, 6)


def _shares(held: HeldNames, parts: NDArray[np.int64], hits: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Of the own name, of the structure's and of both, the share that was typed."""
    bins = held.owners * len(_PARTS) + parts
    sizes = np.bincount(bins, minlength=held.size * len(_PARTS)).reshape(-1, len(_PARTS))
    found = np.bincount(bins[hits], minlength=held.size * len(_PARTS)).reshape(-1, len(_PARTS))
    each = found / np.maximum(sizes, 1)
    both = (found[:, 0] + found[:, 2]) / np.maximum(sizes[:, 0] + sizes[:, 2], 1)
    return each[:, _OWN].max(axis=1), each[:, _HOLDER].max(axis=1), both


def _ramp(values: Floats, low: float, high: float) -> Floats:
    return np.clip((values - low) / (high - low), 0.0, 1.0)


def _hash(term: str) -> int:
    return zlib.crc32(term.encode())
