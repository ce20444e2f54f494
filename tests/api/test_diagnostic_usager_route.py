"""`POST /v1/profiles/diagnostic-usager`: any diagnosis is answered, what is no object is refused."""

import io
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from indexer.matching.reading import read_profile
from search_api.app import create_app
from search_api.logs import build_log
from search_api.schemas.profiles import ConvertedProfile, example_converted, example_diagnostic
from search_api.services import Services
from tests.unit.matching.diagnosis import whole

ADDRESS = "/v1/profiles/diagnostic-usager"


def test_the_documented_example_is_answered_as_the_document_says(client: TestClient) -> None:
    assert client.post(ADDRESS, json=example_diagnostic()).json() == example_converted()


def test_the_answer_is_a_profile_that_matching_takes_as_it_is(client: TestClient) -> None:
    answer = client.post(ADDRESS, json=whole())
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    profile = answer.json()
    ConvertedProfile.model_validate_json(answer.content)
    assert read_profile(profile).non_compris == tuple(profile["non_compris"])


def test_a_place_beside_the_diagnosis_is_that_of_the_profile(client: TestClient) -> None:
    told = client.post(ADDRESS, json={"diagnostic": whole(), "lieu": {"code_commune": "90010"}}).json()
    assert told["lieu"] == {"code_commune": "90010"}


@pytest.mark.parametrize(
    "body", [{}, {"diagnostic": None}, {"diagnostic": "a"}, {"extra": []}, {"besoinsParDiagnostic": [[[]]]}, {"x": 1}]
)
def test_a_diagnosis_that_says_nothing_is_an_empty_profile_that_says_so(
    client: TestClient, body: dict[str, Any]
) -> None:
    answer = client.post(ADDRESS, json=body)
    assert answer.status_code == 200
    assert answer.json()["besoins"] == []
    assert answer.json()["non_compris"] != []


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"besoinsParDiagnostic": [', 422),
        (b"[]", 422),
        (b"", 422),
        (b"\xff", 422),
        (b"{" + b" " * 300_000, 413),
    ],
)
def test_a_cut_or_endless_file_is_refused(client: TestClient, content: bytes, status: int) -> None:
    answer = client.post(ADDRESS, content=content)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_nothing_of_a_diagnosis_is_logged(services: Services) -> None:
    log = io.StringIO()
    app: FastAPI = create_app(services=services, log=build_log("info", log))
    TestClient(app).post(ADDRESS, json=whole())
    assert "Boulanger" not in log.getvalue()
    assert "LILLE" not in log.getvalue()
    assert ADDRESS in log.getvalue()
