"""Offers to turn to when one is gone: the same themes around the same place, the most alike first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from indexer.search.answer import Item
from indexer.search.request import MAX_CHARACTERS, SearchRequest
from indexer.search.service import OfferSearch


class Described(Protocol):
    """What is known of an offer that a search no longer finds: an `Offer` or a `RetiredSummary`."""

    @property
    def id(self) -> str: ...
    @property
    def nom(self) -> str: ...
    @property
    def thematiques(self) -> Sequence[str] | None: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


def find_alternatives(search: OfferSearch, gone: Described, size: int) -> tuple[Item, ...]:
    """At most `size` offers, never the one that is gone. Engine errors as they come."""
    found: tuple[Item, ...] = ()
    for request in _iter_requests(gone, size + 1):
        found = _others(search.search(request).items, gone.id)
        if found:
            break
    return found[:size]


def _iter_requests(gone: Described, size: int) -> Iterator[SearchRequest]:
    """From the nearest in meaning to the widest: with its themes and place, with its themes, with its name alone."""
    named = SearchRequest(q=gone.nom[:MAX_CHARACTERS], sans_lieu=True, size=size)
    themed = replace(named, filtres={"thematiques": tuple(gone.thematiques or ())})
    if gone.latitude is not None and gone.longitude is not None:
        yield replace(themed, lat=gone.latitude, lon=gone.longitude)
    if gone.thematiques:
        yield themed
    yield named


def _others(items: Collection[Item], offer_id: str) -> tuple[Item, ...]:
    return tuple(item for item in items if item.id != offer_id)
