"""`/v1/tensions`, and the shortage of a job and of its close ones."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from indexer.metiers.service import Jobs
from search_api.app import create_app
from search_api.logs import build_log
from search_api.services import Services
from tests.support.hashing_encoder import HashingEncoder
from tests.support.labour_tables import load_labour


@pytest.fixture(scope="module")
def loaded(services: Services, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("travail")
    labour = load_labour(folder)
    own = replace(services, labour=labour, metiers=Jobs(HashingEncoder(), folder / "ref"))
    return TestClient(create_app(services=own, log=build_log("error")))


def get(client: TestClient, address: str, status: int = 200) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_a_commune_leads_to_its_bassin_and_its_jobs_from_the_scarcest(loaded: TestClient) -> None:
    body = get(loaded, "/v1/tensions?code_commune=90010")
    assert body["territoire"] == {"type": "bassin", "code": "B019", "nom": "Belfort et Alentours"}
    assert [item["code_rome"] for item in body["items"]] == ["G1602", "N4101", "F1603", "G1803", "K2204"]
    first = body["items"][0]
    assert (first["niveau"], first["millesime"], first["territoire"]["type"]) == (5, "2021", "bassin")
    assert first["facteurs"][0] == {"code": "intensite-embauches", "libelle": "Intensité d'embauches", "niveau": 4}
    assert (body["sans_donnee"], body["avertissements"]) == ([], [])


def test_asked_jobs_come_alone_and_those_without_a_figure_are_named(loaded: TestClient) -> None:
    body = get(loaded, "/v1/tensions?bassin=B019&metiers=K2204&metiers=G1609&metiers=M1805")
    assert [(item["code_rome"], item["niveau"], item["territoire"]["type"]) for item in body["items"]] == [
        ("G1609", 5, "bassin"), ("K2204", 3, "region"),
    ]  # fmt: skip
    assert body["sans_donnee"] == ["M1805"]


def test_a_departement_has_its_own_figures_not_those_of_a_bassin(loaded: TestClient) -> None:
    body = get(loaded, "/v1/tensions?departement=90")
    assert [item["code_rome"] for item in body["items"]] == ["F1603", "K2204"]


@pytest.mark.parametrize(
    ("query", "parameter", "meant"),
    [
        ("", "code_commune", None),
        ("code_commune=90010&departement=90", "departement", None),
        ("code_commune=90000", "code_commune", "90010"),
        ("bassin=B018", "bassin", "B019"),
        ("bassin=tout", "bassin", None),
        ("departement=999", "departement", None),
        ("departement=90&metiers=G16O2", "metiers", "G1602"),
        ("departement=90&metier=G1602", "metier", "metiers"),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_closest(
    loaded: TestClient, query: str, parameter: str, meant: str | None
) -> None:
    errors = get(loaded, f"/v1/tensions?{query}", 422)["errors"]
    assert errors[0]["parametre"] == parameter
    if meant is not None:
        assert errors[0]["proposition"] == meant


def test_without_tables_the_answer_is_empty_and_says_what_to_do(client: TestClient) -> None:
    body = get(client, "/v1/tensions?code_commune=90010&metiers=G1602")
    assert body["territoire"] == {"type": "departement", "code": "90", "nom": "Territoire de Belfort"}
    assert (body["items"], body["sans_donnee"]) == ([], ["G1602"])
    assert "maillage reference load" in body["avertissements"][0]


def test_without_tables_a_bassin_is_refused_with_what_to_give_instead(client: TestClient) -> None:
    assert "departement" in get(client, "/v1/tensions?bassin=2733", 422)["errors"][0]["message"]


def test_an_answer_that_has_not_changed_is_not_sent_again(loaded: TestClient) -> None:
    first = loaded.get("/v1/tensions?departement=90")
    again = loaded.get("/v1/tensions?departement=90", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_job_around_a_place_is_told_with_its_shortage_and_that_of_close_jobs(loaded: TestClient) -> None:
    sheet = get(loaded, "/v1/metiers/G1602?code_commune=90010")
    assert sheet["tension"]["niveau"] == 5
    assert [(one["code_rome"], one["tension"]["niveau"]) for one in sheet["proches"]] == [("G1803", 4), ("N4101", 5)]


def test_a_job_without_a_place_says_nothing_of_shortages(loaded: TestClient) -> None:
    sheet = get(loaded, "/v1/metiers/G1602")
    assert "tension" not in sheet
    assert all("tension" not in one for one in sheet["proches"])
