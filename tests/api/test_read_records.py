"""Reading one offer, its likes, one structure, the sources and the vocabularies."""

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from indexer.schema.vocabulary import vocabulary
from search_api.routers.doc import VOCABULARIES
from tests.api.worlds import ODD_ID


def test_an_offer_comes_with_its_structure(client: TestClient) -> None:
    offer = client.get("/v1/offers/ex--o1").json()
    assert offer["nom"] == "Passer le permis de conduire"
    assert offer["structure"]["nom"] == "Maison des mobilités"
    assert offer["statut"] == "publiee"


def test_an_id_of_any_characters_is_read_percent_encoded(client: TestClient) -> None:
    assert client.get(f"/v1/offers/{quote(ODD_ID, safe='')}").json()["id"] == ODD_ID
    assert client.get(f"/v1/offers/{quote(ODD_ID, safe='')}/similaires").status_code == 200


def test_an_id_that_ends_like_an_address_is_told_from_that_address(client: TestClient) -> None:
    assert client.get("/v1/offers/ex--o1%2Fsimilaires").json()["id"] == "ex--o1/similaires"
    assert "items" in client.get("/v1/offers/ex--o1/similaires").json()


@pytest.mark.parametrize("offer_id", ["ex--inconnue", "sans-tirets", "%00", "a--%ff", "x" * 600, "a--b%0A"])
def test_an_unknown_offer_is_not_found(client: TestClient, offer_id: str) -> None:
    answer = client.get(f"/v1/offers/{offer_id}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_retired_offer_is_gone_with_its_name_and_alternatives(client: TestClient) -> None:
    answer = client.get("/v1/offers/ex--ancienne")
    gone = answer.json()
    assert answer.status_code == 410
    assert gone["offre"]["nom"] == "Ancien permis à un euro"
    assert {item["offre"]["id"] for item in gone["alternatives"]} == {"ex--o1", "ex--o2"}


@pytest.mark.parametrize(("offer_id", "statut"), [("ex--o7", "suspendue"), ("ex--o8", "expiree")])
def test_suspended_and_expired_offers_are_read_with_their_state(client: TestClient, offer_id: str, statut: str) -> None:
    answer = client.get(f"/v1/offers/{offer_id}")
    assert (answer.status_code, answer.json()["statut"]) == (200, statut)


def test_an_offer_without_its_structure_is_not_shown(client: TestClient) -> None:
    assert client.get("/v1/offers/ex--o9").status_code == 404


def test_similar_offers_are_others_as_many_as_asked(client: TestClient) -> None:
    found = [item["offre"]["id"] for item in client.get("/v1/offers/ex--o1/similaires?size=1").json()["items"]]
    assert found == ["ex--o2"]


def test_an_offer_out_of_the_index_has_alternatives_too(client: TestClient) -> None:
    items = client.get("/v1/offers/ex--o8/similaires").json()["items"]
    assert items
    assert "ex--o8" not in {item["offre"]["id"] for item in items}


def test_the_likes_of_a_retired_offer_are_those_of_its_problem(client: TestClient) -> None:
    answer = client.get("/v1/offers/ex--ancienne/similaires")
    assert answer.status_code == 410
    assert answer.json()["alternatives"]


def test_a_structure_comes_with_its_published_offers(client: TestClient) -> None:
    structure = client.get("/v1/structures/ex--s1").json()
    offers = {offer["id"]: offer for offer in structure["offres"]}
    assert structure["siret"] == "21900010100015"
    assert "ex--o1" in offers
    assert not offers.keys() & {"ex--o7", "ex--o8", "ex--ancienne"}
    assert "structure" not in offers["ex--o1"]


def test_an_unknown_structure_is_not_found(client: TestClient) -> None:
    assert client.get("/v1/structures/ex--o1").status_code == 404


def test_sources_tell_what_each_brings(client: TestClient) -> None:
    (source,) = client.get("/v1/sources").json()["items"]
    assert (source["source"], source["flux"], source["structures"], source["offres"]) == ("ex", "a", 2, 41)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_each_vocabulary_is_listed_whole_and_in_order(client: TestClient, name: str) -> None:
    listed = [term["value"] for term in client.get(f"/v1/doc/{name}").json()]
    assert listed == [term.value for term in vocabulary(VOCABULARIES[name][0]).values()]


def test_a_thematique_has_its_plain_label_and_its_category(client: TestClient) -> None:
    terms = {term["value"]: term for term in client.get("/v1/doc/thematiques").json()}
    loyer = terms["logement-hebergement--reduire-les-impayes-de-loyer"]
    assert (loyer["label_simple"], loyer["parent"]) == ("Payer son loyer", "logement-hebergement")
    assert terms["logement-hebergement"]["parent"] is None
