"""`maillage match`: a plan for people and for machines, and errors that say what to do."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from indexer.cli import build_app
from indexer.errors import MaillageError
from indexer.language.needs import SilentReader
from tests.api.worlds import fill, settings_in
from tests.support.hashing_encoder import HashingEncoder
from tests.unit.matching.diagnosis import whole

PROFILE = {
    "lieu": {"code_commune": "90010"},
    "besoins": [{"thematique": "logement-hebergement--reduire-les-impayes-de-loyer", "priorite": "haute"}],
    "non_compris": ["une ligne d'ailleurs"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled catalogue and its index."""
    path = tmp_path_factory.mktemp("match")
    fill(settings_in(path))
    return path


@pytest.fixture
def run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("indexer.commands.match.load_encoder", lambda settings: HashingEncoder())
    monkeypatch.setattr("indexer.commands.match.load_need_reader", lambda encoder, directory: SilentReader())
    monkeypatch.setattr("indexer.commands.match.load_settings", lambda: settings_in(folder))

    def go(content: object, *options: str) -> Result:
        path = tmp_path / "profil.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return CliRunner().invoke(build_app(["match"]), ["match", str(path), *options])

    return go


def told(done: Result) -> str:
    assert isinstance(done.exception, MaillageError)
    return str(done.exception)


def test_a_machine_reads_the_plan_of_the_api(run: Any) -> None:
    done = run(PROFILE, "--json")
    assert done.exit_code == 0
    plan = json.loads(done.stdout)
    assert plan["lieu"]["code_commune"] == "90010"
    assert [need["thematique"] for need in plan["besoins"]] == [PROFILE["besoins"][0]["thematique"]]  # type: ignore[index]


def test_the_job_of_the_project_has_what_leads_there_as_in_the_api(run: Any) -> None:
    by_car = {"mobilite": {"moyens": ["voiture"], "duree_max_min": 60}, "projets": [{"code_rome": "G1602"}]}
    (job,) = json.loads(run(PROFILE | by_car, "--json").stdout)["metiers"]
    assert [one["offre"]["nom"] for one in job["formations"]] == ["Formation de cuisinier"]


def test_a_person_reads_steps_needs_and_what_was_not_understood(run: Any) -> None:
    done = run(PROFILE)
    assert done.exit_code == 0
    assert "Plan autour de Belfort" in done.stdout
    assert "Étape 1 : Garder ou trouver un logement" in done.stdout
    assert "Non compris : une ligne d'ailleurs" in done.stdout


def test_a_diagnosis_of_france_travail_is_taken_and_it_is_said(run: Any) -> None:
    done = run({"diagnostic": whole(), "lieu": {"code_commune": "90010"}})
    assert done.exit_code == 0
    assert "Diagnostic usager de France Travail reconnu" in done.stderr
    assert "Plan autour de Belfort" in done.stdout


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "est vide"),
        (b'{"lieu": {"code_commune": "900', "est coupé"),
        (b'{"lieu": }', "ligne 1, colonne 10"),
        (b"[1]", "un objet {…} est attendu"),
        ({"pouvoirAgir": {"confiance": "NON"}}, "ne dit aucun lieu"),
        ({"besoins": []}, "lieu : Ce champ manque."),
        ({"lieu": {"code_commune": "90010"}, "besoin": []}, "besoins"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(run: Any, content: object, message: str) -> None:
    done = run(content)
    assert done.exit_code == 1
    assert message in told(done)


def test_a_file_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    done = CliRunner().invoke(build_app(["match"]), ["match", str(tmp_path / "absent.json")])
    assert "absent.json" in told(done)


def test_a_byte_order_mark_is_no_error(run: Any) -> None:
    assert run(b"\xef\xbb\xbf" + json.dumps(PROFILE).encode(), "--json").exit_code == 0
