"""Levels of shortage by job: of a bassin as published; of a département and of a région through the families (FAP).

A job that several families hold takes the level of the one with most people at work on that territory: a class that was
published there, with its own factors, where a mean would be none.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from indexer.geocode.names import fold
from indexer.labour.build_places import Bassins
from indexer.labour.figures import Codes, Names
from indexer.labour.model import TerritoryType
from indexer.labour.rows import Row, iter_latest, iter_table
from indexer.reference.shipped import departement_names, region_names

BASSIN_COLUMNS: Final = (
    "ind_tension_d", "ind_int_emb_d", "ind_main_oeuvre_d", "ind_dur_empl_d", "ind_cond_travail_d",
    "ind_mismatch_geo_d", "ind_specif_form_empl_d",
)  # fmt: skip
FAP_COLUMNS: Final = (
    "Catégorie Tension", "Intensité d'embauches", "Manque de main-d'œuvre disponible", "Non-durabilité de l'emploi",
    "Conditions de travail contraignantes", "Inadéquation géographique", "Lien formation-emploi",
)  # fmt: skip
"""The level, then the factors in the order of `FACTORS`, in each of the two tables."""

_FINEST = "fap 225"
_EVERYWHERE = "France entière"

Levels = NDArray[np.uint8]


def families_of_jobs(folder: Path) -> dict[str, tuple[str, ...]]:
    """The families (FAP 2009) of each ROME code, as published."""
    found: dict[str, list[str]] = {}
    for row in iter_table(folder, "fap225_rome"):
        if row["Fap"] and row["Rome"] not in ("", "NA"):
            found.setdefault(row["Rome"], []).append(row["Fap"])
    return {code: tuple(families) for code, families in found.items()}


def zones_of_levels(folder: Path, bassins: Bassins) -> Codes:
    """Bassins of the communes, and those that the table alone names; every département and région."""
    old = {code for code, _ in bassins.of_communes.values() if code}
    old.update(row["cbassin"] for row in iter_table(folder, "tension_rome_bassin"))
    return {"bassin": tuple(sorted(old)), "departement": tuple(departement_names()), "region": tuple(region_names())}


def build_levels(
    folder: Path, names: Names, families: Mapping[str, Sequence[str]]
) -> tuple[dict[TerritoryType, Levels], NDArray[np.float32]]:
    """The levels of each kind of territory, and how many offers each job had in each bassin."""
    offers = np.zeros((len(names.codes), len(names.zones["bassin"])), np.float32)
    levels: dict[TerritoryType, Levels] = {"bassin": _empty(names, "bassin")}
    row_of, column_of = _places(names.codes), _places(names.zones["bassin"])
    for row in iter_latest(folder, "tension_rome_bassin", "annee"):
        at = row_of[row["rome"]], column_of[row["cbassin"]]
        levels["bassin"][at] = [row.level(column) for column in BASSIN_COLUMNS]
        offers[at] = row.weight("oee")
    wide: tuple[TerritoryType, ...] = ("departement", "region")
    for kind in wide:
        levels[kind] = _by_family(folder, names, families, kind)
    return levels, offers


def _by_family(folder: Path, names: Names, families: Mapping[str, Sequence[str]], kind: TerritoryType) -> Levels:
    levels, most = _empty(names, kind), np.zeros((len(names.codes), len(names.zones[kind])))
    places, jobs = _places(names.zones[kind]), _jobs_of_families(names.codes, families)
    for code, row in _iter_territory(folder, kind):
        read, place = [row.level(column) for column in FAP_COLUMNS], places.get(code)
        if place is None or not read[0]:
            continue
        at_work = row.weight("Emploi moyen") + 1  # where it is not told, the first family wins
        for job in jobs.get(row["fap"], ()):
            if at_work > most[job, place]:
                most[job, place], levels[job, place] = at_work, read
    return levels


def _iter_territory(folder: Path, kind: TerritoryType) -> Iterator[tuple[str, Row]]:
    """Rows of the finest families for a kind of territory, and the code of theirs; « 2.0 » is the région 02."""
    asked, column = ("dep", "dep") if kind == "departement" else ("reg", "reg")
    for row in iter_latest(folder, "tension_dares_fap", "Année"):
        if row["niveau_geo"].strip() == asked and row["niveau_fap"] == _FINEST:
            yield row[column].removesuffix(".0").zfill(2), row


def build_legal(folder: Path, names: Names, families: Mapping[str, Sequence[str]]) -> Levels:
    """[codes, régions]: 1 where all the families of a job are in the legal list of the région."""
    regions = names.zones["region"]
    by_name = {fold(name): code for code, name in region_names().items()}
    listed: dict[str, set[str]] = {code: set() for code in regions}
    for row in iter_table(folder, "metiers_tension_arrete"):
        named = fold(row["Region"])
        for code in regions if named == fold(_EVERYWHERE) else (by_name.get(named, ""),):
            listed.setdefault(code, set()).add(row["Code FAP"])
    legal = np.zeros((len(names.codes), len(regions)), np.uint8)
    for job, code in enumerate(names.codes):
        own = set(families.get(code, ()))
        legal[job] = [bool(own) and own <= listed[region] for region in regions]
    return legal


def _jobs_of_families(codes: Sequence[str], families: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    jobs: dict[str, list[int]] = {}
    for job, code in enumerate(codes):
        for family in families.get(code, ()):
            jobs.setdefault(family, []).append(job)
    return jobs


def _empty(names: Names, kind: TerritoryType) -> Levels:
    return np.zeros((len(names.codes), len(names.zones[kind]), len(BASSIN_COLUMNS)), np.uint8)


def _places(codes: Sequence[str]) -> dict[str, int]:
    return {code: place for place, code in enumerate(codes)}
