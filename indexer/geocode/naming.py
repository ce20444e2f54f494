"""The commune that a name and a postal code designate together, when they leave no doubt."""

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from indexer.geocode.commune import ARRONDISSEMENT, Commune
from indexer.geocode.names import (
    arrondissement_code,
    departement_of_postal_code,
    fold,
    without_article,
    without_cedex,
)

MIN_LETTERS_FOR_A_SLIP = 6
"""One wrong letter is forgiven in a longer name, within its own postal code, when nothing else is as near."""


class Naming:
    """Folded names to the codes of today that bear them, by postal code and by département; built on first use."""

    def __init__(self, communes: Sequence[Commune]) -> None:
        self._communes = communes
        self._place = {c.code: c for c in communes if c.is_place}
        cities = {c.parent for c in communes if c.type == ARRONDISSEMENT}
        self._by_postal: dict[str, list[Commune]] = {}
        for commune in self._place.values():
            if commune.code not in cities:
                for postal in commune.codes_postaux:
                    self._by_postal.setdefault(postal, []).append(commune)
        self._delegated: dict[str, list[Commune]] = {}
        for commune in communes:
            if not commune.is_place and commune.parent is not None:
                self._delegated.setdefault(commune.parent, []).append(commune)
        self._names_by_postal: dict[str, dict[str, set[str]]] = {}
        self._names_by_departement: dict[str, dict[str, set[str]]] = {}

    def by_postal_code(self, postal: str) -> tuple[Commune, ...]:
        """Places that bear a postal code, by code; the arrondissements stand for Paris, Lyon and Marseille."""
        return tuple(self._by_postal.get(postal, ()))

    def match(self, nom: str, postal: str) -> Commune | None:
        """None at the least doubt. A CEDEX, whose code no table holds, is searched in its département."""
        name = fold(nom)
        numbered = arrondissement_code(without_cedex(name))
        if numbered is not None:
            return self._numbered(numbered, postal)
        alone = self._of_a_city(name, postal)
        if alone is not None:
            return alone
        if postal in self._by_postal:
            return self._sure(self._names_of_postal(postal), without_cedex(name), forgiving=True)
        if "cedex" in name:
            return self.match_in_departements(nom, departement_of_postal_code(postal))
        return None

    def match_in_departements(self, nom: str, departements: Iterable[str]) -> Commune | None:
        """The one commune that bears this name in these départements."""
        name, found = without_cedex(fold(nom)), set()
        for departement in departements:
            commune = self._sure(self._names_of_departement(departement), name, forgiving=False)
            if commune is not None:
                found.add(commune.code)
        return self._place[found.pop()] if len(found) == 1 else None

    def _numbered(self, code: str, postal: str) -> Commune | None:
        """« Paris 10e »: sure unless its postal code is that of another place."""
        commune = self._place.get(code)
        if commune is None or (postal in self._by_postal and postal not in commune.codes_postaux):
            return None
        return commune if commune.departement in departement_of_postal_code(postal) else None

    def _of_a_city(self, name: str, postal: str) -> Commune | None:
        """« Paris » alone: the arrondissement that the postal code tells, else the whole city (75000, a CEDEX)."""
        code = {"paris": "75056", "lyon": "69123", "marseille": "13055"}.get(without_cedex(name))
        city = None if code is None else self._place.get(code)
        if city is None or city.departement not in departement_of_postal_code(postal):
            return None
        if postal not in self._by_postal:
            return city
        own = [c for c in self._by_postal[postal] if c.parent == city.code]
        return own[0] if len(own) == 1 else None

    def _sure(self, names: dict[str, set[str]], name: str, forgiving: bool) -> Commune | None:
        """By the name as it is, then without its article, then with one slip."""
        for key in (name, without_article(name)):
            codes = names.get(key, set()) if key else set()
            if len(codes) == 1:
                return self._place[next(iter(codes))]
            if codes:
                return None
        if not forgiving or len(name) < MIN_LETTERS_FOR_A_SLIP:
            return None
        near = {code for key, codes in names.items() if OSA.distance(key, name, score_cutoff=1) <= 1 for code in codes}
        return self._place[near.pop()] if len(near) == 1 else None

    def _names_of_postal(self, postal: str) -> dict[str, set[str]]:
        if postal not in self._names_by_postal:
            self._names_by_postal[postal] = self._names(self._by_postal[postal])
        return self._names_by_postal[postal]

    def _names_of_departement(self, departement: str) -> dict[str, set[str]]:
        if departement not in self._names_by_departement:
            places = [c for c in self._place.values() if c.departement == departement]
            self._names_by_departement[departement] = self._names(places)
        return self._names_by_departement[departement]

    def _names(self, places: Iterable[Commune]) -> dict[str, set[str]]:
        """Names of the places with and without article; names of delegated communes where no place bears them."""
        places = list(places)
        names: dict[str, set[str]] = {}
        for place in places:
            self._add(names, place.nom, place.code)
        taken = frozenset(names)
        for place in places:
            for former in self._delegated.get(place.code, ()):
                self._add(names, former.nom, place.code, taken)
        return names

    @staticmethod
    def _add(names: dict[str, set[str]], nom: str, code: str, taken: frozenset[str] = frozenset()) -> None:
        key = fold(nom)
        for spelling in {key, without_article(key)} - taken:
            names.setdefault(spelling, set()).add(code)
