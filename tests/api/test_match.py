"""`POST /v1/match`: a plan for a profile, every bad profile told in French, and nothing kept of a person."""

import io
from typing import Any

import orjson
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from search_api.app import create_app
from search_api.logs import build_log
from search_api.schemas.match import MatchResponse, example_plan, example_profile
from search_api.services import Services

ADDRESS = "/v1/match"
PLACE = {"lieu": {"code_commune": "90010"}}
PERMIT, RENT = "mobilite--preparer-un-permis", "logement-hebergement--reduire-les-impayes-de-loyer"


def need(theme: str, **more: Any) -> dict[str, Any]:
    return {"thematique": theme, **more}


def plan_of(client: TestClient, **profile: Any) -> dict[str, Any]:
    answer = client.post(ADDRESS, json=PLACE | profile)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def errors_of(client: TestClient, body: Any) -> dict[str, tuple[str, str | None]]:
    """Field → message and proposition."""
    answer = client.post(ADDRESS, json=body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["parametre"]: (error["message"], error["proposition"]) for error in answer.json()["errors"]}


def test_a_need_gets_the_offers_around_with_distance_journey_and_reasons(client: TestClient) -> None:
    (answered,) = plan_of(client, publics=["familles"], besoins=[need(RENT, priorite="haute")])["besoins"]
    offer = answered["offres"][0]
    assert (answered["label"], answered["origine"], answered["priorite"]) == ("Payer son loyer", "explicite", "haute")
    assert offer["offre"]["nom"] == "Payer son loyer"
    assert (offer["distance_km"], offer["duree_min"] > 0) == (0.1, True)
    assert offer["raisons"][0].startswith("Répond à : Payer son loyer")
    assert answered["sans_offre"] is None


def test_an_answer_is_what_the_document_says(client: TestClient) -> None:
    told = plan_of(client, besoins=[need(PERMIT), need(RENT), need("sante")], texte="Je cherche un logement.", age=30)
    assert MatchResponse.model_validate_json(orjson.dumps(told)) is not None


def test_the_examples_of_the_document_are_true(client: TestClient) -> None:
    assert client.post(ADDRESS, json=example_profile()).status_code == 200
    assert MatchResponse.model_validate_json(orjson.dumps(example_plan())) is not None


def test_a_need_without_an_offer_nearby_says_the_nearest_and_what_is_remote(client: TestClient) -> None:
    walk = {"moyens": ["a-pied"], "duree_max_min": 15}
    delle = {"lat": 47.5079, "lon": 7.0}
    (answered,) = plan_of(client, lieu=delle, mobilite=walk, besoins=[need(RENT)])["besoins"]
    assert answered["offres"] == []
    assert answered["sans_offre"]["offre_la_plus_proche"]["offre"]["nom"] == "Payer son loyer"
    assert 10 < answered["sans_offre"]["distance_km"] < 25
    assert [one["offre"]["nom"] for one in answered["sans_offre"]["a_distance"]] == ["Conseil par téléphone"]


def test_a_place_in_a_departement_without_an_offer_hides_no_need(client: TestClient) -> None:
    told = plan_of(client, lieu={"code_commune": "97411"}, besoins=[need(PERMIT)])
    assert told["besoins"][0]["offres"] == []
    assert told["besoins"][0]["sans_offre"] == {"offre_la_plus_proche": None, "distance_km": None, "a_distance": []}
    assert any("Aucune offre à portée" in alert for alert in told["alertes"])


def test_a_paid_offer_is_left_out_for_whom_needs_a_free_one_and_an_unknown_price_is_told(client: TestClient) -> None:
    car = {"moyens": ["voiture"], "duree_max_min": 60}
    (answered,) = plan_of(client, mobilite=car, besoins=[need(PERMIT)], contraintes={"gratuit": True})["besoins"]
    told = {one["offre"]["nom"]: one["reserves"] for one in answered["offres"]}
    assert list(told) == ["Aide au permis, sans en dire le prix"]
    assert "prix à vérifier" in told["Aide au permis, sans en dire le prix"]


def test_nothing_remote_is_given_to_whom_refuses_it(client: TestClient) -> None:
    told = plan_of(client, besoins=[need(RENT)], contraintes={"a_distance": "refuse"})
    assert [one["offre"]["nom"] for one in told["besoins"][0]["offres"]] == ["Payer son loyer"]


def test_a_strength_is_no_need(client: TestClient) -> None:
    told = plan_of(client, besoins=[need(RENT, etat="point-fort"), need(PERMIT)])
    assert [one["thematique"] for one in told["besoins"]] == [PERMIT]


def test_a_contradiction_keeps_the_need_and_is_told(client: TestClient) -> None:
    told = plan_of(client, besoins=[need(PERMIT), need(PERMIT, etat="point-fort")])
    assert [one["thematique"] for one in told["besoins"]] == [PERMIT]
    assert any("besoin et point fort" in alert for alert in told["alertes"])


def test_no_need_and_no_project_is_told(client: TestClient) -> None:
    told = plan_of(client)
    assert told["besoins"] == []
    assert any(alert.startswith("Aucun besoin ni projet") for alert in told["alertes"])


def test_an_offer_for_a_public_that_may_be_theirs_comes_after_with_its_reserve(client: TestClient) -> None:
    told = plan_of(client, besoins=[need(RENT)])
    assert [one["offre"]["nom"] for one in told["besoins"][0]["offres"]] == ["Conseil par téléphone", "Payer son loyer"]
    assert "réservé à : Familles (à vérifier)" in told["besoins"][0]["offres"][1]["reserves"]


