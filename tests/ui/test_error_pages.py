from types import SimpleNamespace
from urllib.parse import quote

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from indexer.errors import CatalogueError, EncoderError, EngineError, QueryError, VersionGoneError
from search_api.errors import install_error_handlers
from tests.support.pages import PagesWorld, demonstration_pages
from tests.ui.pages_content import RECORDS, Page
from ui.routes import mount


def test_a_retired_offer_says_so_and_gives_others(client: TestClient) -> None:
    response = client.get("/offres/ex--o9")
    page = Page.read(response.text)
    assert response.status_code == 410
    assert page.text("h1") == "Cette offre n’est plus proposée"
    assert "Ancienne aide au loyer" in page.text()
    assert page.titles() == ["Payer un loyer en retard"]


def test_a_retired_offer_is_told_without_an_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = PagesWorld(tmp_path_factory.mktemp("retired"))
    world.bring(RECORDS)
    world.bring(RECORDS[:1], accept_loss=True)
    assert TestClient(world.app).get("/offres/ex--o1").status_code == 410


def test_a_retired_structure_is_gone(client: TestClient) -> None:
    response = client.get("/structures/ex--s9")
    assert (response.status_code, "Structure partie" in response.text) == (410, True)


@pytest.mark.parametrize(
    "offer_id", ["ex--inconnue", "sans-separateur", "ex--%00", "ex--" + "a" * 600, "ex--é/à?#", "ex--../../etc"]
)
def test_an_unknown_offer_leads_to_a_new_search(client: TestClient, offer_id: str) -> None:
    response = client.get(f"/offres/{quote(offer_id, safe='%')}")
    assert response.status_code == 404
    assert Page.read(response.text).links()["Faire une nouvelle recherche"] == "/"


def test_an_id_of_any_characters_is_found_by_its_address(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = PagesWorld(tmp_path_factory.mktemp("ids"))
    odd = "ex--é/[a] ?#% &+'\""
    world.bring([RECORDS[0], (RECORDS[3][0], {**RECORDS[3][1], "id": odd})])
    world.index()
    client = TestClient(world.app)
    address = Page.read(client.get("/offres").text).links()["Payer un loyer en retard"]
    assert Page.read(client.get(address).text).text("h1") == "Payer un loyer en retard"


def test_before_anything_is_indexed_it_says_what_to_run(bare_client: TestClient) -> None:
    response = bare_client.get("/offres?q=loyer")
    assert response.status_code == 503
    assert "maillage reindex" in Page.read(response.text).text()
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryError("q", "Dites-le autrement."), 422),
        (VersionGoneError("x"), 410),
        (EngineError("/secret/path"), 503),
        (EncoderError("Lancez « maillage reindex »."), 503),
        (CatalogueError("postgresql://secret"), 503),
        (RuntimeError("/secret/path"), 500),
    ],
)
def test_every_failure_is_a_page_that_tells_no_secret(error: Exception, status: int) -> None:
    def fail(*_: object) -> None:
        raise error

    app = FastAPI()
    app.state.services = SimpleNamespace(search=SimpleNamespace(search=fail), catalogue=None)
    mount(app, demonstration_pages())
    response = TestClient(app).get("/offres")
    assert response.status_code == status
    assert Page.read(response.text).all("h1")
    assert "secret" not in response.text


def test_an_address_that_nobody_serves_is_a_page_and_under_the_api_a_problem(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    world = PagesWorld(tmp_path_factory.mktemp("hook"))
    install_error_handlers(world.app, structlog.get_logger())
    client = TestClient(world.app)
    page, problem, refused = client.get("/nulle-part"), client.get("/v1/nulle-part"), client.post("/offres")
    assert (page.status_code, Page.read(page.text).text("h1")) == (404, "Cette page n’existe pas")
    assert (problem.status_code, problem.headers["content-type"]) == (404, "application/problem+json")
    assert (refused.status_code, refused.headers["content-type"]) == (405, "text/html; charset=utf-8")


def test_home_says_when_all_is_an_example(tmp_path_factory: pytest.TempPathFactory, client: TestClient) -> None:
    world = PagesWorld(tmp_path_factory.mktemp("example"))
    structure = {"source": "exemple", "id": "exemple--s", "nom": "S"}
    offer = {"source": "exemple", "id": "exemple--o", "nom": "O", "structure_id": "exemple--s"}
    world.bring([(RECORDS[0][0], structure), (RECORDS[3][0], offer)])
    assert "est un exemple" in TestClient(world.app).get("/").text
    assert "est un exemple" not in client.get("/").text
