"""What was understood from the words: shown, taken away for good, put back."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.engines.base import Need, Vector
from tests.support.pages import RENT
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import pages_of, read_page


class AlwaysRent:
    """Understands the same need in every text."""

    def read(self, texts: Sequence[str], vectors: Vector) -> Sequence[tuple[Need, ...]]:
        return [(Need(RENT, 0.9),) for _ in texts]

    def says_no_need(self, text: str, vector: Vector) -> bool:
        return False


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    records = [structure(), offer(1, nom="Fonds de solidarité", thematiques=(RENT,)), offer(2, nom="Une maison")]
    with pages_of(tmp_path_factory.mktemp("needs"), records, AlwaysRent()) as client:
        yield client


def test_a_need_understood_is_a_chip_after_the_words(pages: TestClient) -> None:
    chips = [
        words for words in read_page(pages, "/offres?q=maison&frais=gratuit").links() if words.startswith("Retirer")
    ]
    assert chips == ["Retirer : « maison »", "Retirer : Payer son loyer", "Retirer : Gratuit"]


def test_a_need_taken_away_stays_away_and_can_be_put_back(pages: TestClient) -> None:
    first = read_page(pages, "/offres?q=maison")
    assert sorted(first.titles()) == ["Fonds de solidarité", "Une maison"]
    without = read_page(pages, first.links()["Retirer : Payer son loyer"])
    assert without.titles() == ["Une maison"]
    again = read_page(pages, without.links()["Remettre : Payer son loyer"])
    assert sorted(again.titles()) == ["Fonds de solidarité", "Une maison"]


def test_filters_keep_a_need_away(pages: TestClient) -> None:
    page = read_page(pages, f"/offres?q=maison&sans_besoin={RENT}")
    form = page.all("form", id="filtres")[0]
    assert ("sans_besoin", RENT) in {(i.get("name"), i.get("value")) for i in form.iter("input")}


def test_a_need_is_not_shown_beside_its_own_filter(pages: TestClient) -> None:
    chips = list(read_page(pages, f"/offres?q=maison&thematiques={RENT}").links())
    assert chips.count("Retirer : Payer son loyer") == 1


@pytest.mark.parametrize("query", ["q=maison&sans_besoin=zut", f"sans_besoin={RENT}", "q=maison&sans_besoin="])
def test_a_removal_that_means_nothing_is_ignored(pages: TestClient, query: str) -> None:
    assert "Remettre" not in read_page(pages, f"/offres?{query}").text()


class NothingAsked(AlwaysRent):
    """Takes every text for a greeting."""

    def read(self, texts: Sequence[str], vectors: Vector) -> Sequence[tuple[Need, ...]]:
        return [() for _ in texts]

    def says_no_need(self, text: str, vector: Vector) -> bool:
        return True


def test_a_greeting_shows_no_offer_and_says_what_to_type(tmp_path: Path) -> None:
    with pages_of(tmp_path, [structure(), offer(1, nom="Une maison")], NothingAsked()) as client:
        page = read_page(client, "/offres?q=bonjour")
    assert page.titles() == []
    assert "Nous n’avons pas compris de besoin." in page.text()
    assert "le plus proche" not in page.text()
