"""The offers of a search as points of a map, and what the map leaves out, said truthfully."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

from indexer.geocode.communes import Communes
from indexer.geocode.distance import distance_km
from indexer.search import Item, OfferSearch, SearchAnswer
from indexer.search.request import MAX_SIZE
from indexer.search.wording import say_distance
from ui import urls
from ui.contexts.cards import say_how_far
from ui.contexts.facts import cost_of, is_only_remote, kind_of
from ui.offer_json import OfferJson, read_offer
from ui.state import SearchState
from ui.wording import glued, say_count

BLOCKS: Final = 3
"""Blocks of 100 offers: as many as the search ranks with care."""

LANDMARKS: Final = 60
_LEAST_KM: Final = 15.0
_BEYOND: Final = 1.4
"""A map shows its corners: names reach a little beyond the circle."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """An offer at a place, in degrees. `approximatif`: the place is the centre of a commune or of a street."""

    id: str
    url: str
    titre: str
    type: str
    type_label: str
    lieu: str
    faits: tuple[str, ...]
    latitude: float
    longitude: float
    approximatif: bool


@dataclass(frozen=True, slots=True)
class Landmark:
    nom: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class OfferMap:
    """`centre` is the place searched around, with its radius; `reperes` are communes around, the largest first."""

    phrases: tuple[str, ...]
    centre: Landmark | None
    rayon_km: float | None
    points: tuple[MapPoint, ...]
    reperes: tuple[Landmark, ...]


def build_offer_map(state: SearchState, search: OfferSearch, communes: Communes) -> OfferMap:
    """The blocks of the answer that hold the page of the list, and those after it."""
    first, answers = _run_blocks(state, search)
    found = tuple(chain.from_iterable(_iter_offers(item) for answer in answers for item in answer.items))
    points = tuple(_point(offre, km, state) for offre, km in found if _is_somewhere(offre, km, state))
    centre = _centre(state, answers[0])
    return OfferMap(
        phrases=tuple(_iter_phrases(state, answers[0].total, first, found, len(points))),
        centre=centre,
        rayon_km=None if centre is None else state.rayon_km,
        points=points,
        reperes=_landmarks(state, centre, points, communes),
    )


def _run_blocks(state: SearchState, search: OfferSearch) -> tuple[int, list[SearchAnswer]]:
    """The number of the first block, and the answers: the whole list when it is short, else what is around the page."""
    own = (state.page - 1) * state.size // MAX_SIZE + 1
    answer = _run(state, search, own)
    last = max(1, -(-answer.total // MAX_SIZE))
    first = max(1, min(own, last - BLOCKS + 1))
    blocks = range(first, min(first + BLOCKS, last + 1))
    return first, [answer if block == own else _run(state, search, block) for block in blocks]


def _run(state: SearchState, search: OfferSearch, block: int) -> SearchAnswer:
    return search.search(replace(state, page=block, size=MAX_SIZE).request())


def _iter_offers(item: Item) -> Iterator[tuple[OfferJson, float | None]]:
    """The offer and its siblings, each at its own place."""
    yield read_offer(item.offre), item.distance_km
    for other in item.autres_lieux:
        yield read_offer(other.offre), other.distance_km


def _is_somewhere(offre: OfferJson, km: float | None, state: SearchState) -> bool:
    """Around a place, what has no distance is there for being remote."""
    if offre["latitude"] is None or offre["longitude"] is None:
        return False
    return km is not None if state.has_place else not is_only_remote(offre)


def _point(offre: OfferJson, km: float | None, state: SearchState) -> MapPoint:
    latitude, longitude = offre["latitude"], offre["longitude"]
    assert latitude is not None
    assert longitude is not None
    structure, approximate, kind = offre["structure"], offre["position_approximative"], kind_of(offre)
    holder = (None if structure is None else structure["nom"], offre["commune"])
    facts = (None if km is None else say_how_far(km, approximate), cost_of(offre))
    return MapPoint(
        id=offre["id"],
        url=urls.offer(offre["id"], state.code_commune),
        titre=glued(offre["nom"]),
        type=kind.code,
        type_label=kind.label,
        lieu=" · ".join(part for part in holder if part),
        faits=tuple(fact for fact in facts if fact),
        latitude=latitude,
        longitude=longitude,
        approximatif=approximate,
    )


def _centre(state: SearchState, answer: SearchAnswer) -> Landmark | None:
    if state.lat is not None and state.lon is not None:
        return Landmark("Vous", state.lat, state.lon)
    commune = answer.lieu
    return None if commune is None else Landmark(commune.nom, commune.latitude, commune.longitude)


def _landmarks(
    state: SearchState, centre: Landmark | None, points: tuple[MapPoint, ...], communes: Communes
) -> tuple[Landmark, ...]:
    """Around the place of the search, else around its offers."""
    if centre is not None:
        latitude, longitude, radius = centre.latitude, centre.longitude, state.rayon_km
    elif points:
        latitude, longitude, radius = _circle_of(points)
    else:
        return ()
    largest = communes.largest_within(latitude, longitude, max(_BEYOND * radius, _LEAST_KM), LANDMARKS)
    return tuple(Landmark(c.nom, c.latitude, c.longitude) for c in largest if centre is None or c.nom != centre.nom)


def _circle_of(points: tuple[MapPoint, ...]) -> tuple[float, float, float]:
    """The middle of what they span, in degrees, and the km from there to a corner."""
    latitudes, longitudes = [p.latitude for p in points], [p.longitude for p in points]
    south, west = min(latitudes), min(longitudes)
    latitude, longitude = (south + max(latitudes)) / 2, (west + max(longitudes)) / 2
    return latitude, longitude, distance_km(latitude, longitude, south, west)


def _iter_phrases(
    state: SearchState, total: int, first: int, found: tuple[tuple[OfferJson, float | None], ...], shown: int
) -> Iterator[str]:
    yield f"{say_count(shown, 'offre')} sur la carte." if shown else "Aucune offre à montrer sur la carte."
    if len(found) < total:
        listed = f"La liste compte {say_count(total, 'offre')}"
        if first == 1:
            yield f"{listed} : la carte montre les {say_count(len(found), 'première')}."
        else:
            yield f"{listed} : la carte en montre {len(found)}, autour de cette page."
    remote = sum(_is_remote(offre, km, state) for offre, km in found)
    if remote:
        yield f"{say_count(remote, 'offre')} à distance, sans lieu sur la carte."
    lost = len(found) - shown - remote
    if lost:
        yield f"{say_count(lost, 'offre')} sans adresse connue."
    if state.has_place and shown:
        yield f"Le grand cercle est {say_distance(state.rayon_km)}."


def _is_remote(offre: OfferJson, km: float | None, state: SearchState) -> bool:
    return is_only_remote(offre) or (state.has_place and km is None)
