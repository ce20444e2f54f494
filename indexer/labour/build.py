"""Makes the figures of the labour market from the tables of a generation. Pure but for reading and writing files."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from indexer.labour.bridge import load_bridge
from indexer.labour.build_akin import build_akin
from indexer.labour.build_hiring import build_hiring, survey_territories
from indexer.labour.build_levels import build_legal, build_levels, families_of_jobs, zones_of_levels
from indexer.labour.build_places import build_bassins, read_bassins
from indexer.labour.figures import Figures, Names, save_figures
from indexer.labour.rows import iter_table
from indexer.reference.loaded import LoadedTable


def prepare_labour(folder: Path, tables: Mapping[str, LoadedTable]) -> None:
    """Writes the figures of the tables of `folder`. ReferenceDataError names the line of what cannot be read."""
    save_figures(folder, build_figures(folder, {name: table.millesime for name, table in tables.items()}))


def build_figures(folder: Path, vintages: Mapping[str, str]) -> Figures:
    """`vintages` by table, for those that are there."""
    bassins = read_bassins(folder)
    families = families_of_jobs(folder)
    zones, survey = zones_of_levels(folder, bassins), survey_territories(folder, bassins)
    codes = _rome_codes(folder, families)
    parents = {row["code_rome"]: row["code_rome_parent"] for row in iter_table(folder, "rome4_codes")}
    names = Names(
        codes,
        tuple(family.nom for family in load_bridge()),
        {code: place for place, family in enumerate(load_bridge()) for code in family.metiers},
        zones,
        survey,
        {code: parent for code, parent in parents.items() if parent and parent != code},
        bassins.names,
        bassins.departements,
        {row["code_domaine"]: row["domaine_professionnel"] for row in iter_table(folder, "rome4_domaines")},
        vintages,
    )
    levels, offers = build_levels(folder, names, families)
    communes, places = build_bassins(bassins, zones["bassin"], survey["bassin"])
    legal, akin = build_legal(folder, names, families), build_akin(folder, codes)
    return Figures(names, levels, build_hiring(folder, survey), offers, legal, akin, communes, places)


def _rome_codes(folder: Path, families: Iterable[str]) -> tuple[str, ...]:
    """Every ROME code that some table, or our bridge, says something of."""
    codes = {row["rome"] for row in iter_table(folder, "tension_rome_bassin")}
    codes.update(row["code_rome"] for row in iter_table(folder, "rome3_coherence_competence"))
    codes.update(families, (code for family in load_bridge() for code in family.metiers))
    return tuple(sorted(codes))
