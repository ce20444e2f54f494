"""Immersions, places of digital mediation, local aids, French courses, lists of places."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from indexer.errors import FeedError
from indexer.feeds.base import REFUSAL_KEY, FeedOptions
from indexer.feeds.derived import DERIVED_KIND, NOTICE
from indexer.feeds.digital_places import split
from indexer.feeds.french_courses import split_place
from indexer.feeds.local_aids import build_zone
from indexer.schema import Kind, RawRecord

Read = Callable[..., list[RawRecord]]

IMMERSION: dict[str, Any] = {
    "siret": "12345678900011",
    "name": "SARL DU FOUR",
    "customizedName": "Fournil des Rives",
    "rome": "D1102",
    "romeLabel": "Boulangerie",
    "appellations": [{"appellationCode": "1", "appellationLabel": "Boulanger"}],
    "nafLabel": "Boulangerie et pâtisserie",
    "address": {"streetNumberAndAddress": "2 rue A", "postcode": "86000", "city": "Poitiers", "departmentCode": "86"},
    "position": {"lat": 46.5, "lon": 0.3},
    "voluntaryToImmersion": True,
    "contactMode": "IN_PERSON",
    "locationId": "l1",
    "contactDetails": {"firstName": "Anne", "lastName": "Durand", "email": "anne@example.org"},
}


def offers(records: list[RawRecord]) -> list[dict[str, Any]]:
    return [record.fields for record in records if record.kind is Kind.OFFER and REFUSAL_KEY not in record.fields]


def structures(records: list[RawRecord]) -> list[dict[str, Any]]:
    return [record.fields for record in records if record.kind is Kind.STRUCTURE]


def test_a_company_and_a_metier_make_an_immersion_without_the_name_of_anyone(read: Read) -> None:
    records = read(json.dumps([IMMERSION, {**IMMERSION, "rome": "D1104", "romeLabel": "Pâtisserie"}]))
    assert len(structures(records)) == 1
    first, second = offers(records)
    assert first["immersion"] == {
        "entreprise": "Fournil des Rives",
        "siret": "12345678900011",
        "mode_contact": "en-personne",
    }
    assert (first["metiers"], first["commune"], first["type_offre"]) == (["D1102"], "Poitiers", "immersion")
    assert first["id"] != second["id"]
    assert "Durand" not in str([record.fields for record in records])
    assert "anne@" not in str([record.fields for record in records])


def test_a_company_that_did_not_volunteer_is_refused_unless_asked_for(read: Read) -> None:
    content = json.dumps([{**IMMERSION, "voluntaryToImmersion": False}])
    assert offers(read(content)) == []
    assert len(offers(read(content, options=FeedOptions(values={"suggestions": "garder"})))) == 1


PLACE = {
    "id": "p1",
    "pivot": "12345678900011",
    "nom": "Médiathèque",
    "commune": "Albi",
    "code_postal": "81000",
    "adresse": "1 rue A",
    "services": "Prendre en main un ordinateur;Accéder à du matériel",
    "conditions_acces": "Gratuit : Je peux accéder gratuitement au lieu et à ses services",
    "publics_accueillis": "Jeunes (16-26 ans);Seniors (+ 65 ans)",
    "labels_nationaux": "CNFS;France Services",
    "source": "hub",
}


def test_a_place_of_digital_mediation_is_a_structure_and_what_it_does(read: Read) -> None:
    records = read(json.dumps(PLACE))
    (structure,), (offer,) = structures(records), offers(records)
    assert structure["siret"] == "12345678900011"
    assert structure["reseaux_porteurs"] == ["conseillers-numeriques", "france-service"]
    assert offer["thematiques"] == ["numerique--prendre-en-main-un-ordinateur", "numerique--acceder-a-du-materiel"]
    assert (offer["frais"], offer["publics"], offer["source"]) == ("gratuit", ["jeunes", "seniors"], "hub")


def test_a_place_that_does_not_say_what_it_does_makes_no_offer(read: Read) -> None:
    records = read(json.dumps({**PLACE, "services": ""}))
    assert len(structures(records)) == 1
    assert offers(records) == []


def test_the_form_of_a_hub_is_read_by_its_questions(read: Read) -> None:
    form = {
        "Nom du lieu ou de la structure": "EPN",
        "Ville": "Vienne",
        "Code postal": 38200,
        "Adresse postale": "1 rue A",
        "Lundi": "9h à 12h",
        "Mardi": "Fermé",
        "Site Web": "http://",
        "Tarifs": 'Gratuit,Adhésion',
        "Formations compétences de base proposées": 'Découvrir l\'ordinateur","Écrire un document',
        "datetime_latest": "30/09/2022 10:07:14",
    }  # fmt: skip
    records = read(json.dumps(form))
    (structure,), (offer,) = structures(records), offers(records)
    assert structure["horaires_accueil"] == "Lundi : 9h à 12h; Mardi : Fermé"
    assert "site_web" not in structure
    assert offer["thematiques"] == ["numerique--maitriser-les-fondamentaux-du-numerique"]
    assert "frais" not in offer  # free or by membership: neither is the whole truth


def test_answers_are_split_whatever_the_export_did_to_the_quotes() -> None:
    assert split('<i class=""fas""></i> Surdité","<i></i> Cécité') == ["Surdité", "Cécité"]
    assert split("a;b|c") == ["a", "b", "c"]


AID = {
    "id": "rec1",
    "name": "Bourse au permis",
    "desc": "La ville paie.",
    "needs": ["Financer mon permis"],
    "theme": "🛵 Transport et mobilité",
    "type": "Aide financière",
    "geographicalArea": "Échelle communale",
    "cities": ["Béthune (62400)"],
    "districts": ["62 - Pas-de-Calais"],
    "conditions": ["Avoir entre 15 et 25 ans"],
    "supportingDocuments": ["Justificatif de domicile", "Autres"],
    "organisme": "Mairie de Béthune",
}


def test_a_local_aid_says_for_whom_and_where(read: Read) -> None:
    records = read(json.dumps(AID))
    (offer,) = offers(records)
    assert offer["zone_eligibilite"] == ["62119"]
    assert offer["thematiques"] == ["mobilite--preparer-un-permis"]
    assert (offer["publics"], offer["justificatifs"]) == (["jeunes"], ["Justificatif de domicile"])
    assert offer["structure_id"] == structures(records)[0]["id"]


@pytest.mark.parametrize(
    ("area", "expected"),
    [("Échelle communale", ["62119"]), ("Échelle départementale", ["62"]), ("Échelle nationale", ["france"])],
)
def test_the_zone_of_an_aid_follows_its_scale(area: str, expected: list[str]) -> None:
    assert build_zone({**AID, "geographicalArea": area}) == expected


def test_a_town_whose_postal_code_contradicts_its_name_is_left_to_its_departement() -> None:
    assert build_zone({**AID, "cities": ["Béthune (12850)"]}) == ["62"]


def test_a_paragraph_of_place_and_hours_is_taken_apart() -> None:
    text = "Lieux et horaires Centre Didot 15, RUE DES MARINIERS 75014 - PARIS Mardi de 19:00 à 20:30"
    assert split_place(text) == {
        "adresse": "Centre Didot 15, RUE DES MARINIERS",
        "code_postal": "75014",
        "commune": "PARIS",
        "horaires_accueil": "Mardi de 19:00 à 20:30",
    }


def test_a_french_course_is_a_training_with_its_cost(read: Read) -> None:
    course = {
        "titre": "niveau A2",
        "structure": "Mots en chemin",
        "placesDispo": "Places disponibles : OUI",
        "typeCours": "Français à visée professionnelle",
        "derniereModif": "Date de la dernière modification : 10 février 2019",
        "conditions": "Coût (supplémentaire à la cotisation annuelle) : 0 Rémunération : sans rémunération",
        "lieu": "Lieux et horaires 8, RUE A 93200 - SAINT DENIS Horaires non précisés",
    }
    (offer,) = offers(read(json.dumps(course)))
    assert (offer["frais"], offer["date_maj"], offer["commune"]) == ("gratuit", "2019-02-10", "SAINT DENIS")
    assert offer["thematiques"] == ["lecture-ecriture-calcul--maitriser-le-francais"]


FRANCE_SERVICES = """id_fs,lib_fs,adresse,insee_com,code_postal,lib_com,h_lundi,format_fs
1,France services de Valserhône,5 rue A,01033,01200,Valserhône,09:00 - 12:00,Site principal
"""
AGENCIES = (
    "reference,nom,code_safir,adresse,code_postal,commune,lat,lon\nA1,TREVOUX,01004,1 rue A,01600,TREVOUX,45.9,4.7\n"
)
SIAE = {"siret": "12345678900011", "type": "ACI", "nom": "Jardins", "enseigne": None, "naf": "0113z", "commune": "Albi"}


def test_france_services_promises_an_offer_by_its_label_and_it_is_said_to_be_drawn(read: Read) -> None:
    (offer,) = offers(read(FRANCE_SERVICES))
    assert offer["sous_type"] == DERIVED_KIND
    assert NOTICE in offer["description"]
    assert offer["horaires_accueil"] == "lundi 09:00 - 12:00"


@pytest.mark.parametrize("content", [AGENCIES, json.dumps(SIAE)])
def test_a_list_of_structures_makes_no_offer_unless_the_source_declares_one(read: Read, content: str) -> None:
    alone = read(content)
    assert (len(structures(alone)), offers(alone)) == (1, [])
    declared = FeedOptions(values={"offre": "Accueil", "thematiques": ["trouver-un-emploi"]})
    (offer,) = offers(read(content, options=declared))
    assert (offer["sous_type"], offer["thematiques"]) == (DERIVED_KIND, ["trouver-un-emploi"])


def test_a_column_that_has_gone_is_said(read: Read) -> None:
    with pytest.raises(FeedError, match="« id_fs » a disparu"):
        read(FRANCE_SERVICES.replace("id_fs", "numero"), "france-services")
