"""When nothing is found: what is nearest, how to widen, whom to call."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from indexer.search import OfferSearch
from indexer.search.request import MAX_RADIUS_KM
from ui import urls
from ui.contexts.cards import Card, build_card
from ui.contexts.facts import Link
from ui.state import SearchState
from ui.wording import say_count

NEAREST = 3


@dataclass(frozen=True, slots=True)
class NothingFound:
    """`links` lead to searches that do give something; `nearest` are the closest offers beyond the circle."""

    links: tuple[Link, ...]
    nearest: tuple[Card, ...]


def build_nothing_found(state: SearchState, search: OfferSearch, today: date) -> NothingFound:
    """Tries the searches that a person would try next, and keeps those that give something."""
    return NothingFound(tuple(_iter_links(state, search)), _nearest(state, search, today))


def _iter_links(state: SearchState, search: OfferSearch) -> Iterator[Link]:
    for label, wider in _iter_wider(state):
        total = _total(wider, search)
        if total:
            yield Link(f"{label} : {say_count(total, 'offre')}", urls.offers(wider))


def _iter_wider(state: SearchState) -> Iterator[tuple[str, SearchState]]:
    if state.has_place:
        wider = [km for km in (50.0, 100.0, MAX_RADIUS_KM) if km > state.rayon_km]
        yield from ((f"Chercher jusqu’à {km:g} km", state.with_radius(km)) for km in wider)
    if state.has_filters:
        yield "Chercher sans les filtres", state.without_filters()
    if state.has_place:
        remote = state.without_place().with_filter("modes_accueil", ("a-distance",))
        yield "Voir les offres à distance, par téléphone ou Internet", remote
        yield "Chercher dans toute la France", state.without_place()
    if state.q:
        yield "Voir toutes les offres, quels que soient les mots", state.without_filters().without_words()


def _total(state: SearchState, search: OfferSearch) -> int:
    return search.search(replace(state, page=1, size=1).request()).total


def _nearest(state: SearchState, search: OfferSearch, today: date) -> tuple[Card, ...]:
    if not state.has_place or state.rayon_km == MAX_RADIUS_KM:
        return ()
    wider = replace(state.with_radius(MAX_RADIUS_KM), tri="distance", size=NEAREST)
    items = search.search(wider.request()).items
    return tuple(build_card(item, today, state.code_commune) for item in items)
