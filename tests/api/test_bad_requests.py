"""Whatever is sent, the answer is clear and never a 500."""

from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from fastapi import FastAPI
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from search_api.offer_parameters import offer_parameters
from tests.api.raw import raw_get

NAMES = [parameter.name for parameter in offer_parameters()]


def refused(client: TestClient, query: str, path: str = "/v1/offers", status: int = 422) -> dict[str, Any]:
    """The first error of a refused request."""
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    return problem if status != 422 else problem["errors"][0]


@pytest.mark.parametrize(
    ("query", "parametre", "proposition"),
    [
        ("thematique=mobilite", "thematique", "thematiques"),
        ("thematiques[]=mobilite", "thematiques[]", "thematiques"),
        ("thematiques=mobilites", "thematiques", "mobilite"),
        ("thematiques=se+loger", "thematiques", "logement-hebergement"),
        ("frais=gratis", "frais", "gratuit"),
        ("publics=jeune", "publics", "jeunes"),
        ("metiers=k1304", "metiers", "K1304"),
        ("tri=distances", "tri", "distance"),
        ("facettes=theme", "facettes", "thematiques"),
        ("code_commune=90000", "code_commune", "90010"),
        ("code_commune=Belfort", "code_commune", "90010"),
        ("rayon_km=10,5", "rayon_km", "10.5"),
        ("debut_apres=31/12/2026", "debut_apres", "2026-12-31"),
        ("explain=True", "explain", "true"),
    ],
)
def test_a_slip_is_answered_with_the_closest_known(
    client: TestClient, query: str, parametre: str, proposition: str
) -> None:
    error = refused(client, query)
    assert (error["parametre"], error["proposition"]) == (parametre, proposition)


@pytest.mark.parametrize(
    ("query", "parametre"),
    [
        ("lat=47.6", "lon"),
        ("lon=0", "lat"),
        ("lat=91&lon=0", "lat"),
        ("lat=nan&lon=0", "lat"),
        ("lat=1e2&lon=0", "lat"),
        ("lat=0&lon=inf", "lon"),
        ("lat=%D9%A4&lon=0", "lat"),
        ("rayon_km=-1", "rayon_km"),
        ("rayon_km=0", "rayon_km"),
        ("page=0", "page"),
        ("page=1000000000", "page"),
        ("page=99999999999999999999", "page"),
        ("page=1_0", "page"),
        ("size=0", "size"),
        ("size=101", "size"),
        ("size=", "size"),
        ("code_commune=99999", "code_commune"),
        ("code_commune=90010&code_commune=90033", "code_commune"),
        ("tri=distance", "tri"),
        ("debut_apres=2026-02-30", "debut_apres"),
        ("debut_apres=0026-99-01", "debut_apres"),
        ("debut_apres=2026-03-02&debut_avant=2026-03-01", "debut_avant"),
        ("curseur=abc", "curseur"),
        ("curseur=W10", "curseur"),
        ("curseur=%C3%A9", "curseur"),
        ("q=%FF", "q"),
        ("q=%ED%A0%80", "q"),
        ("q=a%00b", "q"),
        ("%FF=1", "?"),
        ("q=" + "a" * 2_001, "q"),
        ("zzzzzz=1", "zzzzzz"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(client: TestClient, query: str, parametre: str) -> None:
    assert refused(client, query)["parametre"] == parametre


def test_all_errors_come_at_once(client: TestClient) -> None:
    problem = client.get("/v1/offers?frais=gratis&rayon=3&page=x").json()
    assert {error["parametre"] for error in problem["errors"]} == {"frais", "rayon", "page"}


def test_a_query_of_100_kb_is_too_long(app: FastAPI) -> None:
    answer = raw_get(app, "/v1/offers", b"q=" + b"a" * 100_000)
    assert answer.status == 414
    assert "trop longue" in answer.body.decode()


def test_too_many_parameters_are_refused(client: TestClient) -> None:
    refused(client, "&".join(["publics=jeunes"] * 501), status=414)


@pytest.mark.parametrize(
    "path",
    ["/v1/offers/ex--o1", "/v1/offers/ex--o1/similaires", "/v1/structures/ex--s1", "/v1/sources", "/v1/doc/frais"],
)
def test_every_route_refuses_an_unknown_parameter(client: TestClient, path: str) -> None:
    assert refused(client, "inconnu=1", path)["parametre"] == "inconnu"


def test_suggest_needs_its_text(client: TestClient) -> None:
    assert refused(client, "size=3", "/v1/suggest")["parametre"] == "q"


def test_an_unknown_address_and_a_wrong_method_are_problems(client: TestClient) -> None:
    assert client.get("/v1/inconnu").headers["content-type"] == "application/problem+json"
    refused_method = client.post("/v1/offers")
    assert (refused_method.status_code, refused_method.headers["allow"]) == (405, "GET")
    assert refused_method.headers["content-type"] == "application/problem+json"


def test_a_very_long_value_is_cut_in_the_answer(client: TestClient) -> None:
    assert len(refused(client, "frais=" + "x" * 10_000)["valeur"]) == 100


@settings(deadline=None, max_examples=150)
@given(pairs=st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), st.text(max_size=20)), max_size=5))
def test_no_parameters_whatever_give_a_500(app: FastAPI, pairs: list[tuple[str, str]]) -> None:
    encoded = [tuple(quote_from_bytes(text.encode("utf-8", "surrogatepass")) for text in pair) for pair in pairs]
    query = "&".join(f"{name}={value}" for name, value in encoded)
    assert TestClient(app).get(f"/v1/offers?{query}").status_code in (200, 422)


@settings(deadline=None, max_examples=150)
@given(raw=st.binary(max_size=60))
@pytest.mark.parametrize("path", ["/v1/offers", "/v1/suggest", "/v1/offers/ex--o1"])
def test_no_bytes_whatever_give_a_500(app: FastAPI, path: str, raw: bytes) -> None:
    assert raw_get(app, path, raw).status in (200, 422)


@settings(deadline=None, max_examples=80)
@given(text=st.text(max_size=30))
def test_no_words_whatever_give_a_500(app: FastAPI, text: str) -> None:
    query = quote_from_bytes(text.encode("utf-8", "surrogatepass"))
    for path in ("/v1/offers", "/v1/suggest"):
        assert TestClient(app).get(f"{path}?q={query}").status_code in (200, 422)
