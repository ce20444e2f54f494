"""What a person or a program asks for, and the checks that need no index."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from indexer.engines.base import FACET_FIELDS, MAX_PAGED, Sort
from indexer.errors import QueryError

DEFAULT_RADIUS_KM, MIN_RADIUS_KM, MAX_RADIUS_KM = 50.0, 1.0, 200.0
MAX_SIZE = 100
MAX_CHARACTERS = 2_000


@dataclass(frozen=True)
class SearchRequest:
    """Names are those of `GET /v1/offers`. `filtres` maps a field of FACET_FIELDS to the values wanted (an OR).

    `sans_besoin` are thématiques that the person says were wrongly understood: they admit and raise nothing.
    `sans_souhait` are wishes wrongly understood, by their value (`soir`, `jeunes`) or `sans-voiture`.
    With `tel_quel` no word is mended: they are looked for as they were typed.
    With `sans_lieu` and no place, the one that the words name is a word like another: the person looks everywhere.
    """

    q: str | None = None
    code_commune: str | None = None
    lat: float | None = None
    lon: float | None = None
    rayon_km: float = DEFAULT_RADIUS_KM
    filtres: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sans_besoin: tuple[str, ...] = ()
    sans_souhait: tuple[str, ...] = ()
    sans_lieu: bool = False
    tel_quel: bool = False
    debut_apres: date | None = None
    debut_avant: date | None = None
    tri: Sort = "pertinence"
    page: int = 1
    size: int = 20
    curseur: str | None = None
    facettes: tuple[str, ...] = ()

    @property
    def text(self) -> str | None:
        """The words typed, None when there are none."""
        text = " ".join((self.q or "").split())
        return text or None

    @property
    def has_place(self) -> bool:
        return self.code_commune is not None or self.lat is not None

    def check(self) -> None:
        """QueryError naming the parameter to mend."""
        _check_place(self)
        _check_page(self)
        if self.q is not None and len(self.q) > MAX_CHARACTERS:
            raise QueryError("q", f"La recherche est trop longue : {MAX_CHARACTERS} caractères au plus.")
        if self.debut_apres is not None and self.debut_avant is not None and self.debut_avant < self.debut_apres:
            raise QueryError("debut_avant", "« debut_avant » précède « debut_apres » : inversez les deux dates.")
        for name in (*self.filtres, *self.facettes):
            if name not in FACET_FIELDS:
                raise QueryError("facettes", f"« {name} » n'est pas une facette. Connues : {', '.join(FACET_FIELDS)}.")

    def fingerprint(self) -> str:
        """Equal for the pages of one search: a cursor of another search is refused."""
        facts: dict[str, Any] = {
            "q": self.text,
            "lieu": (self.code_commune, self.lat, self.lon, self.rayon_km),
            "filtres": {name: sorted(values) for name, values in self.filtres.items() if values},
            "sans_besoin": sorted(self.sans_besoin),
            "sans_souhait": sorted(self.sans_souhait),
            "sans_lieu": self.sans_lieu,
            "tel_quel": self.tel_quel,
            "dates": (self.debut_apres, self.debut_avant),
            "tri": self.tri,
        }
        return hashlib.blake2b(orjson.dumps(facts, option=orjson.OPT_SORT_KEYS), digest_size=8).hexdigest()


def _check_place(request: SearchRequest) -> None:
    if (request.lat is None) != (request.lon is None):
        missing = "lon" if request.lon is None else "lat"
        raise QueryError(missing, "« lat » et « lon » vont ensemble : donnez les deux, ou aucune.")
    if request.lat is not None and not -90 <= request.lat <= 90:
        raise QueryError("lat", "« lat » est une latitude, entre -90 et 90 degrés.")
    if request.lon is not None and not -180 <= request.lon <= 180:
        raise QueryError("lon", "« lon » est une longitude, entre -180 et 180 degrés.")
    if not MIN_RADIUS_KM <= request.rayon_km <= MAX_RADIUS_KM:
        raise QueryError("rayon_km", f"« rayon_km » va de {MIN_RADIUS_KM:g} à {MAX_RADIUS_KM:g} kilomètres.")
    if request.tri == "distance" and not request.has_place:
        raise QueryError("tri", "Pour trier par distance, dites où : « code_commune », ou « lat » et « lon ».")


def _check_page(request: SearchRequest) -> None:
    if not 1 <= request.size <= MAX_SIZE:
        raise QueryError("size", f"« size » va de 1 à {MAX_SIZE} offres par page.")
    if request.page < 1:
        raise QueryError("page", "La première page est la page 1.")
    if request.curseur is None and request.page * request.size > MAX_PAGED:
        message = f"Les pages s'arrêtent à {MAX_PAGED} offres : continuez avec « curseur », que donne chaque page."
        raise QueryError("page", message)
