"""`maillage understand` prints what is understood, for people and for machines."""

import json

import pytest
from typer.testing import CliRunner

from indexer.cli import build_app
from indexer.language.needs import SilentReader
from tests.support.hashing_encoder import HashingEncoder


@pytest.fixture
def runner(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setattr("indexer.commands.understand.load_encoder", lambda settings: HashingEncoder())
    monkeypatch.setattr("indexer.commands.understand.load_need_reader", lambda encoder, folder: SilentReader())
    return CliRunner()


def test_it_is_readable_by_a_machine(runner: CliRunner) -> None:
    done = runner.invoke(build_app(["understand"]), ["understand", "à Belfort, j'ai 17 ans", "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["lieu"]["code_commune"], told["publics"][0]["code"]) == ("90010", "jeunes")


def test_it_is_readable_by_a_person_with_the_distress_first(runner: CliRunner) -> None:
    done = runner.invoke(build_app(["understand"]), ["understand", "je veux mourir, je suis à Belfort"])
    assert done.exit_code == 0
    assert done.stdout.startswith("URGENCE")
    assert "3114" in done.stdout
    assert "Lieu : Belfort (90010)" in done.stdout
