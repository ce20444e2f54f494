"""A course whose source names no job leads to the one that its title names, and says that we propose it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import BELFORT, PagesWorld
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import Page

PROPOSED = "métier proposé par Maillage d'après le titre"
HERE = {"modes_accueil": ("en-presentiel",), "latitude": 47.64, "longitude": 6.86, **BELFORT}
FAR = HERE | {"latitude": 47.66}
RECORDS = [
    structure(1, nom="École du bâtiment"),
    offer(1, nom="Titre professionnel Maçon", type_offre="formation", **HERE),
    offer(2, nom="Bâtir des murs", type_offre="formation", metiers=("F1703",), **FAR),
    offer(3, nom="Français pour débutants", type_offre="formation", **HERE),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    world = PagesWorld(tmp_path_factory.mktemp("metiers-proposes"))
    world.bring(RECORDS)
    world.index()
    with TestClient(world.app) as client:
        yield client


def test_the_plan_shows_it_after_what_the_source_says_with_its_reserve(client: TestClient) -> None:
    answer = client.post("/plan", data={"lieu": "Belfort (90000)", "code_commune": "90010", "metier": "maçon"})
    assert answer.status_code == 200
    shown = answer.text
    assert shown.index("Bâtir des murs") < shown.index("Titre professionnel Maçon")
    assert "Français pour débutants" not in shown
    assert shown.replace("&#39;", "'").replace("’", "'").count(PROPOSED) >= 1


def test_the_offer_s_page_says_who_proposes_the_job(client: TestClient) -> None:
    ours = Page.read(client.get("/offres/ex--o1").text).text()
    assert "Métier proposé par Maillage d’après le titre : la source ne le dit pas" in ours
    assert "Maçon" in ours
    assert "proposé par Maillage" not in Page.read(client.get("/offres/ex--o2").text).text()
    assert "proposé par Maillage" not in Page.read(client.get("/offres/ex--o3").text).text()
