"""The OpenAPI document, the page made of it, and real answers: all must agree.

After a change that is meant: `WRITE_SNAPSHOTS=1 pytest tests/api/test_api_documents.py`, then read the diff.
"""

import os
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi import FastAPI
from pydantic import BaseModel, TypeAdapter
from starlette.testclient import TestClient

from search_api.schemas.metiers import JobSheetModel, JobsResponse
from search_api.schemas.others import (
    AliveModel,
    ReadyModel,
    SourcesResponse,
    StatusResponse,
    SuggestResponse,
    TermModel,
    ThematiqueModel,
)
from search_api.schemas.records import Offer_, StructureWithOffers
from search_api.schemas.search import GoneModel, ProblemModel, SearchResponse, SimilarResponse
from search_api.schemas.tensions import TensionsResponse
from search_api.schemas.understood import UnderstandResponse

SNAPSHOT = Path(__file__).parent / "openapi.json"


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    loaded: dict[str, Any] = client.get("/openapi.json").json()
    return loaded


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(path, operation) for path, methods in document["paths"].items() for operation in methods.values()]


def test_the_document_is_the_one_that_was_reviewed(document: dict[str, Any]) -> None:
    reviewed = {name: value for name, value in document.items() if name != "info"}
    if os.environ.get("WRITE_SNAPSHOTS"):
        options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
        SNAPSHOT.write_bytes(orjson.dumps(reviewed, option=options))
    assert orjson.loads(SNAPSHOT.read_bytes()) == reviewed, "voir l'en-tête de ce fichier"


def test_every_parameter_and_route_is_described_with_an_example(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        assert operation["summary"], path
        assert operation["description"], path
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (path, parameter["name"])
            assert "example" in parameter, (path, parameter["name"])


def test_every_error_of_the_document_is_a_problem(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], (path, status)


def test_the_parameters_of_the_document_are_taken_by_the_route(client: TestClient, document: dict[str, Any]) -> None:
    parameters = document["paths"]["/v1/offers"]["get"]["parameters"]
    for parameter in parameters:
        values = parameter["example"] if isinstance(parameter["example"], list) else [parameter["example"]]
        sent: dict[str, Any] = {parameter["name"]: [str(v).lower() if isinstance(v, bool) else v for v in values]}
        beside: dict[str, dict[str, Any]] = {"lat": {"lon": 0}, "lon": {"lat": 0}, "tri": {"code_commune": "90010"}}
        around = beside.get(parameter["name"], {})
        answer = client.get("/v1/offers", params=sent | around)
        expected = 422 if parameter["name"] == "curseur" else 200
        assert answer.status_code == expected, (parameter["name"], answer.text)


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/v1/offers?q=permis&code_commune=90010&facettes=thematiques&facettes=sources&explain=true", SearchResponse),
        ("/v1/offers?q=permanence&size=50", SearchResponse),
        ("/v1/offers", SearchResponse),
        ("/v1/offers/ex--o1", Offer_),
        ("/v1/offers/ex--o5", Offer_),
        ("/v1/offers/ex--o8", Offer_),
        ("/v1/offers/ex--ancienne", GoneModel),
        ("/v1/offers/ex--inconnue", ProblemModel),
        ("/v1/offers?frais=gratis", ProblemModel),
        ("/v1/offers/ex--o1/similaires", SimilarResponse),
        ("/v1/structures/ex--s1", StructureWithOffers),
        ("/v1/suggest?q=per", SuggestResponse),
        ("/v1/metiers?q=cuistot", JobsResponse),
        ("/v1/metiers/G1609", JobSheetModel),
        ("/v1/metiers/Z9999", ProblemModel),
        ("/v1/metiers/G1609?code_commune=90010", JobSheetModel),
        ("/v1/tensions?departement=90", TensionsResponse),
        ("/v1/sources", SourcesResponse),
        ("/v1/doc/thematiques", list[ThematiqueModel]),
        ("/v1/doc/publics", list[TermModel]),
        ("/healthz", AliveModel),
        ("/readyz", ReadyModel),
        ("/statusz", StatusResponse),
    ],
)
def test_a_real_answer_is_as_the_document_says(client: TestClient, path: str, model: type[BaseModel]) -> None:
    answer = client.get(path).content
    assert TypeAdapter(model).validate_json(answer) is not None


def test_what_is_understood_is_as_the_document_says(client: TestClient) -> None:
    for text in ("permis à Belfort, gratuit, j'ai 17 ans", "je veux mourir", ""):
        answer = client.post("/v1/understand", json={"texte": text})
        assert answer.status_code == 200
        assert UnderstandResponse.model_validate_json(answer.content) is not None


def test_the_documentation_page_calls_no_other_site_and_runs_no_script(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.text)
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_the_documentation_page_names_every_route_and_parameter(client: TestClient, document: dict[str, Any]) -> None:
    page = client.get("/docs").text
    for path, operation in operations(document):
        assert f" {path}</code>" in page
        for parameter in operation.get("parameters", []):
            assert f"<code>{parameter['name']}</code>" in page


def test_docs_api_md_names_every_route(app: FastAPI, document: dict[str, Any]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    written = [path.replace("{offer_id}", "{id}").replace("{structure_id}", "{id}") for path in document["paths"]]
    assert [path for path in written if path not in page and not path.startswith("/v1/doc/")] == []
