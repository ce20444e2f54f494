"""« Ma liste »: a list is its address, whole or damaged."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import PagesWorld
from tests.ui.pages_content import GONE, RECORDS, XSS, Page, read_page
from ui.kept_params import MAX_KEPT


def list_of(*ids: str) -> str:
    return "/ma-liste?" + urlencode([("ids", offer_id) for offer_id in ids])


def test_shows_the_offers_in_their_order_each_once_with_how_to_reach_them(client: TestClient) -> None:
    page = read_page(client, list_of("ex--o3", "ex--o1", "ex--o3"))
    assert page.text("h1") == "Ma liste : 2 offres"
    assert page.titles() == ["Aide par téléphone", "Payer un loyer en retard"]
    assert page.links()["Appeler : 03 84 00 01 02"] == "tel:+33384000102"
    assert "3 rue des Sapins, 90000 Belfort" in page.text()


def test_holds_its_own_address_for_paper_and_for_mail(client: TestClient) -> None:
    address = "http://testserver/ma-liste?ids=ex--o1"
    page = read_page(client, list_of("ex--o1"))
    assert f"Cette page est à l’adresse : {address}" in page.text()
    assert "ma-liste%3Fids%3Dex--o1" in page.links()["Envoyer par courriel"]
    assert page.all("div", role="img")


def test_taking_one_away_is_a_link_that_needs_no_script(client: TestClient) -> None:
    page = read_page(client, list_of("ex--o1", "ex--o3"))
    without = page.links()["Retirer de la liste : Payer un loyer en retard"]
    assert read_page(client, without).titles() == ["Aide par téléphone"]


def test_the_list_is_emptied_by_a_link(client: TestClient) -> None:
    page = read_page(client, list_of("ex--o1", "ex--o3"))
    assert page.links()["Vider la liste"] == "/ma-liste"
    assert [a.get("data-drop") for a in page.all("a", href="/ma-liste") if a.get("data-drop")] == [
        '["ex--o1", "ex--o3"]'
    ]


def test_an_empty_list_says_how_to_keep_an_offer(client: TestClient) -> None:
    page = read_page(client, "/ma-liste")
    assert "Vous n’avez encore rien gardé." in page.text()
    assert page.links()["Chercher des offres"] == "/offres"


def test_a_retired_offer_is_told_and_replaced(client: TestClient) -> None:
    page = read_page(client, list_of("ex--o9", "ex--o3"))
    assert "L’offre « Ancienne aide au loyer » n’est plus proposée." in page.text()
    assert page.titles() == ["Aide par téléphone", "Payer un loyer en retard"]


def test_what_replaces_a_retired_offer_is_not_in_the_list_already(client: TestClient) -> None:
    assert read_page(client, list_of("ex--o9", "ex--o1")).titles() == ["Payer un loyer en retard"]


def test_paused_and_past_offers_stay_and_say_so(client: TestClient) -> None:
    page = read_page(client, list_of("ex--o6", "ex--o7"))
    assert "Cette offre est en pause" in page.text()
    assert "Cette offre est terminée" in page.text()


@pytest.mark.parametrize(
    "ids", [["ex--inconnue"], ["sans-separateur"], ["ex--\0"], ["ex--" + "a" * 600], [XSS], ["ex--o8"]]
)
def test_an_altered_address_gives_what_it_can_and_says_what_is_missing(client: TestClient, ids: list[str]) -> None:
    page = read_page(client, list_of("ex--o1", *ids))
    assert page.titles() == ["Payer un loyer en retard"]
    assert "1 offre de cette liste est introuvable" in page.text()


def test_a_list_of_nothing_known_is_still_a_page(client: TestClient) -> None:
    page = read_page(client, list_of("ex--inconnue", "n'importe quoi"))
    assert "2 offres de cette liste sont introuvables" in page.text()


def test_a_list_too_long_is_cut_and_says_so(client: TestClient) -> None:
    page = read_page(client, list_of("ex--o1", *(f"ex--n{n}" for n in range(MAX_KEPT))))
    assert page.titles() == ["Payer un loyer en retard"]
    assert f"{MAX_KEPT} offres de cette liste sont introuvables" in page.text()


def test_an_id_of_any_characters_is_kept(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = PagesWorld(tmp_path_factory.mktemp("kept"))
    odd = "ex--é/[a] ?#% &+'\","
    world.bring([RECORDS[0], (RECORDS[3][0], {**RECORDS[3][1], "id": odd}), RECORDS[5]])
    page = read_page(TestClient(world.app), list_of(odd, "ex--o3"))
    assert len(page.titles()) == 2
    assert [item.get("data-listed") for item in page.all("li") if item.get("data-listed")] == [odd, "ex--o3"]
    assert page.links()["Retirer de la liste : Aide par téléphone"] == list_of(odd)


def test_stands_without_an_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = PagesWorld(tmp_path_factory.mktemp("bare-list"))
    world.bring([*RECORDS[:6], GONE])
    world.bring(RECORDS[:6], accept_loss=True)
    assert read_page(TestClient(world.app), list_of("ex--o1", "ex--o9")).titles() == ["Payer un loyer en retard"]


def test_is_kept_by_no_shared_cache_and_listed_by_no_robot(client: TestClient) -> None:
    response = client.get(list_of("ex--o1"))
    assert response.headers["cache-control"].startswith("private")
    assert [m.get("content") for m in Page.read(response.text).all("meta", name="robots")] == ["noindex"]
