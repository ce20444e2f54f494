"""`maillage metiers`: the jobs that a text means, on the command line."""

import json

import pytest
from typer.testing import CliRunner

from indexer.cli import build_app
from indexer.commands import metiers
from tests.support.hashing_encoder import HashingEncoder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr(metiers, "load_encoder", lambda settings: HashingEncoder())
    return CliRunner()


def test_jobs_are_shown_with_the_phrase_that_led_to_them(run: CliRunner) -> None:
    told = run.invoke(build_app(["metiers"]), ["metiers", "bosser dans les arbres"])
    assert told.exit_code == 0
    assert "A1209" in told.output
    assert "bosser dans les arbres" in told.output


def test_machines_read_the_fields_of_the_api(run: CliRunner) -> None:
    told = run.invoke(build_app(["metiers"]), ["metiers", "cuistot", "--json", "--nombre", "1"])
    (job,) = json.loads(told.output)
    assert (job["code_rome"], job["libelle"], job["appellation"]) == ("G1609", "Cuisinier / Cuisinière", None)
    assert 0 < job["score"] <= 1


def test_nothing_found_is_said_and_fails(run: CliRunner) -> None:
    told = run.invoke(build_app(["metiers"]), ["metiers", "🙂"])
    assert told.exit_code == 1
    assert "Aucun métier" in told.output
