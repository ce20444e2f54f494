"""A search as its address tells it: what a person asked for, and what each link changes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from indexer.search.request import DEFAULT_RADIUS_KM, SearchRequest

Sort = Literal["pertinence", "distance", "date"]

DEFAULT_SIZE: Final = 20
FILTERS: Final = ("types_offre", "thematiques", "publics", "frais", "modes_accueil", "moments", "metiers", "sources")
"""Names of the parameters that filter, those of `GET /v1/offers`."""

COUNTED: Final = ("types_offre", "thematiques", "publics", "frais", "modes_accueil", "moments")
"""The filters that the page proposes, with their counts."""


@dataclass(frozen=True)
class SearchState:
    """Names are those of `GET /v1/offers`, and four of the pages' own.

    `lieu` is the place as it was typed (empty when it was not), `sans_besoin` the needs that were wrongly understood
    and `sans_souhait` the wishes (« le soir », « sans voiture »); with `sans_lieu`, once the place is taken away, the
    one that the words name is not searched around again.
    """

    q: str = ""
    lieu: str = ""
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
    size: int = DEFAULT_SIZE

    @property
    def has_place(self) -> bool:
        return self.code_commune is not None or self.lat is not None

    @property
    def has_filters(self) -> bool:
        return any(self.filtres.values()) or self.debut_apres is not None or self.debut_avant is not None

    def on_page(self, page: int) -> "SearchState":
        return replace(self, page=page)

    def sorted_by(self, tri: Sort) -> "SearchState":
        return replace(self, tri=tri, page=1)

    def with_radius(self, km: float) -> "SearchState":
        return replace(self, rayon_km=km, page=1)

    def with_filter(self, name: str, values: tuple[str, ...]) -> "SearchState":
        return replace(self, filtres={**self.filtres, name: values}, page=1)

    def without_value(self, name: str, value: str) -> "SearchState":
        return self.with_filter(name, tuple(v for v in self.filtres.get(name, ()) if v != value))

    def without_filters(self) -> "SearchState":
        return replace(self, filtres={}, debut_apres=None, debut_avant=None, page=1)

    def from_day(self, day: date) -> "SearchState":
        return replace(self, debut_apres=day, debut_avant=None, page=1)

    def without_dates(self) -> "SearchState":
        return replace(self, debut_apres=None, debut_avant=None, page=1)

    def without_words(self) -> "SearchState":
        return replace(self, q="", sans_besoin=(), sans_souhait=(), sans_lieu=False, tel_quel=False, page=1)

    def as_typed(self) -> "SearchState":
        return replace(self, tel_quel=True, page=1)

    def without_need(self, thematique: str) -> "SearchState":
        return replace(self, sans_besoin=(*self.sans_besoin, thematique), page=1)

    def without_wish(self, wish: str) -> "SearchState":
        return replace(self, sans_souhait=(*self.sans_souhait, wish), page=1)

    def without_place(self) -> "SearchState":
        tri: Sort = "pertinence" if self.tri == "distance" else self.tri
        return replace(
            self, lieu="", code_commune=None, lat=None, lon=None, rayon_km=DEFAULT_RADIUS_KM, tri=tri, page=1
        )

    def near(self, code_commune: str, lieu: str) -> "SearchState":
        return replace(self, lieu=lieu, code_commune=code_commune, lat=None, lon=None, sans_lieu=False, page=1)

    def with_need_back(self, thematique: str) -> "SearchState":
        return replace(self, sans_besoin=tuple(need for need in self.sans_besoin if need != thematique), page=1)

    def with_wish_back(self, wish: str) -> "SearchState":
        return replace(self, sans_souhait=tuple(w for w in self.sans_souhait if w != wish), page=1)

    def request(self, facettes: tuple[str, ...] = ()) -> SearchRequest:
        """What is asked of the search."""
        return SearchRequest(
            q=self.q or None,
            code_commune=self.code_commune,
            lat=self.lat,
            lon=self.lon,
            rayon_km=self.rayon_km,
            filtres={name: values for name, values in self.filtres.items() if values},
            sans_besoin=self.sans_besoin,
            sans_souhait=self.sans_souhait,
            sans_lieu=self.sans_lieu,
            tel_quel=self.tel_quel,
            debut_apres=self.debut_apres,
            debut_avant=self.debut_avant,
            tri=self.tri,
            page=self.page,
            size=self.size,
            facettes=facettes,
        )
