"""`maillage evaluate`: what it refuses before any work, and what it writes."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.commands.evaluate import app
from indexer.commands.evaluate_catalogues import find_lille
from indexer.commands.evaluate_output import Output, tell
from indexer.errors import EvaluationError
from indexer.evaluation.scored import Run, Scored, read_run

RUN = Run("search", {}, (Scored("a", {"part": "dev"}, {"nDCG@10": 0.5}, ("b",), ("c",)),))


def test_the_real_catalogue_asks_for_its_folder(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="--donnees"):
        find_lille(None)
    with pytest.raises(EvaluationError, match=r"lille_2026_services\.json"):
        find_lille(tmp_path)


@pytest.mark.parametrize("command", ["understanding", "search", "match", "--match"])
def test_a_comparison_with_no_measure_is_refused_at_once(tmp_path: Path, command: str) -> None:
    result = CliRunner().invoke(app, [command, "--compare", str(tmp_path / "absente.json")])
    assert isinstance(result.exception, EvaluationError)
    assert "absente.json" in str(result.exception)


def test_absent_sets_are_told_before_the_encoder_is_loaded(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["understanding", "--jeux", str(tmp_path / "absents")])
    assert isinstance(result.exception, EvaluationError)


def test_figures_page_and_reference_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = Output("Essai", ((),), "nDCG@10", False, tmp_path / "page.html", tmp_path / "reference.json")
    tell(RUN, RUN, output)
    assert ".500" in capsys.readouterr().out
    assert "<h1>Essai</h1>" in (tmp_path / "page.html").read_text("utf-8")
    assert read_run(tmp_path / "reference.json", "search").scored[0].values == {"nDCG@10": 0.5}


def test_json_alone_goes_to_the_standard_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tell(RUN, None, Output("Essai", ((),), "nDCG@10", True, None, None))
    path = tmp_path / "mesure.json"
    path.write_text(capsys.readouterr().out, "utf-8")
    assert read_run(path, "search") == RUN
