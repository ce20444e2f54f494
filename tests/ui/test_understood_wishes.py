"""Wishes understood from the words: said, taken away for good, put back; they raise offers and leave none out."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import BELFORT
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import pages_of, read_page, words_of
from ui.wishes import is_wish, say_wish

SEARCH = "/offres?q=cours+le+soir"
EVENING = "De préférence : le soir (après 17 h)"
LATE = ({"debut": "2026-03-09T18:30:00+01:00", "fin": "2026-03-09T20:00:00+01:00"},)
EARLY = ({"debut": "2026-03-03T09:00:00+01:00", "fin": "2026-03-03T10:00:00+01:00"},)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    records = [
        structure(),
        offer(1, nom="Cours de danse", sessions=EARLY, frais="payant", **BELFORT),
        offer(2, nom="Cours de chant", sessions=LATE, frais="gratuit", **BELFORT),
    ]
    with pages_of(tmp_path_factory.mktemp("wishes"), records) as client:
        yield client


def test_a_wish_is_said_and_raises_what_fits_without_leaving_the_rest_out(pages: TestClient) -> None:
    page = read_page(pages, SEARCH)
    assert page.titles() == ["Cours de chant", "Cours de danse"]
    assert f"Retirer : {EVENING}" in page.links()


def test_a_wish_taken_away_stays_away_and_can_be_put_back(pages: TestClient) -> None:
    without = read_page(pages, read_page(pages, SEARCH).links()[f"Retirer : {EVENING}"])
    assert "Le soir (après 17 h)" not in [
        words_of(reason) for ul in without.all("ul", class_="reasons") for reason in ul
    ]
    again = read_page(pages, without.links()[f"Remettre : {EVENING}"])
    assert again.titles() == ["Cours de chant", "Cours de danse"]
    assert f"Retirer : {EVENING}" in again.links()


def test_filters_and_the_map_keep_a_wish_away(pages: TestClient) -> None:
    page = read_page(pages, f"{SEARCH}&sans_souhait=soir")
    form = page.all("form", id="filtres")[0]
    assert ("sans_souhait", "soir") in {(i.get("name"), i.get("value")) for i in form.iter("input")}
    assert "sans_souhait=soir" in page.all("div", id="liste")[0].get("data-map-points")


def test_a_wish_that_is_ticked_too_is_said_once(pages: TestClient) -> None:
    links = read_page(pages, f"{SEARCH}&moments=soir").links()
    assert [words for words in links if "soir (après" in words] == ["Retirer : Le soir (après 17 h)"]


def test_who_says_that_they_have_no_car_can_take_it_back(pages: TestClient) -> None:
    page = read_page(pages, "/offres?q=cours+sans+voiture")
    without = read_page(pages, page.links()["Retirer : Sans voiture"])
    assert "Remettre : Sans voiture" in without.links()


@pytest.mark.parametrize("query", ["q=cours&sans_souhait=zut", "sans_souhait=soir", "q=cours&sans_souhait="])
def test_a_removal_that_means_nothing_is_ignored(pages: TestClient, query: str) -> None:
    assert "Remettre" not in read_page(pages, f"/offres?{query}").text()


@pytest.mark.parametrize(
    ("wish", "said"),
    [("gratuit", "De préférence : gratuit"), ("jeunes", "Pour : Jeunes"), ("sans-voiture", "Sans voiture")],
)
def test_each_wish_is_said_in_its_words(wish: str, said: str) -> None:
    assert is_wish(wish)
    assert say_wish(wish) == said


def test_what_no_offer_holds_is_no_wish() -> None:
    assert not is_wish("")
    assert not is_wish("payer-son-loyer")
