"""The labour market of a process: read at the first question, again when other tables are loaded."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ReferenceDataError
from indexer.geocode.communes import Commune
from indexer.labour.figures import Figures, load_figures
from indexer.labour.lookup import find_bassins
from indexer.labour.market import Market
from indexer.labour.model import Place
from indexer.reference.loaded import generation_in_service, stamp_of
from indexer.reference.shipped import departement_regions

_MARKETS = 64
"""Places whose market is kept: a quarter of a megabyte each once all its jobs were asked for."""


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
        self._markets: dict[Place, Market] = {}

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

    def at(self, place: Place) -> Market:
        """The market of a place, kept: people of a bassin share one."""
        figures = self.figures
        kept = self._markets.get(place)
        if kept is None or kept.figures is not figures:
            kept = Market(figures, place)
            if len(self._markets) >= _MARKETS:
                self._markets.clear()
            self._markets[place] = kept
        return kept

    def family(self, code_rome: str) -> tuple[str, ...]:
        """The code itself, the one that it comes from, then the finer ones that come from it."""
        figures = self.figures
        if figures is None:
            return (code_rome,)
        parent = figures.names.parents.get(code_rome)
        return (code_rome, *(() if parent is None else (parent,)), *figures.finer.get(code_rome, ()))

    def domains(self) -> Mapping[str, str]:
        """Labels of the professional domains, by their three signs; empty where their table is not loaded."""
        figures = self.figures
        return {} if figures is None else figures.names.domains

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
