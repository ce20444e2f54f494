"""Where a figure is in the arrays, and what is said of it. Nothing here is kept from one call to the next."""

from collections.abc import Iterator

import numpy as np

from indexer.labour.figures import DIFFICULT, PROJECTS, SECRECY, Figures
from indexer.labour.model import FACTORS, TERRITORIES, Hiring, Place, Tension, Territory, TerritoryType
from indexer.labour.sources import source_of, table_of_level
from indexer.reference.shipped import departement_names, region_names


def find_bassins(figures: Figures, commune: str) -> tuple[str | None, str | None]:
    """The bassins of an INSEE code, in the zoning of shortages and in that of the hiring survey."""
    at = int(np.searchsorted(figures.communes, commune.encode()))
    if at == len(figures.communes) or figures.communes[at] != commune.encode():
        return None, None
    zone, survey = figures.bassins[at].tolist()
    zones, surveyed = figures.names.zones["bassin"], figures.names.survey["bassin"]
    return zones[zone] if zone >= 0 else None, surveyed[survey] if survey >= 0 else None


def build_territory(figures: Figures | None, kind: TerritoryType, code: str) -> Territory:
    """Its name is its code where no table names it."""
    bassins = {} if figures is None else figures.names.bassin_names
    names = {"bassin": bassins, "departement": departement_names(), "region": region_names()}[kind]
    return Territory(kind, code, names.get(code, code))


def tension_at(figures: Figures, code_rome: str, row: int, place: Place) -> Tension | None:
    """The level of a row, in the nearest territory that has one; told for `code_rome`."""
    for kind, code in _territories(place, place.bassin_tension):
        column = figures.zone_places[kind].get(code)
        levels = [0] if column is None else figures.levels[kind][row, column].tolist()
        if levels[0]:
            vintage = figures.names.vintages[table_of_level(kind)]
            return Tension(
                code_rome,
                levels[0],
                build_territory(figures, kind, code),
                {name: level for name, level in zip(FACTORS, levels[1:], strict=True) if level},
                vintage,
                source_of(table_of_level(kind), vintage),
                is_legal(figures, row, place),
            )
    return None


def is_legal(figures: Figures, row: int, place: Place) -> bool | None:
    """Whether a job is in the legal list of the région of a place; None where no list is loaded."""
    column = figures.zone_places["region"].get(place.region or "")
    if column is None or "metiers_tension_arrete" not in figures.names.vintages:
        return None
    return bool(figures.legal[row, column])


def hiring_at(figures: Figures, family: int, place: Place) -> Hiring | None:
    """The projects of a family, in the nearest territory where the survey has a row of it."""
    for kind, code in _territories(place, place.bassin_embauches):
        column = figures.survey_places[kind].get(code)
        counts = [-1, -1, 0] if column is None else figures.hiring[kind][family, column].tolist()
        if counts[PROJECTS] >= 0 or counts[SECRECY]:
            vintage = figures.names.vintages["bmo"]
            return Hiring(
                figures.names.families[family],
                _known(counts[PROJECTS]),
                _known(counts[DIFFICULT]),
                bool(counts[SECRECY]),
                build_territory(figures, kind, code),
                vintage,
                source_of("bmo", vintage),
            )
    return None


def _known(count: int) -> int | None:
    return None if count < 0 else count


def _territories(place: Place, bassin: str | None) -> Iterator[tuple[TerritoryType, str]]:
    """From the nearest to the widest."""
    for kind, code in zip(TERRITORIES, (bassin, place.departement, place.region), strict=True):
        if code is not None:
            yield kind, code
