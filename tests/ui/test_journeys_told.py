"""The page on personal data names the service that computes journeys, where one is set."""

from pathlib import Path

from fastapi.testclient import TestClient

from indexer.settings import Settings
from tests.support.pages import PagesWorld
from tests.ui.pages_content import Page
from ui.site import load_site

SERVICE = "https://trajets.exemple.fr/{mode}/{minutes}?lat={lat}&lon={lon}&cle=secrete"


def privacy_page(folder: Path, isochrone_url: str) -> str:
    site = load_site(Settings(data_dir=folder, isochrone_url=isochrone_url))
    answer = TestClient(PagesWorld(folder, site=site).app).get("/confidentialite").text
    assert "secrete" not in answer
    return Page.read(answer).text()


def test_the_service_is_named_with_what_it_receives(tmp_path: Path) -> None:
    said = privacy_page(tmp_path, SERVICE)
    assert "trajets.exemple.fr calcule jusqu’où vous pouvez aller" in said
    assert "un point arrondi à cent mètres" in said


def test_without_a_service_nothing_is_said_of_one(tmp_path: Path) -> None:
    assert "jusqu’où vous pouvez aller" not in privacy_page(tmp_path, "")
