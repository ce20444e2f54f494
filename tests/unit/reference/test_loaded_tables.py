from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from indexer.errors import ReferenceDataError
from indexer.reference.known_tables import KNOWN_TABLES
from indexer.reference.loaded import load_tables, loaded_tables, table_path

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REAL = Path(__file__).parents[3].parent / "shared" / "data" / "reference"


def read(directory: Path, name: str) -> str:
    path = table_path(directory, name)
    assert path is not None
    return path.read_text(encoding="utf-8")


def test_what_was_loaded_is_recorded(tables_dir: Path, tmp_path: Path) -> None:
    report = load_tables(tables_dir, tmp_path / "ref", NOW)
    assert report.ignored == ("inconnu.csv",)
    tables = loaded_tables(tmp_path / "ref")
    assert set(tables) == {"rome4_mobilites", "bmo"}
    bmo = tables["bmo"]
    assert (bmo.fichier, bmo.lignes, bmo.millesime, bmo.charge_le) == (
        "bmo_2024.csv", 1, "2024", "2026-03-01T12:00:00+00:00",
    )  # fmt: skip
    assert bmo.hash == sha256((tables_dir / "bmo_2024.csv").read_bytes()).hexdigest()
    assert read(tmp_path / "ref", "bmo").startswith("annee,")  # no byte order mark


def test_nothing_is_loaded_at_first(tmp_path: Path) -> None:
    assert loaded_tables(tmp_path / "ref") == {}
    assert table_path(tmp_path / "ref", "bmo") is None


def test_a_second_load_keeps_the_tables_that_it_does_not_bring(tables_dir: Path, tmp_path: Path) -> None:
    load_tables(tables_dir, tmp_path / "ref", NOW)
    newer = tmp_path / "plus-recent"
    newer.mkdir()
    text = (tables_dir / "bmo_2024.csv").read_text(encoding="utf-8-sig").replace("2024,", "2025,")
    (newer / "bmo_2025.csv").write_text(text, encoding="utf-8")
    load_tables(newer, tmp_path / "ref", NOW)
    tables = loaded_tables(tmp_path / "ref")
    assert tables["bmo"].millesime == "2025"
    assert read(tmp_path / "ref", "rome4_mobilites").endswith("A1101,A1202,2\n")


def test_three_loads_leave_two_generations(tables_dir: Path, tmp_path: Path) -> None:
    for _ in range(3):
        load_tables(tables_dir, tmp_path / "ref", NOW)
    assert len([p for p in (tmp_path / "ref").iterdir() if p.is_dir()]) == 2


BROKEN = {
    "missing column": ("code_rome,code_rome_cible\nA1101,A1201\n", "colonnes absentes : numero_ordre"),
    "semicolons": ("code_rome;code_rome_cible;numero_ordre\nA1101;A1201;1\n", "séparé par des virgules"),
    "ragged row": ("code_rome,code_rome_cible,numero_ordre\nA1101,A1201\n", "ligne 2 : 2 valeurs pour 3 colonnes"),
    "wrong code": ("code_rome,code_rome_cible,numero_ordre\n,A1201,1\n", "ligne 2 : «  » n'est pas une valeur"),
    "no row": ("code_rome,code_rome_cible,numero_ordre\n", "aucune ligne"),
    "empty file": ("", "colonnes absentes"),
    "open quote": ('code_rome,code_rome_cible,numero_ordre\nA1101,"A1201,1\n', "CSV mal formé"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_one_broken_file_and_nothing_is_loaded(tables_dir: Path, tmp_path: Path, case: str) -> None:
    load_tables(tables_dir, tmp_path / "ref", NOW)
    before = {p: p.read_bytes() for p in (tmp_path / "ref").rglob("*") if p.is_file()}
    content, message = BROKEN[case]
    (tables_dir / "rome4_mobilites.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=message):
        load_tables(tables_dir, tmp_path / "ref", NOW)
    assert {p: p.read_bytes() for p in (tmp_path / "ref").rglob("*") if p.is_file()} == before


def test_a_file_in_another_encoding_is_told(tables_dir: Path, tmp_path: Path) -> None:
    (tables_dir / "bmo_2024.csv").write_bytes("annee,dépt\n".encode("cp1252"))
    with pytest.raises(ReferenceDataError, match=r"bmo_2024\.csv n'est pas en UTF-8"):
        load_tables(tables_dir, tmp_path / "ref", NOW)
    assert loaded_tables(tmp_path / "ref") == {}


def test_a_folder_that_is_not_there_or_holds_no_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReferenceDataError, match="pas un dossier"):
        load_tables(tmp_path / "absent", tmp_path / "ref", NOW)
    with pytest.raises(ReferenceDataError, match="Aucune table connue"):
        load_tables(tmp_path, tmp_path / "ref", NOW)


def test_a_place_that_cannot_be_written_is_told(tables_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "ref").write_text("un fichier à la place du dossier", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=r"Impossible d'écrire|illisible"):
        load_tables(tables_dir, tmp_path / "ref", NOW)


def test_a_damaged_record_is_told_and_mended_by_a_new_load(tables_dir: Path, tmp_path: Path) -> None:
    load_tables(tables_dir, tmp_path / "ref", NOW)
    (tmp_path / "ref" / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="relancez"):
        loaded_tables(tmp_path / "ref")
    load_tables(tables_dir, tmp_path / "ref", NOW)
    assert set(loaded_tables(tmp_path / "ref")) == {"rome4_mobilites", "bmo"}


def test_each_known_table_is_told_apart_by_its_name() -> None:
    assert len({t.name for t in KNOWN_TABLES}) == len(KNOWN_TABLES)
    assert all(t.key in t.columns for t in KNOWN_TABLES)
    assert all(t.vintage_column is None or t.vintage_column in t.columns for t in KNOWN_TABLES)


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.is_dir(), reason="les données publiques de ../shared/data sont absentes")
def test_the_published_tables_are_all_loaded(tmp_path: Path) -> None:
    report = load_tables(REAL, tmp_path / "ref", NOW)
    assert report.ignored == ()
    lines = {t.nom: t.lignes for t in report.loaded}
    assert set(lines) == {t.name for t in KNOWN_TABLES}
    assert (lines["bmo"], lines["tension_rome_bassin"], lines["rome4_mobilites"]) == (53_443, 27_135, 14_912)
