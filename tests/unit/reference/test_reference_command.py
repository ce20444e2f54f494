import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.commands.reference import app
from indexer.errors import ReferenceDataError
from indexer.reference.known_tables import KNOWN_TABLES

runner = CliRunner()


@pytest.fixture(autouse=True)
def own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path / "donnees"))
    monkeypatch.delenv("MAILLAGE_REFERENCE_DIR", raising=False)


def test_status_says_what_is_missing_without_each_table() -> None:
    result = runner.invoke(app, ["status", "--json"])
    assert result.exit_code == 0
    tables = json.loads(result.stdout)["tables"]
    assert len(tables) == len(KNOWN_TABLES)
    assert not any(t["chargee"] for t in tables)
    assert all(t["sans_elle"] for t in tables)


def test_load_then_status_for_people(tables_dir: Path) -> None:
    loaded = runner.invoke(app, ["load", str(tables_dir)])
    assert loaded.exit_code == 0
    assert "bmo_2024.csv" in loaded.stdout
    assert "inconnu.csv" in loaded.stdout
    status = runner.invoke(app, ["status"])
    assert status.exit_code == 0
    assert "chargée, 2024" in status.stdout
    assert "absente" in status.stdout


def test_load_tells_machines_what_it_loaded(tables_dir: Path) -> None:
    result = runner.invoke(app, ["load", str(tables_dir), "--json"])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert [t["nom"] for t in report["chargees"]] == ["rome4_mobilites", "bmo"]
    assert report["ignores"] == ["inconnu.csv"]


def test_a_failure_is_an_error_for_people(tmp_path: Path) -> None:
    result = runner.invoke(app, ["load", str(tmp_path / "absent")])
    assert result.exit_code != 0
    assert isinstance(result.exception, ReferenceDataError)
