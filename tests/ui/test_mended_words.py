"""A word that no offer holds is mended, the page says so, and the words can be looked for as they are written."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import BELFORT
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import pages_of, read_page


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    records = [structure(), offer(1, nom="Hébergement d'urgence", **BELFORT), offer(2, nom="Vélo", **BELFORT)]
    with pages_of(tmp_path_factory.mktemp("mended"), records) as client:
        yield client


def test_a_mended_word_is_told_and_the_words_can_be_kept_as_written(pages: TestClient) -> None:
    page = read_page(pages, "/offres?q=hebergemant")
    assert page.titles() == ["Hébergement d'urgence"]
    assert "« hébergement » au lieu de « hebergemant »" in page.text().replace("\xa0", " ")
    as_written = read_page(pages, page.links()["Chercher comme c'est écrit"])
    assert "au lieu de" not in as_written.text()
    assert as_written.all("input", id="q")[0].get("value") == "hebergemant"


def test_nothing_is_told_where_nothing_was_mended(pages: TestClient) -> None:
    assert "au lieu de" not in read_page(pages, "/offres?q=hebergement").text()
