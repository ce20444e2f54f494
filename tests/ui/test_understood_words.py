"""What the words say beside the need: the place, which is searched around, and a distress, which is answered first."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import BELFORT
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import pages_of, read_page

LILLE = {"commune": "Lille", "code_postal": "59000", "code_insee": "59350", "latitude": 50.63, "longitude": 3.06}
EAST = {**BELFORT, "latitude": 47.638, "longitude": 6.863}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    records = [structure(), offer(1, nom="Permis au nord", **LILLE), offer(2, nom="Permis à l'est", **EAST)]
    with pages_of(tmp_path_factory.mktemp("words"), records) as client:
        yield client


def test_a_place_said_in_the_words_is_searched_around_and_told(pages: TestClient) -> None:
    page = read_page(pages, "/offres?q=permis+%C3%A0+Belfort")
    assert page.titles() == ["Permis à l'est"]
    assert "Nous cherchons autour de Belfort (90000)" in page.text()
    assert page.all("input", id="lieu")[0].get("value") == "Belfort (90000)"


def test_the_place_of_the_words_taken_away_stays_away(pages: TestClient) -> None:
    first = read_page(pages, "/offres?q=permis+%C3%A0+Belfort")
    everywhere = read_page(pages, first.links()["Retirer : Belfort (90000), à moins de 50 km"])
    assert "Permis à l'est" in everywhere.titles()
    assert "Nous cherchons autour" not in everywhere.text()
    assert "à moins de" not in everywhere.text()


def test_a_place_that_is_chosen_goes_before_that_of_the_words(pages: TestClient) -> None:
    assert read_page(pages, "/offres?q=permis+%C3%A0+Belfort&code_commune=59350").titles() == ["Permis au nord"]


def test_new_words_may_name_a_new_place(pages: TestClient) -> None:
    form = read_page(pages, "/offres?q=permis+%C3%A0+Belfort").all("form", role="search")[0]
    assert "sans_lieu" not in {i.get("name") for i in form.iter("input")}


def test_numbers_to_call_stand_before_the_results(pages: TestClient) -> None:
    html = pages.get("/offres?q=je+veux+mourir").text
    assert html.index('href="tel:3114"') < html.index("<h1")
    assert html.count('id="urgence-dite"') == 1


def test_an_ordinary_search_shows_no_such_block(pages: TestClient) -> None:
    assert "urgence-dite" not in pages.get("/offres?q=je+me+tue+%C3%A0+chercher+du+travail").text


def test_another_place_in_the_words_is_proposed_beside_the_one_chosen(pages: TestClient) -> None:
    """The home page fills « Où ? » by itself: what a person writes must not be lost."""
    page = read_page(pages, "/offres?q=permis+%C3%A0+Lille&lieu=Belfort+(90000)&code_commune=90010")
    assert page.titles() == ["Permis à l'est"]
    assert read_page(pages, page.links()["Lille (59)"]).titles() == ["Permis au nord"]


def test_the_place_that_is_both_written_and_chosen_is_not_proposed(pages: TestClient) -> None:
    page = read_page(pages, "/offres?q=permis+%C3%A0+Belfort&code_commune=90010")
    assert "Vouliez-vous dire" not in page.text()


def test_a_place_is_said_in_good_french(pages: TestClient) -> None:
    assert "Nous cherchons autour d’Offemont (90300)" in read_page(pages, "/offres?q=permis+%C3%A0+Offemont").text()
