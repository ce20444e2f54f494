"""The invented labour market of the demonstration, written in the layouts of the published tables."""

import csv
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from indexer.geocode.commune import load_shipped_communes
from indexer.labour.build_levels import BASSIN_COLUMNS
from indexer.labour.figures import FILE
from indexer.labour.load import load_reference
from indexer.reference.known_tables import EXAMPLE
from indexer.reference.loaded import generation_in_service, loaded_tables

_YEAR: Final = "2000"
"""The layouts want a year; what is shown is that the table is an example."""

Rows = Iterable[Sequence[str]]


def load_example_labour(directory: Path, now: datetime) -> bool:
    """Loads the examples where nothing is loaded; True if it did. ReferenceDataError on a damaged record.

    Examples made by another version of the program are made anew.
    """
    folder = generation_in_service(directory)
    published = any(table.millesime != EXAMPLE for table in loaded_tables(directory).values())
    if published or (folder is not None and (folder / FILE).is_file()):
        return False
    with TemporaryDirectory() as written:
        write_example_tables(Path(written))
        load_reference(Path(written), directory, now, example=True)
    return True


def write_example_tables(folder: Path) -> None:
    """One CSV file a table."""
    text = resources.files("indexer.demonstration").joinpath("travail.toml").read_text(encoding="utf-8")
    figures = tomllib.loads(text)
    code, name, departement = figures["bassin"]["code"], figures["bassin"]["nom"], figures["departement"]
    communes = [c.code for c in load_shipped_communes() if c.is_place and c.departement == departement]
    bassin = "code_ze2020,lib_ze2020,code_bassin_ft,lib_bassin_ft,code_be19,lib_be19"
    _write(folder / "communes.csv", f"code_insee,{bassin}", ((c, "", "", code, name, code, name) for c in communes))
    levels = f"annee,rome,cbassin,{','.join(BASSIN_COLUMNS)}"
    _write(folder / f"tension_rome_bassin_{_YEAR}.csv", levels, _levels(figures["niveaux"], code))
    survey = "annee,code_metier_bmo,nom_metier_bmo,dept,be24,met_projets,xmet_difficiles,smet_saisonniers"
    hiring = ((_YEAR, family, "", departement, code, *counts, "*") for family, counts in figures["embauches"].items())
    _write(folder / f"bmo_{_YEAR}.csv", survey, hiring)
    _write(folder / "rome4_mobilites.csv", "code_rome,code_rome_cible,numero_ordre", _close(figures["proches"]))
    _write(folder / "rome4_codes.csv", "code_rome,libelle_rome,code_rome_parent", _parents(figures["plus_fins"]))
    domains = "code_grand_domaine,grand_domaine,code_domaine,domaine_professionnel,code_rome"
    _write(folder / "rome4_domaines.csv", domains, _domains(figures["domaines"], figures["niveaux"]))


def _levels(levels: dict[str, list[int]], bassin: str) -> Iterator[Sequence[str]]:
    for code, own in levels.items():
        yield _YEAR, code, bassin, *(str(level or "") for level in own)


def _close(close: dict[str, list[str]]) -> Iterator[Sequence[str]]:
    for code, others in close.items():
        yield from ((code, other, str(rank)) for rank, other in enumerate(others, 1))


def _parents(finer: dict[str, list[str]]) -> Iterator[Sequence[str]]:
    for parent, codes in finer.items():
        yield from ((code, "", parent) for code in codes)


def _domains(labels: dict[str, str], levels: Iterable[Any]) -> Iterator[Sequence[str]]:
    for code in levels:
        yield code[0], "", code[:3], labels[code[:3]], code


def _write(path: Path, header: str, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
