import re
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import RENT
from tests.ui.pages_content import XSS, read_page, words_of


def query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_words_and_a_place_give_the_offer_its_distance_cost_and_date(client: TestClient) -> None:
    page = read_page(client, "/offres?q=payer+mon+loyer&lieu=Belfort")
    assert page.titles()[0] == "Payer un loyer en retard"
    card = page.text("article")
    order = [
        card.index(part)
        for part in ("Service", "À 0,3 km", "Gratuit", "Mardi 3 mars, 14 h – 16 h", "Maison des droits")
    ]
    assert order == sorted(order)
    assert "à moins de 50 km de Belfort" in page.text("h1")


def test_a_card_has_one_link(client: TestClient) -> None:
    card = read_page(client, "/offres?q=payer+mon+loyer&lieu=Belfort").all("article")[0]
    assert [link.get("href") for link in card.iter("a")] == ["/offres/ex--o1?code_commune=90010"]


def test_a_card_does_not_say_twice_what_its_head_says(client: TestClient) -> None:
    card = read_page(client, "/offres?q=payer+mon+loyer&lieu=Belfort").all("article")[0]
    words = words_of(card).lower()
    assert (words.count("0,3 km"), words.count("gratuit"), words.count("prochaine séance")) == (1, 1, 0)


def test_siblings_are_folded_under_their_leader(client: TestClient) -> None:
    page = read_page(client, "/offres?q=réparer+mon+vélo&lieu=Belfort&types_offre=service")
    assert page.titles() == ["Atelier vélo"]
    siblings = page.all("details", class_="siblings")
    assert "et 1 autre lieu" in words_of(siblings[0])
    assert [a.get("href") for a in siblings[0].iter("a")] == ["/offres/ex--o5?code_commune=90010"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("belfort", "Belfort (90000)"),
        ("90000", "Belfort (90000)"),
        ("DELLE", "Delle (90100)"),
        ("lile", "L'Île-Saint-Denis (93450)"),
    ],
)
def test_a_place_is_a_name_or_a_postal_code(client: TestClient, typed: str, shown: str) -> None:
    assert read_page(client, f"/offres?lieu={typed}").all("input", id="lieu")[0].get("value") == shown


def test_a_name_that_several_places_bear_offers_the_choice(client: TestClient) -> None:
    page = read_page(client, "/offres?q=aide&lieu=saint-denis&frais=gratuit")
    assert "Vouliez-vous dire" in page.text()
    assert query(page.links()["Saint-Denis (93)"]) == {
        "q": ["aide"], "lieu": ["Saint-Denis (93)"], "code_commune": ["93066"], "frais": ["gratuit"],
    }  # fmt: skip


def test_a_place_chosen_stays_until_the_text_names_another(client: TestClient) -> None:
    kept = read_page(client, "/offres?code_commune=93066&lieu=Saint-Denis+(93)")
    moved = read_page(client, "/offres?code_commune=93066&lieu=Belfort")
    erased = read_page(client, "/offres?code_commune=93066&lieu=")
    values = [page.all("input", id="lieu")[0].get("value") for page in (kept, moved, erased)]
    assert values == ["Saint-Denis (93)", "Belfort (90000)", ""]


def test_a_place_that_nobody_knows_is_told(client: TestClient) -> None:
    page = read_page(client, "/offres?lieu=zzzzyq")
    assert "Nous ne connaissons pas de commune « zzzzyq »" in page.text()


