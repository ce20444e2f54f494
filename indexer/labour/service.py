"""The labour market of a process: read at the first question, again when other tables are loaded."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ReferenceDataError
from indexer.geocode.communes import Commune
from indexer.labour.figures import Figures, load_figures
from indexer.labour.lookup import build_territory, find_bassins, hiring_at, tension_at
from indexer.labour.model import Hiring, Place, Tension, Territory
from indexer.reference.loaded import generation_in_service, stamp_of
from indexer.reference.shipped import departement_regions


@dataclass(frozen=True)
class _Read:
    """The figures, None when there are none, and the loaded tables that they were read with."""

    stamp: int
    figures: Figures | None


class Labour:
    """Shared by all threads of a process. Without loaded tables it knows nothing, and says so by None."""

    def __init__(self, directory: Path) -> None:
        """`directory` is that of the loaded reference tables; nothing is read yet."""
        self._directory, self._lock = directory, threading.Lock()
        self._kept: _Read | None = None

    @property
    def figures(self) -> Figures | None:
        """None before `maillage reference load`, and while its files are damaged (`reference status` tells it)."""
        stamp, kept = stamp_of(self._directory), self._kept
        if kept is not None and kept.stamp == stamp:
            return kept.figures
        with self._lock:
            if self._kept is None or self._kept.stamp != stamp:
                self._kept = _Read(stamp, _load(self._directory))
            return self._kept.figures

    def has(self, table: str) -> bool:
        """Whether a reference table is behind the figures."""
        figures = self.figures
        return figures is not None and table in figures.names.vintages

    def place_of(self, commune: Commune) -> Place:
        """The bassins, the département and the région of a commune of today, or of an arrondissement."""
        figures = self.figures
        old, new = (None, None) if figures is None else find_bassins(figures, commune.code)
        return Place(old, new, commune.departement, departement_regions().get(commune.departement))

    def place_of_bassin(self, code: str) -> Place | None:
        """None for a bassin that no loaded table places."""
        figures = self.figures
        departement = None if figures is None else figures.names.bassin_departements.get(code)
        return None if departement is None else Place(code, code, departement, departement_regions().get(departement))

    def place_of_departement(self, code: str) -> Place:
        """A département alone: its figures, then those of its région."""
        return Place(None, None, code, departement_regions().get(code))

    def bassins(self) -> Mapping[str, str]:
        """Names of the bassins that shortages may be asked for, by code."""
        figures = self.figures
        if figures is None:
            return {}
        named = figures.names.bassin_names
        return {code: named[code] for code in figures.names.zones["bassin"] if code in named}

    def territory(self, place: Place) -> Territory:
        """The nearest territory of a place: where its shortages are looked for first."""
        if place.bassin_tension is not None:
            return build_territory(self.figures, "bassin", place.bassin_tension)
        return build_territory(self.figures, "departement", place.departement)

    def tension(self, code_rome: str, place: Place) -> Tension | None:
        """Of the bassin, else of the département, else of the région; None where none publishes it.

        A finer code without a level of its own takes that of the code that it comes from.
        """
        figures = self.figures
        if figures is None:
            return None
        for code in (code_rome, figures.names.parents.get(code_rome, "")):
            row = figures.code_places.get(code)
            found = None if row is None else tension_at(figures, code_rome, row, place)
            if found is not None:
                return found
        return None

    def tensions(self, place: Place) -> tuple[Tension, ...]:
        """Every job with figures of its own there, the scarcest first, then by code."""
        figures = self.figures
        if figures is None:
            return ()
        found = (tension_at(figures, code, row, place) for row, code in enumerate(figures.names.codes))
        return tuple(sorted((one for one in found if one is not None), key=lambda one: (-one.niveau, one.code_rome)))

    def hiring(self, code_rome: str, place: Place) -> Hiring | None:
        """Of the bassin, else of the département, else of the région.

        None where our bridge has no family for the job, and where the survey has no row of that family.
        """
        figures = self.figures
        if figures is None:
            return None
        families, parent = figures.names.family_places, figures.names.parents.get(code_rome, "")
        family = families.get(code_rome, families.get(parent))
        return None if family is None else hiring_at(figures, family, place)

    def akin(self, code_rome: str) -> tuple[str, ...]:
        """Jobs that ask for the same skills, best first; none where the skills are not loaded."""
        figures = self.figures
        if figures is None:
            return ()
        row = figures.code_places.get(figures.names.parents.get(code_rome, code_rome))
        return () if row is None else tuple(figures.names.codes[near] for near in figures.akin[row] if near >= 0)


def _load(directory: Path) -> Figures | None:
    try:
        folder = generation_in_service(directory)
        return None if folder is None else load_figures(folder)
    except ReferenceDataError:
        return None  # `maillage reference status` tells it; the rest of a plan needs no figure
