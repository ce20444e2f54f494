from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.catalogue.duplicates import Duplicate
from indexer.catalogue.links import LinkState, keep_link_states
from indexer.schema import Kind
from indexer.search.dead_links import DeadLinks
from tests.support.pages import BELFORT, PagesWorld
from tests.support.small_feeds import NOON, offer, structure
from tests.support.told_duplicates import replace_duplicates
from tests.ui.pages_content import XSS, Page, read_page


def section(page: Page, name: str) -> str:
    return page.text("section", aria_labelledby=name)


def test_says_for_whom_how_when_where_how_much_and_what_to_bring(client: TestClient) -> None:
    page = read_page(client, "/offres/ex--o1?code_commune=90010")
    assert page.text("h1") == "Payer un loyer en retard"
    assert page.text("p", class_="lead") == "Une aide pour payer le loyer."
    assert "À partir de 18 ans" in section(page, "pour-moi")
    assert "Territoire de Belfort (90)" in section(page, "pour-moi")
    assert "Mardi 3 mars, 14 h – 16 h" in section(page, "quand")
    assert "3 places restantes" in section(page, "quand")
    assert "Du lundi au vendredi 9 h – 12 h" in section(page, "quand")
    assert section(page, "ou").startswith("Où 3 rue des Sapins 90000 Belfort À 0,3 km du centre de Belfort")
    assert section(page, "combien") == "Combien Gratuit"
    assert section(page, "apporter") == "Quoi apporter Le bail"
    assert section(page, "langues") == "Langues Français et arabe"
    assert "Source : ex." in section(page, "origine")


def test_is_called_and_written_to_in_one_press(client: TestClient) -> None:
    links = read_page(client, "/offres/ex--o1").links()
    assert links["Appeler 03 84 00 01 02"] == "tel:+33384000102"
    assert links["Écrire loyer@exemple.test"] == "mailto:loyer@exemple.test"


def test_an_offer_without_contact_gives_its_structures(client: TestClient) -> None:
    assert read_page(client, "/offres/ex--o3").links()["Appeler 03 84 00 01 01"] == "tel:+33384000101"


def test_an_offer_that_nobody_can_be_called_for_leads_to_the_page_it_comes_from(client: TestClient) -> None:
    page = read_page(client, "/offres/ex--o10")
    assert page.links()["Voir comment faire sur exemple.test"] == "https://www.exemple.test/fiche"
    assert "Le prix n’est pas précisé" in section(page, "combien")


def test_long_text_becomes_paragraphs_lists_and_links(client: TestClient) -> None:
    page = read_page(client, "/offres/ex--o1")
    link = next(a for a in page.all("a") if a.get("href") == "https://exemple.test/aide")
    assert link.get("rel") == "noopener nofollow"
    assert [i.text for i in page.all("li") if i.text in ("un dossier", "un avis")] == ["un dossier", "un avis"]


def test_hostile_texts_are_shown_as_text_and_their_links_are_not(client: TestClient) -> None:
    page = read_page(client, "/offres/ex--o2")
    assert page.text("h1") == f"Offre {XSS}"
    assert page.all("img") == []
    assert [s for s in page.all("script") if not s.get("src") and s.get("type") != "application/ld+json"] == []
    assert "javascript:" not in " ".join(page.links().values())


def test_leads_to_its_structure_and_to_similar_offers(client: TestClient) -> None:
    page = read_page(client, "/offres/ex--o1?code_commune=90010")
    assert page.links()["Voir cette structure et ses autres offres"] == "/structures/ex--s1?code_commune=90010"
    assert page.titles()
    assert "Payer un loyer en retard" not in page.titles()


def test_stands_without_an_index(bare_client: TestClient) -> None:
    assert read_page(bare_client, "/offres/ex--o1").titles() == []


def test_suspended_and_expired_offers_say_so(client: TestClient) -> None:
    assert "Cette offre est en pause" in read_page(client, "/offres/ex--o6").text()
    assert "Cette offre est terminée" in read_page(client, "/offres/ex--o7").text()


def test_an_offer_whose_structure_is_missing_is_not_shown(client: TestClient) -> None:
    read_page(client, "/offres/ex--o8", status=404)


def test_a_structure_shows_its_offers_by_pages(client: TestClient) -> None:
    first = read_page(client, "/structures/ex--s1")
    second = read_page(client, first.links()["Page suivante"])
    assert "03 84 00 01 01" in first.text()
    assert len(first.titles()) == 20
    assert not set(first.titles()) & set(second.titles())
    assert "Terminée" not in {*first.titles(), *second.titles()}


def test_a_page_beyond_the_last_of_a_structure_is_the_last(client: TestClient) -> None:
    assert read_page(client, "/structures/ex--s1?page=900").titles()


def test_an_offer_whose_site_answers_no_more_says_so(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    world.bring([structure(), offer(lien_source="https://mort.test/fiche")])
    gone = LinkState("https://mort.test/fiche", NOON, "la page n'existe plus", NOON, NOON)
    with TestClient(world.app) as client:
        notice = "Le site de cette offre ne répond plus"
        assert notice not in read_page(client, "/offres/ex--o1").text()
    keep_link_states(world.catalogue.database, [gone])
    world.app.state.services.search.dead_links = DeadLinks(world.catalogue)
    with TestClient(world.app) as client:
        assert notice in read_page(client, "/offres/ex--o1").text()


def test_an_offer_that_two_sources_publish_names_the_other_and_leads_to_its_page(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    world.bring([structure(), offer(1), offer(2, lien_source="https://autre.test/fiche"), offer(3)])
    twins = [Duplicate(Kind.OFFER, f"ex--o{n}", "ex--o1", 0.9, "même adresse") for n in (2, 3)]
    replace_duplicates(world.catalogue.database, twins, NOON)
    with TestClient(world.app) as client:
        page = read_page(client, "/offres/ex--o1")
    assert "La même offre est aussi publiée par : ex" in section(page, "origine")
    assert page.links()["ex"] == "https://autre.test/fiche"


@pytest.mark.parametrize(("day", "said"), [("2026-04-01", True), ("2026-03-01", False), (None, False)])
def test_an_immersion_whose_month_is_full_says_from_when_to_ask(tmp_path: Path, day: str | None, *, said: bool) -> None:
    world = PagesWorld(tmp_path)
    immersion = {"entreprise": "Boulangerie du Lion", "disponible_le": day}
    world.bring([structure(), offer(1, type_offre="immersion", immersion=immersion)])
    with TestClient(world.app) as client:
        text = read_page(client, "/offres/ex--o1").text()
    assert ("Vous pourrez faire votre demande dès le 1er avril 2026" in text) == said


def test_an_offer_that_nobody_updated_says_since_when_and_goes_behind(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    there = BELFORT | {"latitude": 47.64, "longitude": 6.86}
    old = offer(1, nom="Aide au logement", date_maj="2023-06-01", **there)
    world.bring([structure(), old, offer(2, nom="Aide au logement neuve", date_maj="2026-02-20", **there)])
    world.index()
    world.app.state.services.search.stale_days = 730
    with TestClient(world.app) as client:
        assert "n’a pas été mise à jour depuis juin 2023" in read_page(client, "/offres/ex--o1").text()
        assert "mise à jour depuis" not in read_page(client, "/offres/ex--o2").text()
        results = read_page(client, "/offres?lieu=Belfort")
    assert results.titles() == ["Aide au logement neuve", "Aide au logement"]
    assert "à vérifier : pas mise à jour depuis juin 2023" in results.text().lower()
