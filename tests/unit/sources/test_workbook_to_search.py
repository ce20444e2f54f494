"""The steps of docs/sources/tableur.md, as a person runs them: from a partner's messy workbook to an answer."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from indexer.cli import build_app
from tests.support.encoder import build_test_encoder_dir, default_cache_root
from tests.support.messy_workbook import ROWS, write_messy_workbook

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `maillage` on a data folder of the test's own, and asserts its exit code."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "encoder").symlink_to(build_test_encoder_dir(default_cache_root()))
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(data))

    def invoke(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(build_app(["sources", words[0]]), list(words))
        assert result.exit_code == code, (words, result.output, result.exception)
        return result

    return invoke


def test_from_a_messy_workbook_to_an_answer_and_to_its_correction(tmp_path: Path, run: Run) -> None:
    workbook = write_messy_workbook(tmp_path / "Ateliers 2031.xlsx")

    proposed = run("sources", "guess", str(workbook), "--nom", "ateliers", "--ajouter")
    assert "# ?" in proposed.stderr
    tried = json.loads(run("sources", "check", "ateliers", "--lire", "--json").stdout)
    assert tried["lectures"]["ateliers"]["acceptees"]["offres"] == 3

    (outcome,) = json.loads(run("sync", "--json").stdout)
    assert (outcome["etat"], outcome["import"]["offres"]["creees"]) == ("importe", 3)
    run("reindex")
    found = json.loads(run("search", "refaire mon CV", "--commune", "Belfort", "--json").stdout)
    assert found[0]["nom"] == "Refaire son CV"

    # The next day the columns have moved: nothing is lost. The day after, the file is cut: nothing changes.
    write_messy_workbook(workbook, ROWS, shuffled=True)
    (moved,) = json.loads(run("sync", "--json").stdout)
    assert (moved["etat"], moved["import"]["offres"]["inchangees"]) == ("importe", 3)
    whole = workbook.read_bytes()
    workbook.write_bytes(whole[: len(whole) // 2])
    (held,) = json.loads(run("sync", "--json", code=1).stdout)
    assert held["etat"] == "echoue"
    assert "classeur abîmé" in held["message"]
    assert str(tmp_path) not in held["message"]
    report = json.loads(run("sources", "report", "ateliers", "--json").stdout)
    assert report["offres_publiees"] == 3
