"""When nothing is found: what is nearest, which other searches do find something, whom to call."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from indexer.search import Item, OfferSearch, SearchAnswer
from indexer.search.request import MAX_RADIUS_KM
from ui import urls
from ui.contexts.cards import Card, build_card, say_how_far
from ui.contexts.facts import Link
from ui.contexts.filters import LEGENDS, RADII_KM, label_of_value
from ui.offer_json import read_offer
from ui.state import FILTERS, SearchState
from ui.wording import say_at, say_count, say_list, say_of

NEAREST: Final = 3
MOST_NAMED: Final = 2
"""Values of a filter that a link names one by one."""

_NEEDS: Final = ("thematiques", "metiers")
"""Filters that say what a person needs; the others say how they would like it."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """`said`: « La plus proche est à 34 km, à Vesoul. » `wider` is the least radius that finds it."""

    said: str
    wider: Link | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Every link leads to a search that gives the number of offers it tells."""

    nearest: Nearest | None
    links: tuple[Link, ...]


class _Probe:
    """Asks each search once."""

    def __init__(self, search: OfferSearch) -> None:
        self._search = search
        self._totals: dict[str, int] = {}

    def total(self, state: SearchState) -> int:
        address = urls.offers(state)
        if address not in self._totals:
            self._totals[address] = self.answer(replace(state, page=1, size=1)).total
        return self._totals[address]

    def answer(self, state: SearchState) -> SearchAnswer:
        return self._search.search(state.request())


def build_nothing_found(state: SearchState, search: OfferSearch, today: date) -> NothingFound:
    """Tries the searches that a person would try next, and keeps those that give something."""
    probe = _Probe(search)
    return NothingFound(_nearest(state, probe, today), tuple(_iter_links(state, probe)))


def _nearest(state: SearchState, probe: _Probe, today: date) -> Nearest | None:
    """The closest for the same search beyond the circle, else for the same need without the other filters."""
    if not state.has_place:
        return None
    for wanted in (state, _need_alone(state)) if state.has_filters else (state,):
        answer = probe.answer(replace(wanted.with_radius(MAX_RADIUS_KM), tri="distance", size=NEAREST))
        located = [item for item in answer.items if item.distance_km is not None]
        if located:
            return Nearest(
                said=_say_nearest(located[0], by_meaning=answer.par_sens, filtered=wanted == state),
                wider=_wider(wanted, located[0], probe) if wanted == state else None,
                cards=tuple(build_card(item, today, state.code_commune) for item in located),
            )
    return None


def _need_alone(state: SearchState) -> SearchState:
    kept = {name: values for name, values in state.filtres.items() if name in _NEEDS}
    return replace(state.without_filters(), filtres=kept)


def _say_nearest(item: Item, *, by_meaning: bool, filtered: bool) -> str:
    offre = read_offer(item.offre)
    assert item.distance_km is not None
    far = say_how_far(item.distance_km, offre["position_approximative"])
    where = f", {say_at(offre['commune'])}" if offre["commune"] else ""
    which = "La plus proche par le sens" if by_meaning else "La plus proche"
    start = which if filtered else f"Sans vos filtres, l{which[1:]}"
    return f"{start} est {far[:1].lower()}{far[1:]}{where}."


def _wider(state: SearchState, item: Item, probe: _Probe) -> Link | None:
    """The first usual radius that holds the nearest offer."""
    assert item.distance_km is not None
    for km in RADII_KM:
        if km > state.rayon_km and km >= item.distance_km:
            wider = state.with_radius(float(km))
            total = probe.total(wider)
            if total:
                return Link(f"Chercher jusqu’à {km} km : {say_count(total, 'offre')}", urls.offers(wider))
    return None


def _iter_links(state: SearchState, probe: _Probe) -> Iterator[Link]:
    """Each address once, from the least change of the search to the greatest."""
    told: set[str] = set()
    for label, other in _iter_others(state):
        address = urls.offers(other)
        total = 0 if address in told else probe.total(other)
        told.add(address)
        if total:
            yield Link(f"{label} : {say_count(total, 'offre')}", address)


def _iter_others(state: SearchState) -> Iterator[tuple[str, SearchState]]:
    for label, other in _iter_without_one(state):
        yield f"Sans {label}", other
    if state.has_filters:
        yield "Sans aucun filtre", state.without_filters()
    yield "À distance, par téléphone ou Internet", _need_alone(state).with_filter("modes_accueil", ("a-distance",))
    if state.q:
        near = f"près {say_of(state.lieu.partition(' (')[0])}" if state.lieu else "sans vos mots"
        yield f"Toutes les offres {near}", state.without_filters().without_words()
    if state.has_place:
        yield "Chercher dans toute la France", state.without_place()


def _iter_without_one(state: SearchState) -> Iterator[tuple[str, SearchState]]:
    """One filter less, with what it asked."""
    for name in FILTERS:
        values = state.filtres.get(name, ())
        if values:
            yield _say_values(name, values), state.with_filter(name, ())
    if state.debut_apres is not None or state.debut_avant is not None:
        yield "les dates", state.without_dates()


def _say_values(name: str, values: tuple[str, ...]) -> str:
    """« « Gratuit » », « « Atelier » ni « Formation » », « vos 4 choix de « Pour qui » »."""
    if len(values) <= MOST_NAMED or name not in LEGENDS:
        return say_list(tuple(f"« {label_of_value(name, value)} »" for value in values), "ni")
    return f"vos {len(values)} choix de « {LEGENDS[name]} »"
