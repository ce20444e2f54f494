"""What the map of the results is given, and what it says of the rest."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.support.pages import BELFORT, RENT, PagesWorld
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import Page
from ui.asset_files import load_assets
from ui.routes import build_pages, mount
from ui.site import demonstration_site

NEAR = {"latitude": 47.64, "longitude": 6.86, "modes_accueil": ("en-presentiel",), **BELFORT}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """450 offers around Belfort, each of its own name and at its own place."""
    world = PagesWorld(tmp_path_factory.mktemp("many"))
    rows = [
        offer(n, nom=f"Cours numéro {n}", description=f"Leçon {n * 7}.", **(NEAR | {"latitude": 47.6 + n / 10_000}))
        for n in range(450)
    ]
    world.bring([structure(nom="Maison"), *rows])
    world.index()
    return TestClient(world.app)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    world = PagesWorld(tmp_path_factory.mktemp("few"))
    twin = {"nom": "Atelier vélo", "description": "Réparer son vélo.", "modes_accueil": ("en-presentiel",)}
    world.bring(
        [
            structure(nom="Maison des droits"),
            offer(1, nom="Payer un loyer", thematiques=(RENT,), frais="gratuit", **NEAR),
            offer(2, nom="Au téléphone", modes_accueil=("a-distance",)),
            offer(3, nom="Centre de la commune", position_approximative=True, **(NEAR | {"latitude": 47.65})),
            offer(4, **twin, commune="Belfort", code_insee="90010", latitude=47.63, longitude=6.86),
            offer(5, **twin, commune="Delle", code_insee="90033", latitude=47.508, longitude=6.999),
        ]
    )
    world.index()
    return TestClient(world.app)


def read(client: TestClient, query: str = "lieu=Belfort") -> dict[str, Any]:
    response = client.get(f"/carte.json?{query}")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    answer: dict[str, Any] = response.json()
    return answer


def ids(answer: dict[str, Any]) -> set[str]:
    return {point["id"] for point in answer["points"]}


def test_each_located_offer_is_a_point_with_what_its_card_says(few: TestClient) -> None:
    point = next(p for p in read(few)["points"] if p["id"] == "ex--o1")
    assert point == {
        "id": "ex--o1", "url": "/offres/ex--o1?code_commune=90010", "titre": "Payer un loyer", "type": "service",
        "type_label": "Service", "lieu": "Maison des droits · Belfort", "faits": ["À 0,3 km", "Gratuit"],
        "latitude": 47.64, "longitude": 6.86, "approximatif": False,
    }  # fmt: skip


def test_siblings_folded_in_the_list_each_have_their_place(few: TestClient) -> None:
    assert {"ex--o4", "ex--o5"} <= ids(read(few))


def test_a_place_known_by_its_commune_alone_is_approximate(few: TestClient) -> None:
    assert [p["id"] for p in read(few)["points"] if p["approximatif"]] == ["ex--o3"]


@pytest.mark.parametrize("query", ["lieu=Belfort", ""])
def test_remote_offers_are_counted_and_not_placed(few: TestClient, query: str) -> None:
    answer = read(few, query)
    assert "ex--o2" not in ids(answer)
    assert answer["phrases"][:2] == ["4\u00a0offres sur la carte.", "1\u00a0offre à distance, sans lieu sur la carte."]


def test_the_map_holds_the_place_searched_around_and_its_radius(few: TestClient) -> None:
    answer = read(few, "lieu=Belfort&rayon_km=20")
    assert (answer["centre"]["nom"], answer["rayon_km"]) == ("Belfort", 20)
    assert answer["phrases"][-1] == "Le grand cercle est à 20 km."
    assert (read(few, "")["centre"], read(few, "")["rayon_km"]) == (None, None)


def test_large_communes_around_are_landmarks_and_the_place_is_not_one(few: TestClient) -> None:
    around = [place["nom"] for place in read(few, "lieu=Belfort&rayon_km=20")["reperes"]]
    assert around[0] == "Montbéliard"
    assert "Belfort" not in around
    assert "Belfort" in [place["nom"] for place in read(few, "")["reperes"]]


def test_a_filter_leaves_the_offers_of_the_list(few: TestClient) -> None:
    assert ids(read(few, f"lieu=Belfort&thematiques={RENT}")) == {"ex--o1"}


def test_a_position_is_called_you(few: TestClient) -> None:
    assert read(few, "lat=47.6&lon=6.9")["centre"] == {"nom": "Vous", "latitude": 47.6, "longitude": 6.9}


@pytest.mark.parametrize("query", ["lieu=zzzq&page=abc&tri=zut", "page=9999&size=1", "lat=nan&lon=1", "q=%00%ff"])
def test_a_value_that_cannot_be_is_left_out(few: TestClient, query: str) -> None:
    read(few, query)


def test_a_long_list_is_shown_by_the_three_hundred_around_its_page_and_this_is_said(many: TestClient) -> None:
    first, later = read(many), read(many, "lieu=Belfort&page=23")
    assert (len(first["points"]), len(later["points"])) == (300, 250)
    said = [answer["phrases"][1] for answer in (first, later)]
    assert said == [
        "La liste compte 450\u00a0offres : la carte montre les 300\u00a0premières.",
        "La liste compte 450\u00a0offres : la carte en montre 250, autour de cette page.",
    ]


@pytest.mark.parametrize("page", [1, 5, 6, 11, 16, 23])
def test_the_offers_of_the_page_are_always_among_them(many: TestClient, page: int) -> None:
    query = f"lieu=Belfort&tri=distance&page={page}"
    cards = Page.read(many.get(f"/offres?{query}").text).all("article", class_="card")
    assert cards
    assert {card.get("data-offer") for card in cards} <= ids(read(many, query))


def test_nothing_found_has_no_point_and_says_so(few: TestClient) -> None:
    answer = read(few, "lieu=Brest&rayon_km=2&modes_accueil=en-presentiel")
    assert (answer["points"], answer["phrases"]) == ([], ["Aucune offre à montrer sur la carte."])


def test_what_a_person_typed_is_kept_by_no_shared_cache_nor_listed(few: TestClient) -> None:
    headers = few.get("/carte.json?q=loyer").headers
    assert headers["cache-control"].startswith("private")
    assert headers["x-robots-tag"] == "noindex"


def test_without_an_index_the_map_is_refused_and_the_refusal_is_no_point(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    world.bring([structure(nom="Maison")])
    assert TestClient(world.app).get("/carte.json").status_code == 503


def test_the_page_gives_the_map_the_address_of_its_own_search(few: TestClient) -> None:
    page = Page.read(few.get(f"/offres?lieu=Belfort&thematiques={RENT}&page=1").text)
    address = page.all("div", id="liste")[0].get("data-map-points")
    assert address.startswith("/carte.json?")
    assert ids(few.get(address).json()) == {"ex--o1"}


def test_without_the_scripts_no_map_is_promised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, few: TestClient
) -> None:
    monkeypatch.setattr("ui.routes.load_assets", lambda: load_assets(tmp_path / "absent"))
    bare = FastAPI()
    bare.state.services = few.app.state.services  # type: ignore[attr-defined]
    mount(bare, build_pages(demonstration_site()))
    page = Page.read(TestClient(bare).get("/offres?lieu=Belfort").text)
    assert (page.all("section", id="carte"), "Voir la carte" in page.text()) == ([], False)
    assert page.titles()
