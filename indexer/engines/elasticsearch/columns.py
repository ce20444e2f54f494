"""The packed offers of one search, side by side: see `packed` for what each column holds."""

from binascii import a2b_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.elasticsearch.packed import CODE, COUNTS, HEAD, SCALE, SLOT, TERM
from indexer.engines.shared import cosines_of_coarse

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


class Packed(NamedTuple):
    """One offer as the server brought it, and where parts of it end: hundreds are made a search.

    `typed` and `meaning` are empty where they were not asked for.
    """

    id: str
    ranked: bytes
    codes_end: int
    slots_end: int
    typed: bytes = b""
    meaning: bytes = b""


def unpack(ranked: bytes, typed: bytes = b"", meaning: bytes = b"") -> Packed:
    """With the places where the codes and the sessions of `ranked` end; then comes the id."""
    codes, slots = COUNTS.unpack_from(ranked, HEAD.itemsize - COUNTS.size)
    codes_end = HEAD.itemsize + codes * CODE.itemsize
    slots_end = codes_end + slots * SLOT.itemsize
    return Packed(ranked[slots_end:].rstrip(b"\0").decode(), ranked, codes_end, slots_end, typed, meaning)


def decode(texts: Sequence[str]) -> list[bytes]:
    """What `packed` wrote, from base64: one after the other they are one text, decoded at once."""
    whole = a2b_base64("".join(texts))
    ends = [0, *accumulate(len(text) // 4 * 3 for text in texts)]
    return [whole[begin:end] for begin, end in pairwise(ends)]


class Columns:
    """Columns of n offers; of what an offer has several of, `owners` says whose each value is."""

    def __init__(self, offers: Sequence[Packed]) -> None:
        self._offers = offers
        self.head = np.frombuffer(b"".join(offer.ranked[: HEAD.itemsize] for offer in offers), HEAD)

    def __len__(self) -> int:
        return len(self._offers)

    @cached_property
    def codes(self) -> "Several":
        """Values of fields."""
        parts = (offer.ranked[HEAD.itemsize : offer.codes_end] for offer in self._offers)
        return _several(parts, CODE, self.head["codes"])

    @cached_property
    def slots(self) -> "Several":
        """Sessions."""
        parts = (offer.ranked[offer.codes_end : offer.slots_end] for offer in self._offers)
        return _several(parts, SLOT, self.head["slots"])

    @cached_property
    def terms(self) -> "Several":
        """What the texts say."""
        counts = [COUNTS.unpack_from(offer.typed)[0] for offer in self._offers]
        first = COUNTS.size
        parts = (o.typed[first : first + n * TERM.itemsize] for o, n in zip(self._offers, counts, strict=True))
        return _several(parts, TERM, np.array(counts, dtype=np.int64))

    def names(self, places: Places) -> "Several":
        """What some of the offers are called."""
        offers = [self._offers[place] for place in places.tolist()]
        counts = [COUNTS.unpack_from(offer.typed) for offer in offers]
        firsts = [COUNTS.size + terms * TERM.itemsize for terms, _ in counts]
        lengths = np.array([names for _, names in counts], dtype=np.int64)
        ends = (first + n * CODE.itemsize for first, (_, n) in zip(firsts, counts, strict=True))
        parts = (offer.typed[first:end] for offer, first, end in zip(offers, firsts, ends, strict=True))
        return _several(parts, CODE, lengths)

    def cosines(self, vector: NDArray[np.float32]) -> Floats:
        """With one vector, within about .001; 0 for an offer without a vector."""
        end = SCALE.itemsize + len(vector)
        flat = b"".join(offer.meaning[SCALE.itemsize : end] for offer in self._offers)
        scale = np.frombuffer(b"".join(offer.meaning[: SCALE.itemsize] for offer in self._offers), SCALE)
        coarse = np.frombuffer(flat, np.int8).reshape(len(self._offers), len(vector))
        return cosines_of_coarse(coarse, scale, vector).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Several:
    """Several values an offer, of n offers."""

    size: int
    owners: Places
    values: NDArray[Any]

    def having(self, wanted: Iterable[int]) -> Flags:
        """[n]: the offers that have one of some values."""
        found = np.zeros(self.size, dtype=np.bool_)
        codes = np.fromiter(wanted, self.values.dtype)
        found[self.owners[np.isin(self.values, codes)]] = True
        return found


def _several(parts: Iterable[bytes], dtype: np.dtype[Any], lengths: NDArray[np.integer[Any]]) -> Several:
    values = np.frombuffer(b"".join(parts), dtype)
    return Several(len(lengths), np.repeat(np.arange(len(lengths)), lengths), values)
