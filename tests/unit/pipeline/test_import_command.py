"""`maillage import`, from its arguments to its exit code, on real files and the real steps."""

from pathlib import Path
from typing import Any

import orjson
import pytest
import typer
from typer.testing import CliRunner, Result

from indexer.catalogue import Catalogue, open_catalogue
from indexer.commands.import_ import build_import_command
from indexer.errors import CatalogueError, FeedError, ImportHeldError, SettingError
from indexer.report import ImportReport
from indexer.settings import load_settings

STRUCTURE = {"source": "ex", "id": "ex--s1", "nom": "Maison des exemples", "code_insee": "90010", "commune": "Belfort"}


def _offer(number: int, **fields: Any) -> dict[str, Any]:
    own = {"source": "ex", "id": f"ex--o{number}", "nom": f"Atelier {number}", "structure_id": "ex--s1"}
    return own | {"code_insee": "90010", "description": "Un atelier pour apprendre à écrire une lettre."} | fields


@pytest.fixture
def feed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One structure and three offers, the last without a name; the catalogue is in a folder of its own."""
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path / "donnees"))
    monkeypatch.delenv("MAILLAGE_DATABASE_URL", raising=False)
    path = tmp_path / "flux.json"
    path.write_bytes(orjson.dumps([STRUCTURE, _offer(1), _offer(2), _offer(3, nom="")]))
    return path


def _run(*arguments: object, told: list[ImportReport] | None = None) -> Result:
    app = typer.Typer()
    app.command("import")(build_import_command(None if told is None else told.append))
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def _catalogue() -> Catalogue:
    return open_catalogue(load_settings().catalogue_url)


def test_a_file_comes_in_located_and_the_summary_is_in_french(feed: Path) -> None:
    result = _run(feed, "--flux", "exemple")
    assert result.exit_code == 0, result.output
    assert "Import du flux « exemple »" in result.stdout
    stored = _catalogue().get_offer("ex--o1")
    assert stored is not None
    assert stored.offer.commune == "Belfort"
    assert stored.offer.position_approximative


def test_machines_get_json_and_the_file_holds_every_issue(feed: Path, tmp_path: Path) -> None:
    result = _run(feed, "--flux", "exemple", "--json", "--report", tmp_path / "rapport.json")
    told = orjson.loads(result.stdout)
    assert (told["offres"]["lues"], told["offres"]["creees"], told["offres"]["rejetees"]) == (3, 2, 1)
    written = orjson.loads((tmp_path / "rapport.json").read_bytes())
    assert [a["ligne"] for a in written["anomalies"] if a["gravite"] == "rejet"] == [4]


def test_after_the_commit_the_hook_gets_the_report(feed: Path) -> None:
    told: list[ImportReport] = []
    _run(feed, "--flux", "exemple", told=told)
    assert [report.created for report in told] == [3]


def test_a_truncated_file_fails_and_changes_nothing(feed: Path) -> None:
    _run(feed, "--flux", "exemple")
    feed.write_bytes(feed.read_bytes()[:-30])
    told: list[ImportReport] = []
    result = _run(feed, "--flux", "exemple", told=told)
    assert isinstance(result.exception, FeedError)
    assert result.exit_code != 0
    assert (_catalogue().counts().published, told) == (2, [])


def test_a_held_import_fails_and_still_writes_its_report(feed: Path, tmp_path: Path) -> None:
    feed.write_bytes(orjson.dumps([_offer(1, nom="")]))
    result = _run(feed, "--flux", "exemple", "--report", tmp_path / "rapport.json")
    assert isinstance(result.exception, ImportHeldError)
    assert orjson.loads((tmp_path / "rapport.json").read_bytes())["etat"] == "retenu"


def test_a_report_that_cannot_be_written_is_said_before_anything_is_read(feed: Path, tmp_path: Path) -> None:
    result = _run(feed, "--flux", "exemple", "--report", tmp_path / "absent" / "rapport.json")
    assert isinstance(result.exception, SettingError)
    assert _catalogue().imports() == []


def test_a_report_over_a_folder_is_said_after_the_import(feed: Path, tmp_path: Path) -> None:
    result = _run(feed, "--flux", "exemple", "--report", tmp_path)
    assert isinstance(result.exception, SettingError)
    assert "L'import est « fini », mais son rapport ne peut pas être écrit" in str(result.exception)


@pytest.mark.parametrize("name", ["", "a--b", "à l'ouest", "../x", "x" * 65, "-x"])
def test_a_name_of_flux_that_would_spoil_ids_is_refused(feed: Path, name: str) -> None:
    result = _run(feed, f"--flux={name}")
    assert isinstance(result.exception, SettingError)


def test_a_damaged_catalogue_is_said(feed: Path) -> None:
    path = load_settings().data_dir / "catalogue.sqlite"
    path.parent.mkdir()
    path.write_bytes(b"x" * 5000)
    assert isinstance(_run(feed, "--flux", "exemple").exception, CatalogueError)
