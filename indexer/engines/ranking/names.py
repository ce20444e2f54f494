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

TITLED, TITLED_BY_RARE = 0.15, 0.25
"""What « Prépa VAE » gains when « VAE » was typed: far from a name typed in full, above one that has the need alone."""

MAX_NAMED = 2_000
"""Words that more offers than this hold together are nobody's name."""

_PARTS = ("own", "own_short", "holder", "holder_short", "around")
_OWN, _HOLDER, _AROUND = 0, 2, 4  # each name is followed by its short form
_OWN_AROUND, _HOLDER_AROUND = np.array([[1, 1, 0, 0, 1], [0, 0, 1, 1, 1]], dtype=np.bool_)
_OWN_ALONE = np.array([1, 1, 0, 0, 0], dtype=np.bool_)
_ASKED_RAMP = (NEARLY_ALL, 0.8)  # a word with one slip counts .8, a synonym .6: a name is not said by synonyms
_TITLED_RAMP = (0.3, 0.8)
_RARE_RAMP = (4.0, 6.0)  # idf: one offer in 55, one in 400
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
    fit = np.zeros(held.size)
    if not words.groups or not len(held.codes):
        return fit
    hashes, parts = (held.codes >> np.uint64(3)).astype(np.int64), (held.codes & np.uint64(7)).astype(np.int64)
    own, holder, bare = np.zeros((3, held.size, len(words.groups)))
    typed = np.zeros(len(hashes), dtype=np.bool_)
    for group, one in enumerate(words.groups):
        for term, worth in one.alternatives:
            same = np.flatnonzero(hashes == _hash(term))
            if not len(same):
                continue
            typed[same] = True
            for table, among in ((own, _OWN_AROUND), (holder, _HOLDER_AROUND), (bare, _OWN_ALONE)):
                rows = held.owners[same[among[parts[same]]]]
                table[rows, group] = np.maximum(table[rows, group], worth)
    weights = np.array([group.weight for group in words.groups])
    weights /= weights.sum() or 1.0
    asked = np.array((own @ weights, holder @ weights, np.maximum(own, holder) @ weights))
    called = np.flatnonzero(asked.max(axis=0) > NEARLY_ALL)
    if len(called):
        shares = _shares(held, parts, typed, called)
        fits = _ramp(asked[:, called], *_ASKED_RAMP) * _ramp(shares, *_HELD_RAMP)
        titled = _titled(words) * _ramp((bare @ weights)[called], *_TITLED_RAMP)
        fit[called] = np.round(np.maximum(fits.max(axis=0), titled), 6)
    return fit


def _titled(words: Words) -> float:
    """What an offer's own name is worth when it holds what was typed, among other words: more when that is rare."""
    rarest = np.array(max(group.weight for group in words.groups))
    return TITLED + TITLED_BY_RARE * float(_ramp(rarest, *_RARE_RAMP))


def _shares(held: HeldNames, parts: NDArray[np.int64], typed: NDArray[np.bool_], rows: NDArray[np.int64]) -> Floats:
    """[3, rows]: of the own name, of the structure's and of both together, the share that was typed."""
    place = np.full(held.size, -1)
    place[rows] = np.arange(len(rows))
    kept = place[held.owners] >= 0
    bins = place[held.owners[kept]] * len(_PARTS) + parts[kept]
    sizes = np.bincount(bins, minlength=len(rows) * len(_PARTS)).reshape(-1, len(_PARTS))
    found = np.bincount(bins[typed[kept]], minlength=len(rows) * len(_PARTS)).reshape(-1, len(_PARTS))
    each = found / np.maximum(sizes, 1)
    both = (found[:, _OWN] + found[:, _HOLDER]) / np.maximum(sizes[:, _OWN] + sizes[:, _HOLDER], 1)
    own, holder = each[:, _OWN : _OWN + 2].max(axis=1), each[:, _HOLDER : _HOLDER + 2].max(axis=1)
    return np.array((own, holder, both))


def _ramp(values: Floats, low: float, high: float) -> Floats:
    return np.clip((values - low) / (high - low), 0.0, 1.0)


def _hash(term: str) -> int:
    return zlib.crc32(term.encode())
