"""A cursor is a value that comes back from outside: whatever it says, no 500."""

import base64
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient


def real_facts(client: TestClient) -> list[Any]:
    """What a real cursor of the search `size=10` holds."""
    text = client.get("/v1/offers?size=10").json()["curseur"]
    facts: list[Any] = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return facts


def forged(client: TestClient, **changes: Any) -> str:
    names = ("fingerprint", "version", "stage", "rank", "distance", "start", "id")
    facts = dict(zip(names, real_facts(client), strict=True)) | changes
    return base64.urlsafe_b64encode(orjson.dumps(list(facts.values()))).decode().rstrip("=")


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": -5},
        {"stage": 9_000_000_000_000_000_000, "rank": -9_000_000_000_000_000_000},
        {"rank": 9_000_000_000_000_000_000},
        {"distance": 1e308},
        {"distance": -1e308},
        {"start": 9_000_000_000_000_000_000},
        {"start": -9_000_000_000_000_000_000},
        {"stage": 1, "start": 1e300},
        {"stage": 1, "rank": 1e30, "start": -1},
        {"id": "\0"},
        {"id": "x" * 5000},
        {"id": ""},
    ],
)
@pytest.mark.parametrize("stage", [0, 1])
def test_a_forged_key_is_refused_or_gives_some_page(client: TestClient, changes: dict[str, Any], stage: int) -> None:
    answer = client.get("/v1/offers", params={"size": 10, "curseur": forged(client, **({"stage": stage} | changes))})
    assert answer.status_code in (200, 422), answer.text


def test_a_version_that_is_not_kept_is_gone(client: TestClient) -> None:
    answer = client.get("/v1/offers", params={"size": 10, "curseur": forged(client, version="inconnue")})
    assert answer.status_code == 410
    assert "première page" in answer.json()["detail"]


@pytest.mark.parametrize("version", ["", "..", "../..", "/etc", "a\0b", "x" * 3000, 7, None, ["a"]])
def test_a_version_that_is_no_plain_name_is_refused(client: TestClient, version: object) -> None:
    answer = client.get("/v1/offers", params={"size": 10, "curseur": forged(client, version=version)})
    assert answer.status_code == 422
    assert "pas lisible" in answer.json()["detail"]


def test_a_cursor_of_another_search_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/offers", params={"size": 10, "q": "permis", "curseur": forged(client)})
    assert answer.status_code == 422
    assert "autre recherche" in answer.json()["detail"]


def test_a_cursor_and_a_page_number_do_not_go_together(client: TestClient) -> None:
    answer = client.get("/v1/offers", params={"size": 10, "page": 2, "curseur": forged(client)})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parametre"] == "page"
