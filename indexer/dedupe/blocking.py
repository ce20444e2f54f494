"""Which pairs are worth comparing: those that share something that few others have."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.dedupe.card import Card
from indexer.dedupe.words import nature_words

LARGEST_BLOCK: Final = 60
"""Beyond, what is shared is too common to tell anything, and a block of 1,000 would cost half a million comparisons."""

Keys = NDArray[np.uint64]
"""The blocks of one card, each told by 64 bits: two that fall together would only add a comparison."""

NO_KEYS: Final[Keys] = np.empty(0, np.uint64)
_COMMON: Final = nature_words()


class Blocks:
    """Who shares what among records told by their positions."""

    def __init__(self, keys: Sequence[Keys], largest: int = LARGEST_BLOCK) -> None:
        owners = np.repeat(np.arange(len(keys)), [len(own) for own in keys])
        shared = np.concatenate([*keys, NO_KEYS])
        order = np.argsort(shared, kind="stable")
        self._owners, self._largest, self._records = owners[order], largest, len(keys)
        self._keys, self._starts, self._sizes = np.unique(shared[order], return_index=True, return_counts=True)

    def are_compared(self, keys: Keys) -> NDArray[np.bool_]:
        """Of each key, whether its block is small enough for its members to be compared."""
        if not len(self._keys):
            return np.ones(len(keys), np.bool_)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        sizes = np.where(self._keys[places] == keys, self._sizes[places], 0)
        return np.asarray(sizes <= self._largest)

    def members(self, keys: Keys) -> NDArray[np.intp]:
        """Positions of those who have one of these keys, sorted."""
        wanted = np.repeat(np.isin(self._keys, keys), self._sizes)
        return np.unique(self._owners[wanted])

    def pairs_with(self, concerned: NDArray[np.bool_]) -> list[tuple[int, int]]:
        """The pairs to compare that hold a concerned record, each once, the lower position first, in their order."""
        found = [NO_KEYS.astype(np.int64)]
        sizes = np.unique(self._sizes)
        for size in sizes[(sizes >= 2) & (sizes <= self._largest)]:
            starts = self._starts[self._sizes == size]
            members = self._owners[starts[:, None] + np.arange(size)]
            members = members[concerned[members].any(axis=1)]
            left, right = np.triu_indices(size, 1)
            one, other = members[:, left].ravel(), members[:, right].ravel()
            kept = concerned[one] | concerned[other]
            found.append(np.unique(one[kept] * self._records + other[kept]))
        codes = np.unique(np.concatenate(found))
        lower, higher = np.divmod(codes, max(1, self._records))
        return list(zip(lower.tolist(), higher.tolist(), strict=True))


def build_keys(card: Card) -> Keys:
    """The blocks of one card, sorted: what it may share, with each word of an offer's own title."""
    titles = sorted(card.title) or ("",)
    told = ("\x1f".join((*key, title)) for key in _iter_shared(card) for title in titles)
    digests = b"".join(hashlib.blake2b(text.encode(), digest_size=8).digest() for text in told)
    return np.unique(np.frombuffer(digests, "<u8"))


def _iter_shared(card: Card) -> Iterable[tuple[str, ...]]:
    towns = tuple(dict.fromkeys(town for town in (card.insee, card.postal) if town))
    for town in towns:
        yield ("name", town, card.name)
        for word in sorted(card.telling - _COMMON):
            yield ("word", town, word)
        for nature in sorted(card.natures):
            yield ("nature", town, nature)
        if card.street:
            yield ("address", town, card.number or "", card.street)
        if card.domain:
            yield ("domain", town, card.domain)
    for field, value in (("siret", card.siret), ("phone", card.phone), ("email", card.email)):
        if value:
            yield (field, value)
    if card.latitude is not None and card.longitude is not None:
        for word in sorted(card.telling - _COMMON):
            yield ("near", f"{card.latitude:.2f}", f"{card.longitude:.2f}", word)
    if not towns:
        yield ("nowhere", card.name)
