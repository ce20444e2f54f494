"""Whether the process answers, whether an index does, and how all of it stands."""

import io
import sqlite3
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from indexer.language.needs import SilentReader, load_classes
from indexer.settings import Settings
from search_api import services as services_module
from search_api.app import create_app
from search_api.logs import build_log
from search_api.services import Services, warm_up
from tests.api.worlds import fill, settings_in
from tests.support.hashing_encoder import HashingEncoder


@pytest.fixture
def empty_app(empty_services: Services) -> FastAPI:
    return create_app(services=empty_services, log=build_log("error", io.StringIO()))


def test_without_an_index_the_process_lives_and_says_that_it_is_not_ready(empty_app: FastAPI) -> None:
    client = TestClient(empty_app)
    ready = client.get("/readyz")
    assert client.get("/healthz").json() == {"statut": "ok"}
    assert (ready.status_code, ready.headers["retry-after"]) == (503, "10")
    assert "maillage reindex" in ready.json()["detail"]


def test_without_an_index_a_search_says_so_and_the_rest_answers(empty_app: FastAPI) -> None:
    client = TestClient(empty_app)
    search = client.get("/v1/offers?q=permis")
    assert (search.status_code, search.headers["retry-after"]) == (503, "10")
    assert client.get("/v1/suggest?q=belfort").json()["items"][0]["valeur"] == "90010"
    assert client.get("/v1/sources").json() == {"items": []}
    assert client.get("/statusz").json()["index"]["version"] is None
    assert "maillage_index_ready 0.0" in client.get("/metrics").text


def test_it_is_ready_once_warm_and_indexed(client: TestClient) -> None:
    assert client.get("/readyz").json()["statut"] == "pret"


def test_an_index_that_comes_later_is_found_without_a_restart(empty_services: Services, empty_app: FastAPI) -> None:
    warm_up(empty_services, build_log("error", io.StringIO()))
    client = TestClient(empty_app)
    before = client.get("/readyz").status_code
    fill(empty_services.settings)
    assert (before, client.get("/readyz").status_code) == (503, 200)
    assert client.get("/v1/offers?q=permis").json()["total"] == 2


def test_before_the_first_searches_it_is_not_ready(empty_services: Services, empty_app: FastAPI) -> None:
    fill(empty_services.settings)
    assert TestClient(empty_app).get("/readyz").status_code == 503


def test_an_index_of_another_encoder_is_not_ready_and_searches_say_so(
    filled_settings: Settings, tmp_path: Path
) -> None:
    other = HashingEncoder()
    other.name = "hashing/2"
    opened = services_module.open_services(filled_settings, encoder=lambda: other, needs=SilentReader())
    warm_up(opened, build_log("error", io.StringIO()))
    client = TestClient(create_app(services=opened, log=build_log("error", io.StringIO())))
    assert "encodeur" in client.get("/readyz").json()["detail"]
    assert client.get("/v1/offers?q=permis").status_code == 503
    opened.close()


def test_the_state_tells_catalogue_index_and_work(client: TestClient, services: Services) -> None:
    state = client.get("/statusz").json()
    assert state["catalogue"]["published"] == state["index"]["documents"]
    assert state["index"]["encoder"] == "hashing/1"
    assert {job["etat"] for job in state["travaux"]} == {"fini"}


def test_a_catalogue_that_does_not_answer_is_told_without_its_place(
    tmp_path: Path, empty_services: Services, empty_app: FastAPI
) -> None:
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as connection:
        connection.execute("DROP TABLE offers")
    answer = TestClient(empty_app).get("/v1/offers/ex--o1")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert str(tmp_path) not in answer.text
    assert TestClient(empty_app).get("/metrics").status_code == 200


def test_the_start_opens_everything_and_the_end_closes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = settings_in(tmp_path)
    fill(settings)
    monkeypatch.setattr(services_module, "load_encoder", lambda *_, **__: HashingEncoder())
    few = {name: own[:3] for name, own in load_classes().items()}  # views of another encoder are learned at the start
    monkeypatch.setattr("indexer.language.needs.load_classes", lambda: few)
    app = create_app(settings, log=build_log("error", io.StringIO()))
    with TestClient(app) as client:
        assert client.get("/readyz").status_code == 200
        assert client.get("/v1/offers?q=permis").json()["total"] == 2