def test_the_limit_by_need_is_kept(client: TestClient) -> None:
    told = plan_of(client, besoins=[need(RENT)], par_besoin=1)
    assert len(told["besoins"][0]["offres"]) == 1


def test_a_distress_comes_first_with_its_numbers(client: TestClient) -> None:
    told = plan_of(client, besoins=[need(PERMIT, priorite="haute")], texte="Ce soir je dors dehors, je suis à la rue.")
    assert told["urgence"]["motif"] == "a-la-rue"
    assert told["besoins"][0]["urgent"] is True
    assert "115" in told["alertes"][0]


def test_a_long_note_is_read_at_its_beginning_and_says_so(client: TestClient) -> None:
    told = plan_of(client, texte="Je cherche un logement pour ma famille. " * 1_250)
    assert any("La note est longue" in alert for alert in told["alertes"])


def test_what_a_conversion_did_not_understand_is_handed_back(client: TestClient) -> None:
    assert plan_of(client, non_compris=["thème 42"])["non_compris"] == ["thème 42"]


def test_a_merged_commune_becomes_that_of_today(client: TestClient) -> None:
    told = plan_of(client, lieu={"code_commune": "90068"})  # Meroux, part of Meroux-Moval since 2019
    assert told["lieu"]["nom"] == "Meroux-Moval"


def test_a_point_is_a_place(client: TestClient) -> None:
    assert plan_of(client, lieu={"lat": 47.64, "lon": 6.86})["lieu"]["nom"] == "Belfort"


def test_the_schema_of_the_profile_is_published(client: TestClient) -> None:
    schema = client.get("/v1/profiles/schema").json()
    assert schema["title"] == "Profil"
    assert schema["required"] == ["lieu"]
    assert PERMIT in orjson.dumps(schema).decode()


def test_a_profile_without_a_place_is_refused(client: TestClient) -> None:
    assert errors_of(client, {"besoins": []})["lieu"][0] == "Ce champ manque."
    assert "où vit la personne" in errors_of(client, {"lieu": {}})["lieu"][0]


def test_unknown_codes_are_named_with_the_closest(client: TestClient) -> None:
    body = PLACE | {
        "besoins": [need("mobilit--preparer-permis")],
        "publics": ["jeune"],
        "projets": [{"code_rome": "Z9"}],
    }
    errors = errors_of(client, body)
    assert errors["besoins[0].thematique"][1] == PERMIT
    assert errors["publics[0]"][1] == "jeunes"
    assert "Z9" in errors["projets[0].code_rome"][0]


def test_a_postal_code_is_recognised(client: TestClient) -> None:
    assert errors_of(client, {"lieu": {"code_commune": "59000"}})["lieu.code_commune"][1] == "59350"


def test_an_age_of_seven_is_refused_kindly(client: TestClient) -> None:
    message, _ = errors_of(client, PLACE | {"age": 7})["age"]
    assert "14 à 110 ans" in message
    assert "parent" in message


def test_two_hundred_needs_are_refused_with_the_limit(client: TestClient) -> None:
    message, _ = errors_of(client, PLACE | {"besoins": [need(PERMIT)] * 200})["besoins"]
    assert "200" in message
    assert "100" in message


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"besoin": []}, "besoin"),
        ({"besoins": {}}, "besoins"),
        ({"besoins": [{}]}, "besoins[0]"),
        ({"besoins": [3]}, "besoins[0]"),
        ({"besoins": [{"thematique": PERMIT, "etat": "oui"}]}, "besoins[0].etat"),
        ({"mobilite": {"moyens": ["avion"]}}, "mobilite.moyens[0]"),
        ({"mobilite": {"duree_max_min": 1}}, "mobilite.duree_max_min"),
        ({"mobilite": {"duree": 1}}, "mobilite.duree"),
        ({"contraintes": {"gratuit": "oui"}}, "contraintes.gratuit"),
        ({"par_besoin": 0}, "par_besoin"),
        ({"age": "30"}, "age"),
        ({"texte": 3}, "texte"),
        ({"lieu": "Belfort"}, "lieu"),
        ({"lieu": {"lat": 47.6}}, "lieu"),
        ({"lieu": {"lat": 100, "lon": 0}}, "lieu.lat"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(client: TestClient, body: dict[str, Any], field: str) -> None:
    assert field in errors_of(client, PLACE | body)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", b'{"lieu": {"code_commune": "90010"}, "besoins": [', b"\xff"])
def test_a_body_that_is_no_object_is_refused(client: TestClient, raw: bytes) -> None:
    answer = client.post(ADDRESS, content=raw)
    assert answer.status_code == 422
    assert answer.json()["title"] == "Requête refusée"


def test_a_null_is_an_absent_field(client: TestClient) -> None:
    assert plan_of(client, besoins=None, age=None, mobilite={"moyens": None})["besoins"] == []


def test_nothing_of_a_profile_is_logged(services: Services) -> None:
    written = io.StringIO()
    app: FastAPI = create_app(services=services, log=build_log("debug", written))
    secret = PLACE | {"texte": "mot-secret-de-la-note", "besoins": [{"texte": "autre-secret"}]}
    assert TestClient(app).post(ADDRESS, json=secret).status_code == 200
    TestClient(app).post(ADDRESS, json=secret | {"age": "mot-secret"})
    assert "/v1/match" in written.getvalue()
    assert "secret" not in written.getvalue()


def test_without_an_index_it_says_so(empty_services: Services) -> None:
    client = TestClient(create_app(services=empty_services, log=build_log("error", io.StringIO())))
    answer = client.post(ADDRESS, json=PLACE | {"besoins": [need(PERMIT)]})
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("pas-d-index")
