"""`GET /v1/offers`: what is asked is what is answered."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from indexer.engines.base import FACET_FIELDS


def search(client: TestClient, **params: Any) -> dict[str, Any]:
    answer = client.get("/v1/offers", params=params)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def ids(body: dict[str, Any]) -> list[str]:
    return [item["offre"]["id"] for item in body["items"]]


def test_words_and_place_find_the_offers_that_hold_them_nearby(client: TestClient) -> None:
    body = search(client, q="permis", code_commune="90010", rayon_km=30)
    assert ids(body) == ["ex--o1", "ex--o2"]
    assert body["total"] == 2
    assert body["lieu"]["nom"] == "Belfort"
    assert not body["par_sens"]


def test_the_radius_leaves_out_what_is_farther(client: TestClient) -> None:
    assert ids(search(client, q="permis", code_commune="90010", rayon_km=5)) == ["ex--o1"]


def test_a_point_and_its_commune_search_the_same_place(client: TestClient) -> None:
    by_point = search(client, q="permis", lat=47.6397, lon=6.8638)
    assert ids(by_point) == ids(search(client, q="permis", code_commune="90010"))
    assert by_point["lieu"]["code_commune"] == "90010"


def test_longitude_zero_is_a_place(client: TestClient) -> None:
    body = search(client, lat=49.2, lon=0, rayon_km=10)
    assert "ex--o1" not in ids(body)
    assert body["lieu"] is not None


def test_repeated_values_are_an_or(client: TestClient) -> None:
    both = search(client, types_offre=["atelier", "formation"])
    assert sorted(ids(both)) == ["ex--o5", "ex--o6"]


def test_a_category_stands_for_its_thematiques(client: TestClient) -> None:
    assert sorted(ids(search(client, thematiques="mobilite"))) == ["ex--o1", "ex--o2"]


def test_an_unknown_cost_matches_with_a_reserve(client: TestClient) -> None:
    body = search(client, thematiques="mobilite", frais="gratuit")
    assert ids(body) == ["ex--o2"]
    assert body["items"][0]["reserves"] == ["prix à vérifier"]


@pytest.mark.parametrize(("first", "last", "expected"), [("2026-05-20", "2026-05-20", 1), ("2026-05-21", None, 0)])
def test_days_are_inclusive_and_leave_out_offers_without_session(
    client: TestClient, first: str, last: str | None, expected: int
) -> None:
    params = {"debut_apres": first} | ({} if last is None else {"debut_avant": last})
    assert search(client, **params)["total"] == expected


def test_each_facet_value_gives_the_number_it_tells_once_sent_back(client: TestClient) -> None:
    body = search(client, code_commune="90010", facettes=list(FACET_FIELDS))
    assert list(body["facettes"]) == list(FACET_FIELDS)
    for name, values in body["facettes"].items():
        for value in values:
            alone = search(client, code_commune="90010", **{name: value["valeur"]})
            assert alone["total"] == value["nombre"], (name, value)


def test_a_facet_ignores_its_own_selection_and_marks_it(client: TestClient) -> None:
    body = search(client, thematiques="mobilite", facettes="thematiques")
    values = {value["valeur"]: value for value in body["facettes"]["thematiques"]}
    assert values["mobilite"]["selectionne"]
    assert values["logement-hebergement"]["nombre"] == 2
    assert values["logement-hebergement--reduire-les-impayes-de-loyer"]["parent"] == "logement-hebergement"


def test_pages_and_cursors_walk_all_offers_once_in_the_same_order(client: TestClient) -> None:
    paged = [offer for page in (1, 2, 3, 4) for offer in _with_siblings(search(client, size=10, page=page))]
    walked, cursor = [], None
    while True:
        body = search(client, size=10, **({} if cursor is None else {"curseur": cursor}))
        walked += _with_siblings(body)
        cursor = body["curseur"]
        if cursor is None:
            break
    assert walked == paged
    assert len(set(walked)) == len(walked) == body["total"]


def test_siblings_elsewhere_are_folded_and_still_counted(client: TestClient) -> None:
    body = search(client, q="permanence numérique", size=50)
    assert body["total"] == 30
    assert len(body["items"]) == 1
    assert len(body["items"][0]["autres_lieux"]) == 29


def test_explain_tells_the_named_parts_of_each_score(client: TestClient) -> None:
    explained = search(client, q="permis", explain="true")["items"][0]["explication"]
    assert explained
    assert all(isinstance(part, float) for part in explained.values())
    assert "explication" not in search(client, q="permis")["items"][0]


def test_the_cursor_hides_the_page_number(client: TestClient) -> None:
    first = search(client, size=10)
    assert search(client, size=10, curseur=first["curseur"])["page"] is None
    assert first["page"] == 1


def test_suspended_expired_and_orphan_offers_are_never_found(client: TestClient) -> None:
    found = {offer for page in (1, 2, 3, 4) for offer in _with_siblings(search(client, size=10, page=page))}
    assert not found & {"ex--o7", "ex--o8", "ex--o9", "ex--ancienne"}


def test_contact_names_are_never_sent(client: TestClient) -> None:
    assert "Ada L." not in client.get("/v1/offers", params={"types_offre": "formation"}).text


def _with_siblings(body: dict[str, Any]) -> list[str]:
    return [
        i for item in body["items"] for i in (item["offre"]["id"], *(other["id"] for other in item["autres_lieux"]))
    ]
