"""The home page: what there is around a place before anything is asked."""

from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.ui.pages_content import XSS, Page, read_page

RENT_THEME = "logement-hebergement"


def themes(page: Page) -> dict[str, dict[str, list[str]]]:
    """What each tile asks for, by its words."""
    return {words: parse_qs(urlsplit(href).query) for words, href in page.links().items() if "thematiques=" in href}


def test_it_starts_from_the_place_of_the_territory(client: TestClient) -> None:
    page = read_page(client, "/")
    assert page.all("input", id="lieu")[0].get("value") == "Belfort (90000)"
    assert "Offres à moins de 50 km de Belfort, ou à distance." in page.text()


def test_the_sixteen_themes_keep_the_place_and_the_fullest_comes_first(client: TestClient) -> None:
    found = themes(read_page(client, "/"))
    assert len(found) == 16
    first, asked = next(iter(found.items()))
    assert first == "Se loger 1 offre"
    assert (asked["thematiques"], asked["code_commune"]) == ([RENT_THEME], ["90010"])


def test_the_count_of_a_tile_is_what_its_page_gives(client: TestClient) -> None:
    page = read_page(client, "/")
    assert "1 offre" in read_page(client, page.links()["Se loger 1 offre"]).text("h1")


def test_another_place_counts_its_own_offers(client: TestClient) -> None:
    page = read_page(client, "/?lieu=Brest")
    assert page.all("input", id="lieu")[0].get("value") == "Brest (29200)"
    assert "Se loger" in themes(page)


def test_the_next_sessions_are_told_and_called_of_this_week_when_they_are(client: TestClient) -> None:
    page = read_page(client, "/")
    assert "Cette semaine" in page.text()
    assert "Mardi 3 mars, 14 h – 16 h" in page.text("article")


def test_far_from_any_session_none_is_announced(client: TestClient) -> None:
    assert "Cette semaine" not in read_page(client, "/?lieu=Brest").text()


def test_a_position_becomes_a_commune_and_no_link_keeps_it(client: TestClient) -> None:
    page = read_page(client, "/?lat=47.64&lon=6.86")
    [around] = page.all("div", id="autour")
    assert (around.get("data-code"), around.get("data-lieu")) == ("90010", "Belfort (90000)")
    assert not [href for href in page.links().values() if "lat=" in href]


@pytest.mark.parametrize("point", ["lat=46.52&lon=6.63", "lat=0&lon=0", "lat=48.85&lon=-40"])
def test_a_position_outside_france_is_told_kindly(client: TestClient, point: str) -> None:
    page = read_page(client, f"/?{point}")
    assert page.all("div", id="autour")[0].get("data-code") == ""
    assert "Vous semblez être hors de France" in page.text()


@pytest.mark.parametrize(
    "query", ["lat=x&lon=y", "lat=200&lon=1", "lieu=", f"lieu={XSS}", "code_commune=99999", "utm=1"]
)
def test_a_place_that_cannot_be_leaves_the_page_whole(client: TestClient, query: str) -> None:
    assert len(themes(read_page(client, f"/?{query}"))) == 16


def test_who_publishes_is_told(client: TestClient) -> None:
    page = read_page(client, "/")
    assert "Qui publie ici ?" in page.text()
    assert "ex (" in page.text("ul", class_="source-names")


def test_before_anything_is_indexed_the_themes_are_there(bare_client: TestClient) -> None:
    assert len(themes(read_page(bare_client, "/"))) == 16


def test_a_place_that_someone_asked_for_is_kept_by_no_shared_cache(client: TestClient) -> None:
    assert client.get("/?lieu=Belfort").headers["cache-control"].startswith("private")
    assert client.get("/").headers["cache-control"].startswith("public")
