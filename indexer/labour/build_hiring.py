"""Hiring projects by family of our bridge and territory, counted up from the survey's rows."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.labour.bridge import load_bridge
from indexer.labour.build_places import Bassins
from indexer.labour.figures import DIFFICULT, PROJECTS, SECRECY, Codes
from indexer.labour.model import TERRITORIES, TerritoryType
from indexer.labour.rows import WITHHELD, Row, iter_latest, iter_table
from indexer.reference.shipped import departement_names, departement_regions, region_names

_UNTOLD = -2
"""In the place of the difficult projects, once a row has kept its own secret."""


def survey_territories(folder: Path, bassins: Bassins) -> Codes:
    """Bassins of the communes, and those that the survey alone names; every département and région."""
    new = {code for _, code in bassins.of_communes.values() if code}
    new.update(row["be24"] for row in iter_table(folder, "bmo"))
    return {"bassin": tuple(sorted(new)), "departement": tuple(departement_names()), "region": tuple(region_names())}


def build_hiring(folder: Path, survey: Codes) -> dict[TerritoryType, NDArray[np.int32]]:
    """[families, territories, 3]. A count of -1 is that of no project published: secret, or in no row."""
    family_of = {code: place for place, family in enumerate(load_bridge()) for code in family.familles}
    region_of = departement_regions()
    shape = {kind: (len(load_bridge()), len(survey[kind]), 3) for kind in TERRITORIES}
    hiring = {kind: np.zeros(shape[kind], np.int32) for kind in TERRITORIES}
    for array in hiring.values():
        array[:, :, (PROJECTS, DIFFICULT)] = -1
    places = {kind: {code: place for place, code in enumerate(survey[kind])} for kind in TERRITORIES}
    for row in iter_latest(folder, "bmo", "annee"):
        family = family_of.get(row["code_metier_bmo"])
        where = {"bassin": row["be24"], "departement": row["dept"], "region": region_of.get(row["dept"], "")}
        for kind in TERRITORIES:
            place = places[kind].get(where[kind])
            if family is not None and place is not None:
                _add(hiring[kind][family, place], row)
    return hiring


def _add(total: NDArray[np.int32], row: Row) -> None:
    """A secret is no zero: it leaves the projects as they are, and says that they are a least.

    Difficult ones are only told where every row tells them: a part of them beside all the projects would mislead.
    """
    projects, difficult = row.count("met_projets"), row.count("xmet_difficiles")
    if projects is not None:
        total[PROJECTS] = max(total[PROJECTS], 0) + projects
    if row["met_projets"].strip() == WITHHELD:
        total[SECRECY] = 1
    if difficult is None:
        total[DIFFICULT] = _UNTOLD
    elif total[DIFFICULT] != _UNTOLD:
        total[DIFFICULT] = max(total[DIFFICULT], 0) + difficult