@pytest.mark.parametrize(
    "query_string",
    [
        "utm_source=x&fbclid=1", "page=abc", "page=-4", "page=99999999999999999999", "size=0", "size=9999",
        "rayon_km=-1", "rayon_km=nan", "lat=47", "lat=200&lon=7", "lat=inf&lon=nan", "tri=distance", "tri=zut",
        "debut_apres=0026-01-01", "debut_apres=2026-05-01&debut_avant=2026-04-01", "publics=inconnu", "metiers=Z9999",
        "code_commune=99999", "sources=inconnue", "q=%00%ff%fe", "lieu=%00", "thematiques=&frais=", "sources=%00",
        "q=" + "a" * 5000,
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_left_out(client: TestClient, query_string: str) -> None:
    read_page(client, f"/offres?{query_string}")


@pytest.mark.parametrize(
    ("query_string", "said"),
    [
        ("publics=inconnu", "Le filtre « inconnu » n’existe pas"),
        ("rayon_km=900", "La distance va de 1 à 200 km"),
        ("debut_apres=demain", "La date « demain » n’est pas lisible"),
        ("code_commune=99999", "Le code de commune « 99999 » est inconnu"),
        ("tri=distance", "Pour voir d’abord le plus proche, dites où vous êtes"),
        ("q=" + "a" * 2001, "nous gardons les 2000 premiers caractères"),
        ("page=40", "Cette liste n’a que 3 pages : voici la dernière"),
    ],
)
def test_what_was_left_out_is_told(client: TestClient, query_string: str, said: str) -> None:
    assert said in read_page(client, f"/offres?{query_string}").text().replace("\u202f", " ")


def test_each_chip_removes_one_thing_and_keeps_the_rest(client: TestClient) -> None:
    page = read_page(client, f"/offres?q=loyer&lieu=Belfort&thematiques={RENT}&frais=gratuit&rayon_km=20&page=1")
    chips = {a: query(h) for a, h in page.links().items() if a.startswith("Retirer")}
    place = {"lieu": ["Belfort (90000)"], "code_commune": ["90010"], "rayon_km": ["20"]}
    assert chips == {
        "Retirer : « loyer »": {**place, "thematiques": [RENT], "frais": ["gratuit"]},
        "Retirer : Belfort (90000), à moins de 20 km": {"q": ["loyer"], "thematiques": [RENT], "frais": ["gratuit"]},
        "Retirer : Payer son loyer": {"q": ["loyer"], **place, "frais": ["gratuit"]},
        "Retirer : Gratuit": {"q": ["loyer"], **place, "thematiques": [RENT]},
    }


def test_other_pages_keep_everything_and_show_other_offers(client: TestClient) -> None:
    first = read_page(client, "/offres?lieu=Belfort&rayon_km=20&tri=distance&modes_accueil=en-presentiel")
    second_address = first.links()["Page suivante"]
    assert query(second_address) == {
        "lieu": ["Belfort (90000)"], "code_commune": ["90010"], "rayon_km": ["20"], "modes_accueil": ["en-presentiel"],
        "tri": ["distance"], "page": ["2"],
    }  # fmt: skip
    second = read_page(client, second_address)
    assert not set(first.titles()) & set(second.titles())
    assert second.links()["Page précédente"] == second_address.replace("&page=2", "")


def test_a_filter_ticked_is_shown_with_the_count_it_gives(client: TestClient) -> None:
    page = read_page(client, "/offres?frais=gratuit&lieu=Belfort")
    box = page.all("input", type="checkbox", value="gratuit")[0]
    label = page.text("label", for_=str(box.get("id")))
    total = re.search(r"\d+", page.text("h1"))
    assert box.get("checked") is not None
    assert total is not None
    assert label == f"Gratuit {total[0]} offres"


def test_the_filter_form_carries_the_words_and_the_place(client: TestClient) -> None:
    page = read_page(client, "/offres?q=loyer&lieu=Belfort&frais=gratuit&page=2")
    form = page.all("form", id="filtres")[0]
    hidden = {(i.get("name"), i.get("value")) for i in form.iter("input") if i.get("type") == "hidden"}
    assert hidden == {("q", "loyer"), ("lieu", "Belfort (90000)"), ("code_commune", "90010")}


def test_words_that_no_offer_holds_give_the_nearest_by_meaning_and_say_so(client: TestClient) -> None:
    assert "dont le sens est le plus proche" in read_page(client, "/offres?q=xylophone").text()


def test_nothing_found_leads_to_searches_that_give_something(client: TestClient) -> None:
    page = read_page(client, f"/offres?q=loyer&lieu=Brest&thematiques={RENT}&modes_accueil=en-presentiel")
    links = {words: href for words, href in page.links().items() if words.startswith("Chercher ")}
    assert "Nous n’avons pas trouvé d’offre à moins de 50 km de Brest" in page.text("h1")
    assert links
    assert all(read_page(client, href).titles() for href in links.values())
    assert "3949" in page.text()


def test_nothing_found_shows_the_nearest_beyond_the_circle(client: TestClient) -> None:
    page = read_page(client, f"/offres?lieu=Besançon&thematiques={RENT}&rayon_km=5")
    assert page.titles() == []  # the zone of the only offer is the département 90
    near = read_page(
        client, "/offres?lieu=Montbéliard&types_offre=service&modes_accueil=en-presentiel&rayon_km=2&q=vélo"
    )
    assert near.titles() == ["Atelier vélo"]
    assert "Les plus proches de vous" in near.text()


def test_what_was_typed_is_shown_as_text(client: TestClient) -> None:
    page = read_page(client, f"/offres?q={XSS}")
    assert page.all("input", id="q")[0].get("value") == " ".join(XSS.split())
    assert XSS in page.text()
