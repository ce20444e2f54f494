"""The page when nothing is found: each way out is true, and leads somewhere."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import RENT
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import Page, pages_of, words_of
from ui.wording import say_at

FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
ON_SITE = {"modes_accueil": ("en-presentiel",)}
VESOUL = {"commune": "Vesoul", "code_insee": "70550", "latitude": 47.62, "longitude": 6.155, **ON_SITE}
HAVRE = {"commune": "Le Havre", "code_insee": "76351", "latitude": 49.49, "longitude": 0.11, **ON_SITE}
DELLE = {"commune": "Delle", "code_insee": "90033", "latitude": 47.508, "longitude": 6.999, **ON_SITE}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    records = [
        structure(nom="Maison"),
        offer(1, nom="Loyer à Vesoul", thematiques=(RENT,), frais="gratuit", type_offre="service", **VESOUL),
        offer(2, nom="Loyer au Havre", thematiques=(RENT,), frais="gratuit", type_offre="service", **HAVRE),
        offer(3, nom="Français à Delle", thematiques=(FRENCH,), frais="payant", type_offre="formation", **DELLE),
        offer(4, nom="Loyer par téléphone", thematiques=(RENT,), frais="payant", modes_accueil=("a-distance",)),
    ]
    with pages_of(tmp_path_factory.mktemp("nothing"), records) as client:
        yield client


def read(client: TestClient, query: str) -> Page:
    """A page of nothing."""
    page = Page.read(client.get(f"/offres?{query}").text)
    assert "Nous n’avons pas trouvé d’offre" in page.text("h1")
    return page


def ways(page: Page) -> dict[str, str]:
    """Links that tell a number of offers, by their words."""
    return {words: address for words, address in page.links().items() if re.search(r" : \d+ offre", words)}


@pytest.mark.parametrize(
    "query",
    [
        f"lieu=Belfort&rayon_km=10&thematiques={RENT}&modes_accueil=en-presentiel",
        f"lieu=Belfort&rayon_km=10&thematiques={FRENCH}&frais=gratuit&types_offre=formation",
        f"lieu=Brest&thematiques={RENT}&modes_accueil=en-presentiel&debut_apres=2026-04-01",
        "types_offre=immersion&frais=gratuit",
        "q=loyer&lieu=Belfort&rayon_km=2&modes_accueil=en-presentiel",
    ],
)
def test_every_way_out_gives_exactly_the_offers_that_it_tells(client: TestClient, query: str) -> None:
    found = ways(read(client, query))
    assert found
    for words, address in found.items():
        told = re.search(r"(\d+) offre", words)
        given = re.match(r"\d+", Page.read(client.get(address).text).text("h1"))
        assert told is not None
        assert given is not None
        assert given[0] == told[1]


def test_the_nearest_is_told_with_its_distance_and_commune_and_one_tap_reaches_it(client: TestClient) -> None:
    page = read(client, f"lieu=Belfort&rayon_km=10&thematiques={RENT}&modes_accueil=en-presentiel")
    assert page.text("p", class_="lead") == "La plus proche est à 53 km, à Vesoul."
    assert page.titles() == ["Loyer à Vesoul"]
    button = page.all("a", class_="button")[-1]
    assert words_of(button) == "Chercher jusqu’à 100 km : 1 offre"
    assert Page.read(client.get(button.get("href")).text).titles() == ["Loyer à Vesoul"]


def test_no_radius_that_would_give_nothing_is_offered(client: TestClient) -> None:
    page = read(client, f"lieu=Brest&rayon_km=10&thematiques={RENT}&modes_accueil=en-presentiel")
    assert not [words for words in page.links() if words.startswith("Chercher jusqu")]
    assert "Les plus proches" not in page.text()


def test_filters_in_the_way_are_named_with_what_their_removal_gives(client: TestClient) -> None:
    page = read(client, f"lieu=Belfort&rayon_km=50&thematiques={FRENCH}&frais=gratuit&modes_accueil=en-presentiel")
    assert page.text("p", class_="lead") == "Sans vos filtres, la plus proche est à 18 km, à Delle."
    assert list(ways(page))[:1] == ["Sans « Gratuit » : 1 offre"]


def test_several_values_of_a_filter_leave_together(client: TestClient) -> None:
    page = read(client, f"lieu=Belfort&thematiques={FRENCH}&types_offre=immersion&types_offre=service")
    removed = ways(page)["Sans « Immersion » ni « Service » : 1 offre"]
    assert "types_offre" not in removed


def test_remote_offers_for_the_same_need_are_offered(client: TestClient) -> None:
    page = read(client, f"lieu=Belfort&rayon_km=5&thematiques={RENT}&modes_accueil=en-presentiel")
    assert "À distance, par téléphone ou Internet : 1 offre" in ways(page)


def test_a_single_filter_is_offered_to_leave_once(client: TestClient) -> None:
    page = read(client, f"lieu=Delle&rayon_km=5&thematiques={RENT}&modes_accueil=en-presentiel&debut_apres=2026-04-01")
    ways_out = [a for a in page.all("a") if re.search(r" : \d+ offre", words_of(a))]
    addresses = [a.get("href") for a in ways_out]
    assert len(addresses) == len(set(addresses)) > 1


@pytest.mark.parametrize(
    ("name", "told"),
    [("Vesoul", "à Vesoul"), ("Le Havre", "au Havre"), ("Les Abymes", "aux Abymes"), ("La Rochelle", "à La Rochelle")],
)
def test_a_commune_is_told_as_people_say_it(name: str, told: str) -> None:
    assert say_at(name) == told


def test_the_contacts_of_the_territory_are_there_to_call(client: TestClient) -> None:
    page = read(client, "lieu=Brest&types_offre=immersion")
    assert {"tel:3949", "tel:3939"} <= set(page.links().values())
    assert "Demandez à la mairie" in page.text()
