"""Reads an address as kindly as can be: unknown names are ignored, a value that cannot be is told and left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from starlette.datastructures import QueryParams

from indexer.geocode.communes import Commune, Communes
from indexer.geocode.names import fold
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import vocabulary
from indexer.search.request import (
    DEFAULT_RADIUS_KM,
    MAX_CHARACTERS,
    MAX_RADIUS_KM,
    MAX_SIZE,
    MIN_RADIUS_KM,
)
from ui.places import PlaceReading, commune_label, read_place
from ui.state import DEFAULT_SIZE, FILTERS, SearchState, Sort
from ui.wishes import is_wish

SORTS: Final[dict[str, Sort]] = {"pertinence": "pertinence", "distance": "distance", "date": "date"}
LAST_POSITION: Final = 10_000
"""How far page numbers reach in the search, in offers."""

ABROAD: Final = (
    "Vous semblez être hors de France. Écrivez la commune où vous cherchez : nous montrons les offres en France."
)
MAX_SOURCES = 20
_PLACE = {"lieu", "code_commune", "lat", "lon", "rayon_km"}
_SHOWN = 60
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Reading:
    """The search understood, the commune it is around, those that were perhaps meant, and what was left out and why."""

    state: SearchState
    commune: Commune | None
    others: tuple[Commune, ...]
    notices: tuple[str, ...]


class _Reader:
    """Walks the parameters once and keeps what it has to say."""

    def __init__(self, params: QueryParams, communes: Communes) -> None:
        self._params, self._communes = params, communes
        self.notices: list[str] = []

    def words(self) -> str:
        text = " ".join(self._text("q").split())
        if len(text) <= MAX_CHARACTERS:
            return text
        self.notices.append(f"Votre recherche est très longue : nous gardons les {MAX_CHARACTERS} premiers caractères.")
        return text[:MAX_CHARACTERS]

    def place(self) -> PlaceReading:
        """A commune chosen stays chosen until the text beside it names another."""
        typed = " ".join(self._text("lieu").split())
        chosen = self._chosen()
        if chosen is not None and ("lieu" not in self._params or fold(typed) in _names(chosen)):
            return PlaceReading(chosen)
        if not typed:
            return PlaceReading(None)
        reading = read_place(typed, self._communes)
        if reading.commune is None:
            self.notices.append(
                f"Nous ne connaissons pas de commune « {_shown(typed)} ». "
                "Vérifiez son nom, ou écrivez son code postal. La recherche porte sur toute la France."
            )
        return reading

    def _chosen(self) -> Commune | None:
        code = self._text("code_commune")
        commune = self._communes.resolve(code) if code else None
        if code and commune is None:
            self.notices.append(f"Le code de commune « {_shown(code)} » est inconnu : nous l’avons laissé de côté.")
        return commune

    def point(self) -> tuple[float | None, float | None]:
        """Both degrees, or none."""
        lat, lon = self._number("lat"), self._number("lon")
        if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None, None
        return lat, lon

    def radius(self) -> float:
        text, km = self._text("rayon_km"), self._number("rayon_km")
        if not text or (km is not None and MIN_RADIUS_KM <= km <= MAX_RADIUS_KM):
            return DEFAULT_RADIUS_KM if km is None else km
        self.notices.append(
            f"La distance va de {MIN_RADIUS_KM:g} à {MAX_RADIUS_KM:g} km : nous avons pris {DEFAULT_RADIUS_KM:g} km."
        )
        return DEFAULT_RADIUS_KM

    def filters(self) -> dict[str, tuple[str, ...]]:
        return {name: values for name in FILTERS if (values := self._filter(name))}

    def _filter(self, name: str) -> tuple[str, ...]:
        given = list(dict.fromkeys(value for value in map(_clean, self._params.getlist(name)) if value))
        if name == "sources":
            return tuple(given[:MAX_SOURCES])
        known: Iterable[str] = rome_labels() if name == "metiers" else vocabulary(name)
        unknown = [value for value in given if value not in known]
        if unknown:
            self.notices.append(f"Le filtre « {_shown(unknown[0])} » n’existe pas : nous l’avons laissé de côté.")
        return tuple(value for value in given if value in known)

    def removed_needs(self) -> tuple[str, ...]:
        """Needs that the person took away; they mean nothing without words, and an unknown one is merely dropped."""
        known = vocabulary("thematiques")
        return tuple(dict.fromkeys(value for value in self._params.getlist("sans_besoin") if value in known))

    def removed_wishes(self) -> tuple[str, ...]:
        """Wishes that the person took away, read as kindly as needs."""
        return tuple(dict.fromkeys(value for value in self._params.getlist("sans_souhait") if is_wish(value)))

    def days(self) -> tuple[date | None, date | None]:
        after, before = self._day("debut_apres"), self._day("debut_avant")
        if after is not None and before is not None and before < after:
            self.notices.append("La deuxième date était avant la première : nous les avons échangées.")
            return before, after
        return after, before

    def _day(self, name: str) -> date | None:
        text = self._text(name)
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.notices.append(f"La date « {_shown(text)} » n’est pas lisible : écrivez-la comme 2026-03-31.")
            return None

    def sort(self, has_place: bool) -> Sort:
        tri = SORTS.get(self._text("tri"), "pertinence")
        if tri == "distance" and not has_place:
            self.notices.append("Pour voir d’abord le plus proche, dites où vous êtes.")
            return "pertinence"
        return tri

    def page(self, size: int) -> int:
        page = self._whole("page", 1)
        return min(max(page, 1), LAST_POSITION // size)

    def size(self) -> int:
        size = self._whole("size", DEFAULT_SIZE)
        return size if 1 <= size <= MAX_SIZE else DEFAULT_SIZE

    def _text(self, name: str) -> str:
        return _clean(self._params.get(name, ""))

    def _number(self, name: str) -> float | None:
        try:
            return float(self._text(name).replace(",", "."))
        except ValueError:
            return None

    def _whole(self, name: str, default: int) -> int:
        text = self._text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else default


def read_search(params: QueryParams, communes: Communes) -> Reading:
    """Never fails."""
    reader = _Reader(params, communes)
    words, place, radius, filters, days = (
        reader.words(), reader.place(), reader.radius(), reader.filters(), reader.days(),
    )  # fmt: skip
    lat, lon = (None, None) if place.commune is not None else reader.point()
    size = reader.size()
    state = SearchState(
        q=words,
        lieu="" if place.commune is None else commune_label(place.commune),
        code_commune=None if place.commune is None else place.commune.code,
        lat=lat,
        lon=lon,
        rayon_km=radius,
        filtres=filters,
        sans_besoin=reader.removed_needs() if words else (),
        sans_souhait=reader.removed_wishes() if words else (),
        sans_lieu=bool(words) and params.get("sans_lieu") == "1",
        tel_quel=bool(words) and params.get("tel_quel") == "1",
        debut_apres=days[0],
        debut_avant=days[1],
        tri=reader.sort(place.commune is not None or lat is not None),
        page=reader.page(size),
        size=size,
    )
    return Reading(state, place.commune, place.others, tuple(reader.notices))


def names_place(params: QueryParams) -> bool:
    return not _PLACE.isdisjoint(params)


def read_home(params: QueryParams, communes: Communes, default_commune: str) -> Reading:
    """The place only: a commune, or that of a point, which no address keeps after this; else that of the territory."""
    given = [(name, value) for name, value in params.multi_items() if name in _PLACE]
    reading = read_search(QueryParams(given or [("code_commune", default_commune)]), communes)
    state = reading.state
    if state.lat is None or state.lon is None:
        return reading
    found = communes.nearest(state.lat, state.lon)
    if found is None:
        return Reading(SearchState(), None, (), (*reading.notices, ABROAD))
    commune = found[0]
    return Reading(SearchState().near(commune.code, commune_label(commune)), commune, (), reading.notices)


def read_commune(params: QueryParams, communes: Communes) -> Commune | None:
    """The commune that an offer's page measures from."""
    return communes.resolve(params.get("code_commune", ""))


def _clean(text: str) -> str:
    """Without what neither a page nor a database may hold."""
    return _CONTROL.sub(" ", text).strip()


def _names(commune: Commune) -> tuple[str, str]:
    """How a page and a suggestion write a commune that was chosen."""
    return fold(commune_label(commune)), fold(commune.nom)


def _shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
