from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from indexer.catalogue import open_catalogue
from indexer.cli import build_app
from tests.support.small_feeds import bring, offer, structure

PLACE = {"commune": "Belfort", "code_postal": "90000", "code_insee": "90010", "adresse": "3 rue des Lilas"}
RUNNER = CliRunner()


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path))
    catalogue = open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    for source in ("a", "b"):
        own = {"source": source, **PLACE}
        held = structure(1, id=f"{source}--s", **(own | {"nom": "Ressort"}))
        bring(catalogue, [held, offer(1, id=f"{source}--o", structure_id=f"{source}--s", **own)], source)
    catalogue.close()


def run(*words: str) -> str:
    result = RUNNER.invoke(build_app(["dedupe"]), ["dedupe", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.usefixtures("filled")
def test_the_figures_are_told_to_machines() -> None:
    told = orjson.loads(run("--json"))
    assert told["offres"] == {"fiches": 2, "groupes": 1, "doublons": 1, "relues": 2}


@pytest.mark.usefixtures("filled")
def test_the_list_says_why_two_records_are_one() -> None:
    run()
    told = run("list")
    assert "a--o (offre)" in told
    assert "b--o : même adresse, noms proches" in told


@pytest.mark.usefixtures("filled")
def test_a_decision_takes_effect_at_once_and_is_listed() -> None:
    run()
    assert "2 fiches" not in run("different", "a--o", "b--o")
    told = orjson.loads(run("list", "--json"))
    assert [line["kind"] for line in told["doublons"]] == ["structure"]
    assert [(d["a"], d["b"], d["same"]) for d in told["decisions"]] == [("a--o", "b--o", False)]


@pytest.mark.usefixtures("filled")
def test_structures_are_decided_by_their_own_ids() -> None:
    run("different", "a--s", "b--s", "--genre", "structure")
    assert all(line["kind"] == "offre" for line in orjson.loads(run("list", "--json"))["doublons"])


@pytest.mark.usefixtures("filled")
def test_an_empty_list_says_what_to_run() -> None:
    assert "« maillage dedupe »" in run("list")
