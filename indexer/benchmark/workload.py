"""The fixed mix of requests. It never changes with the seed: two measures ask the same things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from indexer.engines.base import MAX_PAGED
from indexer.geocode.commune import load_shipped_communes
from indexer.geocode.distance import distance_km
from indexer.search import OfferSearch, SearchRequest
from indexer.search.request import MAX_RADIUS_KM, MAX_SIZE

TEXTS: Final = (
    "payer mon loyer", "apprendre le français", "garde d'enfants", "permis de conduire", "écrire un CV",
    "ordinateur pas cher", "perdu avec mes papiers", "aide alimentaire", "préparer un entretien", "créer une activité",
)  # fmt: skip
COMMON: Final = ("accompagnement aux démarches", "atelier numérique", "rendez-vous avec un conseiller", "aide famille")
"""Words that a large share of any catalogue holds."""

TYPED: Final = ("l", "li", "lil", "lille", "paris 1", "saint d", "loge", "permis", "cuisin", "garde", "59", "num")

CITIES: Final = ("75056", "13055", "69123")
TOWNS: Final = ("59350", "35238", "67482", "90010", "97411", "86194", "14118", "66136", "2A004")
COUNTRY: Final = ("23096", "15014", "48095", "09122", "70550", "58194")
"""Communes of three kinds, where as many people live as in few, some and many others."""

DEPARTEMENTS: Final = ("59", "33", "48", "974")
THEMES: Final = ("numerique", "famille--garde-denfants")
FACETS: Final = ("types_offre", "thematiques", "publics", "frais", "modes_accueil", "sources")

MIX: Final = "mélange de tout"
_DEEP_PAGES = 5
_MIXED_TURNS = 18  # each commune once

Asking = SearchRequest | str
"""A search, or what is typed in a field that suggests."""


@dataclass(frozen=True)
class Scenario:
    """A kind of request, with the variants that are asked in turn."""

    name: str
    variants: tuple[Asking, ...]


def build_scenarios(search: OfferSearch) -> list[Scenario]:
    """All of them; the last one is the mix of the others. `search` gives the cursors of deep pages."""
    everywhere = (*CITIES, *TOWNS, *COUNTRY)
    anywhere = [SearchRequest(code_commune=code) for code in everywhere]
    worded = [replace(place, q=text) for place, text in _pairs(anywhere, TEXTS)]
    dense = [SearchRequest(code_commune=CITIES[0], q=text, facettes=FACETS) for text in TEXTS]
    scenarios = [
        Scenario("lieu", tuple(anywhere)),
        Scenario("lieu + 2 thématiques", tuple(replace(r, filtres={"thematiques": THEMES}) for r in anywhere)),
        Scenario("mots + lieu", tuple(worded)),
        Scenario("mots + lieu + 6 facettes", tuple(replace(r, facettes=FACETS) for r in worded)),
        Scenario("mots + Paris + 6 facettes", tuple(dense)),
        Scenario("département entier + 6 facettes", tuple(_departements(DEPARTEMENTS))),
        Scenario("à distance", (SearchRequest(filtres={"modes_accueil": ("a-distance",)}, facettes=FACETS),)),
        Scenario("mots courants, France entière", tuple(SearchRequest(q=t, facettes=FACETS) for t in COMMON)),
        Scenario("curseur profond", tuple(_deep_pages(search))),
        Scenario("suggestions", TYPED),
    ]
    return [*scenarios, Scenario(MIX, tuple(_interleave([s.variants for s in scenarios])))]


def path_of(asking: Asking) -> str:
    """The address of the same request on a server."""
    if isinstance(asking, str):
        return "/v1/suggest?" + urlencode({"q": asking})
    facts = {
        "q": asking.q,
        "code_commune": asking.code_commune,
        "lat": asking.lat,
        "lon": asking.lon,
        "rayon_km": f"{asking.rayon_km:g}" if asking.has_place else None,
        "page": asking.page if asking.curseur is None else None,
        "size": asking.size,
        "curseur": asking.curseur,
        "tri": asking.tri,
    }
    pairs = [(name, str(value)) for name, value in facts.items() if value is not None]
    pairs += [(name, value) for name, values in asking.filtres.items() for value in values]
    return "/v1/offers?" + urlencode([*pairs, *(("facettes", name) for name in asking.facettes)])


def _departements(codes: Sequence[str]) -> Iterator[SearchRequest]:
    """From the largest commune of a département, as far as its farthest one."""
    communes = load_shipped_communes()
    for code in codes:
        own = [c for c in communes if c.departement == code and c.is_place]
        centre = max(own, key=lambda c: c.population)
        reach = max(distance_km(centre.latitude, centre.longitude, c.latitude, c.longitude) for c in own)
        yield SearchRequest(code_commune=centre.code, rayon_km=min(round(reach) + 1.0, MAX_RADIUS_KM), facettes=FACETS)


def _deep_pages(search: OfferSearch) -> Iterator[SearchRequest]:
    """Pages by cursor from the 10,000th offer on, or from the middle of a smaller catalogue."""
    total = search.search(SearchRequest(size=1)).total
    last = min(MAX_PAGED, total // 2)
    size = min(MAX_SIZE, max(1, last))
    answer = search.search(SearchRequest(page=max(1, last // size), size=size))
    for _ in range(_DEEP_PAGES):
        if answer.curseur is None:
            return
        request = SearchRequest(curseur=answer.curseur)
        yield request
        answer = search.search(request)


def _pairs(places: Sequence[SearchRequest], texts: Sequence[str]) -> Iterator[tuple[SearchRequest, str]]:
    """Each place with a text and each text with several places; three times as many as places."""
    for turn in range(3):
        for number, place in enumerate(places):
            yield place, texts[(number + 3 * turn) % len(texts)]


def _interleave(groups: Sequence[Sequence[Asking]]) -> Iterator[Asking]:
    """One of each kind in turn: every kind as often, its variants cycled."""
    return (group[turn % len(group)] for turn in range(_MIXED_TURNS) for group in groups if group)
