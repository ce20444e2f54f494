"""The labour market of one place, with the figures of one load: asked many times for one plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from indexer.labour.figures import Figures
from indexer.labour.lookup import build_territory, hiring_at, tension_at
from indexer.labour.model import Hiring, Place, Tension, Territory


@dataclass(frozen=True)
class Market:
    """Without `figures` it knows nothing, and says so by None or by nothing."""

    figures: Figures | None
    place: Place

    @property
    def territory(self) -> Territory:
        """The nearest territory: where shortages are looked for first."""
        if self.place.bassin_tension is not None:
            return build_territory(self.figures, "bassin", self.place.bassin_tension)
        return build_territory(self.figures, "departement", self.place.departement)

    def tension(self, code_rome: str) -> Tension | None:
        """Of the bassin, else of the département, else of the région; None where none publishes it.

        A finer code without a level of its own takes that of the code that it comes from.
        """
        figures = self.figures
        if figures is None:
            return None
        for code in (code_rome, figures.names.parents.get(code_rome, "")):
            row = figures.code_places.get(code)
            found = None if row is None else tension_at(figures, code_rome, row, self.place)
            if found is not None:
                return found
        return None

    def hiring(self, code_rome: str) -> Hiring | None:
        """Of the bassin, else of the département, else of the région.

        None where our bridge has no family for the job, and where the survey has no row of that family.
        """
        figures = self.figures
        if figures is None:
            return None
        families, parent = figures.names.family_places, figures.names.parents.get(code_rome, "")
        family = families.get(code_rome, families.get(parent))
        return None if family is None else hiring_at(figures, family, self.place)

    @cached_property
    def tensions(self) -> tuple[Tension, ...]:
        """Every job with figures of its own, the scarcest first, then by code."""
        figures = self.figures
        if figures is None:
            return ()
        rows = enumerate(figures.names.codes)
        found = (tension_at(figures, code, row, self.place) for row, code in rows)
        return tuple(sorted((one for one in found if one is not None), key=lambda one: (-one.niveau, one.code_rome)))

    @cached_property
    def by_domain(self) -> Mapping[str, tuple[Tension, ...]]:
        """The same, by the three signs of their professional domain (« F16 »)."""
        found: dict[str, list[Tension]] = {}
        for one in self.tensions:
            found.setdefault(one.code_rome[:3], []).append(one)
        return {domain: tuple(own) for domain, own in found.items()}

    @cached_property
    def projects_by_domain(self) -> Mapping[str, int]:
        """Hiring projects published for the families of each domain's jobs, each family once."""
        found: dict[str, dict[str, int]] = {}
        codes = () if self.figures is None else self.figures.names.family_places
        for code in codes:
            hiring = self.hiring(code)
            if hiring is not None:
                found.setdefault(code[:3], {})[hiring.famille] = hiring.projets or 0
        return {domain: sum(families.values()) for domain, families in found.items()}
