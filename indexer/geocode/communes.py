"""The gazetteer of communes: by code, by postal code, by name, as one types, and by point."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property

from indexer.geocode.autocomplete import Autocomplete
from indexer.geocode.commune import ARRONDISSEMENT, Commune, load_shipped_communes
from indexer.geocode.landmarks import Landmarks
from indexer.geocode.naming import Naming
from indexer.geocode.nearest import NearestCommune
from indexer.geocode.whole_names import WholeNames
from indexer.reference.shipped import former_codes

__all__ = ["Commune", "Communes", "load_communes"]

COUNTRY_ZONES = ("france", "99100")
"""How the national schema writes « the whole country »."""


class Communes:
    """Built once and shared; each index inside is made at its first use.

    Arrondissements of Paris, Lyon and Marseille are places of their own, beside their city: data use both.
    """

    def __init__(self, communes: Iterable[Commune], former: Mapping[str, str] | None = None) -> None:
        """`communes` of all types; `former` maps codes of merged communes to the code of today."""
        self._communes = tuple(communes)
        self._row_of = {c.code: row for row, c in enumerate(self._communes) if c.is_place}
        self._delegated = {c.code: c for c in self._communes if not c.is_place}
        self._former = dict(former or {})

    def get(self, code: str) -> Commune | None:
        """The commune that bears exactly this code; one of today before one that is delegated."""
        row = self._row_of.get(code)
        return self._delegated.get(code) if row is None else self._communes[row]

    def resolve(self, code: str) -> Commune | None:
        """The commune of today for a code of any age; an arrondissement stays itself."""
        row = self._row_of.get(code)
        if row is not None:
            return self._communes[row]
        delegated = self._delegated.get(code)
        parent = self._former.get(code) if delegated is None else delegated.parent
        row = None if parent is None else self._row_of.get(parent)
        return None if row is None else self._communes[row]

    def by_postal_code(self, code_postal: str) -> tuple[Commune, ...]:
        """Places that bear a postal code, by code; the arrondissements stand for Paris, Lyon and Marseille."""
        return self._naming.by_postal_code(code_postal)

    def match(self, nom: str, code_postal: str) -> Commune | None:
        """The place that a name and a postal code designate without doubt, however the name is spelt."""
        return self._naming.match(nom, code_postal)

    def match_in_departements(self, nom: str, departements: Iterable[str]) -> Commune | None:
        """The one place of these départements that bears this name."""
        return self._naming.match_in_departements(nom, departements)

    def search(self, text: str, limit: int = 10) -> list[Commune]:
        """Places for a text being typed, best first. Total order: whole name, inhabitants, code."""
        return [self._communes[row] for row in self._autocomplete.search_rows(text, limit)]

    def bearing(self, folded: str) -> Sequence[Commune]:
        """The places whose whole name is that one, folded; the largest first."""
        return self._whole_names.find(folded)

    def may_begin_name(self, folded: str) -> bool:
        """Whether the name of a place begins with this folded word."""
        return self._whole_names.may_begin(folded)

    def main_names(self, inhabitants: int) -> dict[str, Commune]:
        """The places of one word (their article left out) that have so many inhabitants, by their folded name."""
        return self._whole_names.main_names(inhabitants)

    def largest_of(self, departement: str) -> Commune | None:
        """The place of a département with most inhabitants; None for a code that is none."""
        return self._whole_names.largest_of(departement)

    def nearest(
        self, latitude: float, longitude: float, departement: str | None = None
    ) -> tuple[Commune, float] | None:
        """The likeliest place of a point and the km to its centre; None at sea and abroad."""
        return self._nearest.find(latitude, longitude, departement)

    def largest_within(self, latitude: float, longitude: float, radius_km: float, limit: int) -> list[Commune]:
        """The most peopled communes of a circle, cities whole, most inhabitants first."""
        return self._landmarks.largest_within(latitude, longitude, radius_km, limit)

    def zones_of(self, commune: Commune) -> frozenset[str]:
        """Codes of eligibility that contain a commune: its own, its city's, its EPCI's, département's, the country's.

        Not its région's: the schema has none, and the code 11 would be that of the Aude as well.
        """
        own = (commune.code, commune.parent, commune.epci, commune.departement)
        return frozenset(code for code in own if code is not None).union(COUNTRY_ZONES)

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self._communes)

    @cached_property
    def _autocomplete(self) -> Autocomplete:
        return Autocomplete(self._communes, self._row_of)

    @cached_property
    def _whole_names(self) -> WholeNames:
        return WholeNames(self._communes)

    @cached_property
    def _landmarks(self) -> Landmarks:
        return Landmarks(self._communes)

    @cached_property
    def _nearest(self) -> NearestCommune:
        cities = {c.parent for c in self._communes if c.type == ARRONDISSEMENT}
        return NearestCommune([c for c in self._communes if c.is_place and c.code not in cities])


@cache
def load_communes() -> Communes:
    """The shipped gazetteer, read once in a process."""
    return Communes(load_shipped_communes(), former_codes())
