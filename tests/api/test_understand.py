"""`POST /v1/understand`: what is understood, what is refused, and what is told to nobody."""

import io

import orjson
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from search_api.app import create_app
from search_api.logs import build_log
from search_api.services import Services

ADDRESS = "/v1/understand"


def test_what_stands_beside_the_need_is_told(client: TestClient) -> None:
    told = client.post(ADDRESS, json={"texte": "g 17 ans, permis gratuit à Belfort"}).json()
    assert [public["code"] for public in told["publics"]] == ["jeunes"]
    assert [constraint["code"] for constraint in told["contraintes"]] == ["gratuit"]
    assert (told["lieu"]["code_commune"], told["lieu"]["nom"]) == ("90010", "Belfort")
    assert told["langue"] == "fr"
    assert told["urgence"] is None


def test_a_distress_gives_the_numbers_to_call(client: TestClient) -> None:
    urgency = client.post(ADDRESS, json={"texte": "je veux mourir"}).json()["urgence"]
    assert urgency["motif"] == "suicide"
    assert urgency["numeros"][0] == {
        "numero": "3114",
        "nom": "Numéro national de prévention du suicide",
        "description": "Vous pensez au suicide, ou vous avez peur pour un proche",
        "horaires": "24 h sur 24, 7 jours sur 7",
    }


@pytest.mark.parametrize(
    "text", ["", "a", "🙂", "le la les", "\x00\x07\x1b", "'; DROP TABLE offres; --", "ᚠᛇᚻ", "x" * 10_000, "ﷺ" * 10_000]
)
def test_any_text_is_answered(client: TestClient, text: str) -> None:
    answer = client.post(ADDRESS, json={"texte": text})
    assert answer.status_code == 200
    assert answer.json()["thematiques"] == []


def test_a_long_text_is_read_at_its_beginning_and_says_so(client: TestClient) -> None:
    warnings = client.post(ADDRESS, json={"texte": "je cherche un logement " * 1_000}).json()["avertissements"]
    assert len(warnings) == 1
    assert "2 000" in warnings[0]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "texte"),
        ({"texte": 3}, "texte"),
        ({"texte": None}, "texte"),
        ({"texte": ["a"]}, "texte"),
        ({"text": "a", "texte": "b"}, "text"),
    ],
)
def test_a_wrong_body_is_refused_with_the_field_to_mend(client: TestClient, body: object, field: str) -> None:
    answer = client.post(ADDRESS, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["parametre"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"3", b"null", b"\xff", b'{"texte": "\\ud800"}', b"texte=bonjour"])
def test_what_is_no_json_object_is_refused(client: TestClient, raw: bytes) -> None:
    answer = client.post(ADDRESS, content=raw)
    assert answer.status_code == 422
    assert "texte" in answer.json()["detail"]


def test_a_body_too_long_is_refused(client: TestClient) -> None:
    assert client.post(ADDRESS, content=b'{"texte": "' + b"a" * 300_000 + b'"}').status_code == 413


def test_a_parameter_in_the_address_is_refused(client: TestClient) -> None:
    assert client.post(f"{ADDRESS}?texte=a", json={"texte": "b"}).status_code == 422


def test_reading_it_without_a_text_is_refused(client: TestClient) -> None:
    assert client.get(ADDRESS).status_code == 405


def test_nothing_of_the_text_is_logged_nor_measured(services: Services) -> None:
    written = io.StringIO()
    app: FastAPI = create_app(services=services, log=build_log("debug", written))
    with TestClient(app) as client:
        client.post(ADDRESS, json={"texte": "Zébulon Trucmuche, 06 12 34 56 78, cherche un logement"})
        client.post(ADDRESS, json={"Zébulon": "Trucmuche"})
        measured = client.get("/metrics").text
    assert "/v1/understand" in written.getvalue()
    for private in ("bulon", "Trucmuche", "12 34", "logement"):
        assert private not in written.getvalue()
        assert private not in measured


def test_a_search_tells_what_it_understood_and_uses_the_place(client: TestClient) -> None:
    told = client.get("/v1/offers", params={"q": "permis gratuit à Belfort"}).json()
    assert told["lieu"]["code_commune"] == "90010"
    assert told["compris"]["lieu"]["code_commune"] == "90010"
    assert [constraint["code"] for constraint in told["compris"]["contraintes"]] == ["gratuit"]
    assert client.get("/v1/offers").json()["compris"] is None


def test_a_place_that_is_asked_goes_before_that_of_the_words(client: TestClient) -> None:
    told = client.get("/v1/offers", params={"q": "permis à Lille", "code_commune": "90010"}).json()
    assert told["lieu"]["code_commune"] == "90010"
    assert told["compris"]["lieu"]["code_commune"] == "59350"
    assert told["total"] > 0


def test_the_body_is_read_as_utf_8(client: TestClient) -> None:
    raw = orjson.dumps({"texte": "aide à Bédarieux"})
    assert client.post(ADDRESS, content=raw).json()["lieu"]["nom"] == "Bédarieux"
