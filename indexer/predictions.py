"""What the text of an offer suggests that it is for: never written over what the source says.

Thématiques are deduced where the source states none, or only a category. Where it states some, those of which the offer
says nothing are told: a place that ticks fifteen boxes is no answer to each as good as one made for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.embeddings.bulk import content_hash
from indexer.embeddings.vector_cache import VectorCache
from indexer.schema import Offer
from indexer.schema.vocabulary import category_of, thematiques

Matrix = NDArray[np.float32]

SURE = 0.55
"""Least probability of a deduced thématique: right seven times in eight on the Lille feed (docs/relevance.md)."""

SAYS_NOTHING = 0.05
"""Probability under which an offer says nothing of a thématique that its source states (docs/relevance.md)."""

SURE_WITHIN = 0.7
"""The same, as a share, among the thématiques of a category that the source gives: right six times in seven."""


@dataclass(frozen=True, slots=True)
class Deduced:
    """`predicted`: thématiques that the source does not state, then their categories; `faint`: those that it states and
    of which the offer says nothing."""

    predicted: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()


NOTHING_DEDUCED = Deduced()


class ThemeReader(Protocol):
    """The reader of needs, many texts at a time."""

    @property
    def names(self) -> Sequence[str]: ...

    def read_many(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """Probabilities [texts, names + 1], the last column of no need at all."""


class ThemePredictor:
    """Reads names and passages' vectors; what was read is kept by content, so that a rebuild reads nothing again."""

    def __init__(self, load: Callable[[], ThemeReader], build_digest: Callable[[], str], cache: VectorCache) -> None:
        """`load` is called when something must be read; the digest changes with what the reader learned from."""
        self._load, self._build_digest, self._cache = load, build_digest, cache

    def deduce(self, offers: Sequence[Offer], passages: Sequence[str], vectors: Matrix) -> list[Deduced]:
        """For each offer, by its name and the vector of its passage."""
        likely = self._read([offer.nom for offer in offers], passages, vectors)
        return [_deduce(offer, row) for offer, row in zip(offers, likely, strict=True)]

    def _read(self, names: Sequence[str], passages: Sequence[str], vectors: Matrix) -> Matrix:
        """Probabilities, from the cache where it knows them."""
        keys = [content_hash(f"{name}\x1f{passage}") for name, passage in zip(names, passages, strict=True)]
        known = self._cache.get_many(self._cached_as, len(_names()) + 1, keys)
        missing = [place for place, key in enumerate(keys) if key not in known]
        if missing:
            read = self._reader.read_many([names[i] for i in missing], vectors[missing]).astype(np.float32)
            fresh = {keys[i]: row for i, row in zip(missing, read, strict=True)}
            self._cache.put_many(self._cached_as, fresh)
            known |= fresh
        return np.array([known[key] for key in keys])

    @cached_property
    def _reader(self) -> ThemeReader:
        return self._load()

    @cached_property
    def _cached_as(self) -> str:
        return f"thematiques/{self._build_digest()}"


def _deduce(offer: Offer, likely: NDArray[np.float32]) -> Deduced:
    if _states_one(offer):
        return Deduced(faint=find_faint(offer.thematiques or (), likely))
    return Deduced(predicted=with_categories(choose(offer.thematiques or (), likely), offer))


def find_faint(stated: Sequence[str], likely: NDArray[np.float32]) -> tuple[str, ...]:
    """Those of the stated thématiques of which the offer says nothing."""
    places = _places()
    return tuple(theme for theme in stated if theme in places and likely[places[theme]] < SAYS_NOTHING)


def choose(given: Sequence[str], likely: NDArray[np.float32]) -> tuple[str, ...]:
    """The thématiques to add. `given` are categories: within each, the likeliest one if it stands out."""
    names = _names()
    if not given:
        best = int(np.argmax(likely))
        return (names[best],) if best < len(names) and likely[best] >= SURE else ()
    return tuple(theme for category in given for theme in _within(category, likely))


def with_categories(predicted: Sequence[str], offer: Offer) -> tuple[str, ...]:
    """With the categories that the source does not state."""
    stated = set(offer.thematiques or ())
    categories = [category_of(theme) for theme in predicted]
    return tuple(value for value in dict.fromkeys([*predicted, *categories]) if value not in stated)


def _within(category: str, likely: NDArray[np.float32]) -> tuple[str, ...]:
    names = _names()
    own = [i for i, name in enumerate(names) if category_of(name) == category]
    shares = likely[own] / max(float(likely[own].sum()), 1e-9)
    best = int(np.argmax(shares))
    return (names[own[best]],) if shares[best] >= SURE_WITHIN else ()


def _states_one(offer: Offer) -> bool:
    return any(theme != category_of(theme) for theme in offer.thematiques or ())


def _names() -> tuple[str, ...]:
    return tuple(value for value, term in thematiques().items() if term.parent is not None)


@cache
def _places() -> dict[str, int]:
    """Thématique → its column in what is read."""
    return {name: place for place, name in enumerate(_names())}
