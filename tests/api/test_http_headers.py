"""Caches, other sites, compression, security: what the headers say."""

import pytest
from starlette.testclient import TestClient

from indexer.public import offer_json
from search_api.services import Services

CACHED = ["/v1/offers?q=permis", "/v1/offers/ex--o1", "/v1/offers/ex--o1/similaires", "/v1/structures/ex--s1",
          "/v1/sources", "/v1/doc/thematiques", "/v1/suggest?q=bel"]  # fmt: skip


@pytest.mark.parametrize("path", CACHED)
def test_what_is_known_already_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"autre", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]


def test_another_answer_has_another_etag(client: TestClient) -> None:
    first, second = client.get("/v1/offers?q=permis"), client.get("/v1/offers?q=loyer")
    assert first.headers["etag"] != second.headers["etag"]
    known = client.get("/v1/offers?q=loyer", headers={"If-None-Match": first.headers["etag"]})
    assert known.status_code == 200


def test_no_shared_cache_keeps_what_a_person_looks_for(client: TestClient) -> None:
    for path in ("/v1/offers?q=permis", "/v1/suggest?q=bel"):
        assert client.get(path).headers["cache-control"].startswith("private, max-age=")


def test_no_cache_keeps_an_error_nor_a_state(client: TestClient) -> None:
    for path in ("/v1/offers?x=1", "/v1/offers/ex--inconnue", "/healthz", "/readyz", "/statusz", "/metrics"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_any_site_may_read_without_credentials(client: TestClient) -> None:
    answer = client.get("/v1/doc/frais", headers={"Origin": "https://exemple.fr"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = {"Origin": "https://exemple.fr", "Access-Control-Request-Method": "GET"}
    assert client.options("/v1/offers", headers=asked).status_code == 200
    refused = client.options("/v1/offers", headers=asked | {"Access-Control-Request-Method": "POST"})
    assert refused.status_code == 400


@pytest.mark.parametrize("path", ["/v1/understand", "/v1/match"])
def test_any_site_may_ask_what_keeps_nothing(client: TestClient, path: str) -> None:
    asked = {
        "Origin": "https://exemple.fr",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    allowed = client.options(path, headers=asked)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, "*")
    answered = client.post(path, json={"texte": "loyer"}, headers={"Origin": "https://exemple.fr"})
    assert answered.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answered.headers


@pytest.mark.parametrize("path", ["/v1/offers", "/v1/immersions"])
def test_no_other_site_may_send_to_what_reads_or_publishes(client: TestClient, path: str) -> None:
    asked = {"Origin": "https://exemple.fr", "Access-Control-Request-Method": "POST"}
    assert client.options(path, headers=asked).status_code == 400


def test_pages_outside_the_api_are_not_opened_to_other_sites(client: TestClient) -> None:
    answer = client.get("/une-page", headers={"Origin": "https://exemple.fr"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/v1/offers", "/v1/offers?x=1", "/nulle-part", "/healthz", "/docs"])
def test_every_answer_bears_the_security_headers_and_its_number(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert len(headers["x-request-id"]) == 16


def test_large_answers_are_compressed_and_vary_by_it(client: TestClient) -> None:
    large = client.get("/v1/doc/thematiques", headers={"Accept-Encoding": "gzip"})
    assert large.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in large.headers["vary"].split(", ")
    assert "content-encoding" not in client.get("/v1/doc/frais", headers={"Accept-Encoding": "gzip"}).headers


def test_a_search_sends_the_bytes_of_the_index_as_they_are(client: TestClient, services: Services) -> None:
    document = services.engine.get("ex--o1")
    assert document is not None
    assert document.body in client.get("/v1/offers?q=permis").content


def test_a_read_offer_is_as_the_catalogue_says_today(client: TestClient, services: Services) -> None:
    stored = services.catalogue.get_offer("ex--o1")
    assert stored is not None
    assert client.get("/v1/offers/ex--o1").content == offer_json(stored, services.search.today())
