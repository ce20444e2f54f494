"""`/v1/metiers`, and what suggestions know of jobs."""

from typing import Any

import pytest
from starlette.testclient import TestClient


def items(client: TestClient, **asked: str | int) -> list[dict[str, Any]]:
    answer = client.get("/v1/metiers", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def problem(client: TestClient, address: str, status: int) -> dict[str, Any]:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    told: dict[str, Any] = answer.json()
    return told


def test_a_job_said_in_own_words_is_found_with_its_score(client: TestClient) -> None:
    first = items(client, q="bosser dans les arbres")[0]
    assert (first["code_rome"], first["libelle"], first["appellation"]) == ("A1209", "Elagueur / Elagueuse", None)
    assert 0.5 < first["score"] <= 1


def test_as_many_jobs_as_asked_come_at_most(client: TestClient) -> None:
    assert len(items(client, q="vendeur", size=3)) == 3


@pytest.mark.parametrize("text", ["", "🙂", "?", "\x01\x02", "x"])
def test_what_names_no_job_gives_an_empty_list_or_weak_ones(client: TestClient, text: str) -> None:
    assert all(item["score"] < 0.9 for item in items(client, q=text))


def test_a_long_text_is_answered(client: TestClient) -> None:
    assert items(client, q="cuistot " * 1250)[0]["code_rome"] == "G1609"


@pytest.mark.parametrize(
    ("query", "parameter", "meant"),
    [
        ("", "q", None),
        ("?q=a&taille=3", "taille", None),
        ("?q=a&siz=3", "siz", "size"),
        ("?q=a&size=0", "size", "1"),
        ("?q=a&size=51", "size", "50"),
        ("?q=a&q=b", "q", None),
    ],
)
def test_a_wrong_parameter_is_refused_with_the_closest(
    client: TestClient, query: str, parameter: str, meant: str | None
) -> None:
    (error,) = problem(client, f"/v1/metiers{query}", 422)["errors"]
    assert (error["parametre"], error["proposition"]) == (parameter, meant)


def test_a_null_character_is_refused(client: TestClient) -> None:
    assert problem(client, "/v1/metiers?q=a%00b", 422)["errors"][0]["parametre"] == "q"


def test_a_job_is_told_with_how_people_say_it(client: TestClient) -> None:
    sheet = client.get("/v1/metiers/A1209").json()
    assert sheet["libelle"] == "Elagueur / Elagueuse"
    assert "bosser dans les arbres" in sheet["envies"]
    assert (sheet["appellations"], sheet["proches"]) == ([], None)


@pytest.mark.parametrize(
    ("code", "told"),
    [("g1609", "G1609"), ("G16O9", "G1609"), ("Boulanger", "D1102"), ("%F0%9F%99%82", "/v1/metiers?q=")],
)
def test_an_unknown_code_is_told_with_the_closest_or_where_to_look(client: TestClient, code: str, told: str) -> None:
    answer = problem(client, f"/v1/metiers/{code}", 404)
    assert answer["title"] == "Introuvable"
    assert told in answer["detail"]


def test_a_job_takes_no_parameter(client: TestClient) -> None:
    assert problem(client, "/v1/metiers/A1209?q=a", 422)["errors"][0]["parametre"] == "q"


@pytest.mark.parametrize(("typed", "code"), [("cuistot", "G1609"), ("noun", "K1310"), ("fenwick", "N1101")])
def test_a_lay_name_suggests_its_job_and_is_shown(client: TestClient, typed: str, code: str) -> None:
    found = client.get("/v1/suggest", params={"q": typed, "types": "metier"}).json()["items"]
    (own,) = [item for item in found if item["valeur"] == code]
    assert typed in own["precision"]


def test_a_label_comes_before_a_lay_name(client: TestClient) -> None:
    found = client.get("/v1/suggest", params={"q": "couvreur", "types": "metier"}).json()["items"]
    assert (found[0]["valeur"], found[0]["precision"]) == ("F1619", "Métier F1619")


def test_what_is_understood_tells_the_job_that_one_wants(client: TestClient) -> None:
    wanted = client.post("/v1/understand", json={"texte": "je veux bosser avec les vieux"}).json()["metiers"]
    needed = client.post("/v1/understand", json={"texte": "je n'arrive plus à payer mon loyer"}).json()["metiers"]
    assert "K1302" in [job["code_rome"] for job in wanted]
    assert needed == []
