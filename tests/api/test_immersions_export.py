"""`GET /v1/immersions`: Immersion Facilitée's public shape, read back by our own import."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from indexer.feeds.immersions import iter_immersions
from indexer.feeds.opening import open_feed
from indexer.language.needs import SilentReader
from indexer.schema import Kind
from search_api.app import create_app
from search_api.schemas.immersions import ImmersionsResponse
from search_api.services import open_services
from tests.api.worlds import BELFORT, DELLE, NOW, fill, settings_in
from tests.support.hashing_encoder import HashingEncoder
from tests.support.small_feeds import offer, structure

BAKERY, GARAGE = "55210055400013", "73282932000074"


def immersion(number: int, siret: str, metiers: tuple[str, ...], **fields: Any) -> Any:
    told = {"entreprise": f"Entreprise {number}", "siret": siret, "mode_contact": "courriel"}
    name = f"Immersion {number}"
    return offer(number, nom=name, type_offre="immersion", metiers=metiers, immersion=told, **fields)


RECORDS = [
    structure(1, telephone="+33384000101", courriel="secret@exemple.fr", **BELFORT),
    immersion(1, BAKERY, ("D1102", "D1104"), description="Voir le four.", courriel="secret@exemple.fr", **BELFORT),
    immersion(2, GARAGE, ("I1604",), telephone="+33384000102", contact_nom_prenom="Ada L.", **DELLE),
    offer(3, nom="Un atelier", type_offre="atelier", **BELFORT),
]


@pytest.fixture(scope="module")
def immersions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = settings_in(tmp_path_factory.mktemp("immersions"))
    fill(settings, RECORDS)
    services = open_services(settings, encoder=HashingEncoder, clock=lambda: NOW, needs=SilentReader())
    yield TestClient(create_app(services=services))
    services.close()


def read(client: TestClient, query: str = "") -> Any:
    answer = client.get(f"/v1/immersions{query}")
    assert answer.status_code == 200, answer.text
    TypeAdapter(ImmersionsResponse).validate_json(answer.content, strict=True)
    return answer.json()


def test_only_immersions_are_given_one_result_a_job(immersions: TestClient) -> None:
    found = read(immersions)
    assert {(one["siret"], one["rome"]) for one in found["data"]} == {
        (BAKERY, "D1102"), (BAKERY, "D1104"), (GARAGE, "I1604")
    }  # fmt: skip
    assert found["pagination"]["totalRecords"] == 2


def test_around_a_place_the_nearest_comes_first_with_its_distance(immersions: TestClient) -> None:
    found = read(immersions, "?code_commune=90033&rayon_km=30")["data"]
    assert found[0]["siret"] == GARAGE
    assert found[0]["distance_m"] < found[-1]["distance_m"]


def test_the_radius_and_the_jobs_bound_what_is_given(immersions: TestClient) -> None:
    assert [one["rome"] for one in read(immersions, "?code_commune=90010&rayon_km=5&metiers=D1104")["data"]] == [
        "D1104"
    ]
    assert read(immersions, "?metiers=A1101")["data"] == []


def test_pages_hold_each_offer_once(immersions: TestClient) -> None:
    pages = [read(immersions, f"?size=1&page={number}")["data"] for number in (1, 2, 3)]
    assert sorted(one["siret"] for page in pages for one in page) == sorted([BAKERY, BAKERY, GARAGE])
    assert pages[2] == []


def test_no_phone_no_mail_and_no_name_of_a_person_leaves(immersions: TestClient) -> None:
    text = immersions.get("/v1/immersions").text
    assert not any(secret in text for secret in ("secret@", "+3338400", "Ada L."))


@pytest.mark.parametrize(
    "query", ["?q=boulanger", "?metier=D1102", "?metiers=ZZ", "?rayon_km=0", "?size=101", "?lat=47"]
)
def test_what_is_not_understood_is_refused(immersions: TestClient, query: str) -> None:
    assert immersions.get(f"/v1/immersions{query}").status_code == 422


def test_our_own_import_reads_the_answer_back(immersions: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "immersions.json"
    path.write_bytes(immersions.get("/v1/immersions").content)
    with open_feed(str(path)) as file:
        rows = list(iter_immersions(file))
    offers = [row.fields for row in rows if row.kind is Kind.OFFER]
    companies = {row.fields["siret"]: row.fields["nom"] for row in rows if row.kind is Kind.STRUCTURE}
    assert companies == {BAKERY: "Entreprise 1", GARAGE: "Entreprise 2"}
    assert {(one["immersion"]["siret"], *one["metiers"]) for one in offers} == {
        (BAKERY, "D1102"), (BAKERY, "D1104"), (GARAGE, "I1604")
    }  # fmt: skip
    [bread] = [one for one in offers if one["metiers"] == ["D1102"]]
    assert (bread["commune"], bread["latitude"]) == ("Belfort", BELFORT["latitude"])
    assert bread["immersion"]["mode_contact"] == "courriel"
    assert "Voir le four." in bread["description"]
