"""What a moderator is told to look at: words, coordinates, the register. Nothing is refused by a machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse

from indexer.publish.checks import check_register, check_words, load_families
from indexer.publish.company import Company, HttpRegister, build_register
from indexer.publish.who import complete_from_register
from tests.support.pages import serving
from tests.support.publications import BAKERY, Directory

COMPANY = Company(
    BAKERY, "Boulangerie du Lion", "3 RUE DES SAPINS", "90000", "90010", "BELFORT", "10.71C", closed=False
)


def families(text: str) -> set[str]:
    return {check.code for check in check_words({"taches": (text,)}) if check.level == "a-voir"}


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Vous viendrez en renfort pour la saison.", "travail-non-paye"),
        ("Pour remplacer un salarié absent", "travail-non-paye"),
        ("Nous cherchons une JEUNE FEMME souriante", "discrimination"),
        ("Hommes uniquement, port de charges", "discrimination"),
        ("Prévoir 50 € de frais d'inscription", "argent"),
        ("Envoyez votre RIB avant de venir", "argent"),
        ("Écrivez-moi sur WhatsApp", "coordonnees"),
        ("Voir https://exemple.com/gains", "coordonnees"),
        ("Appelez le 06 12 34 56 78", "coordonnees"),
        ("Écrire à lea@exemple.fr", "coordonnees"),
    ],
)
def test_words_that_ask_for_a_closer_look_are_told(text: str, family: str) -> None:
    assert family in families(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vous verrez le pétrissage et vous façonnerez des baguettes avec l’équipe.",
        "On apprend à gérer son budget et à lire un relevé.",
        "Les horaires sont de 8 h à 12 h, chaussures fermées.",
        "Ouvert aux femmes et aux hommes, avec ou sans expérience.",
        "Vous découvrirez l’accueil des enfants à la crèche.",
        "Un métier à la ribambelle de gestes précis.",
    ],
)
def test_ordinary_texts_pass(text: str) -> None:
    assert families(text) == set()


def test_every_family_says_why_it_matters() -> None:
    assert {family.code for family in load_families()} == {
        "travail-non-paye", "discrimination", "argent", "coordonnees",
    }  # fmt: skip
    assert all(family.label and family.why.endswith(".") for family in load_families())


def test_the_register_fills_what_is_empty_and_nothing_else() -> None:
    typed = {"siret": (BAKERY,), "nom": ("Chez Léa",)}
    answers, wrong = complete_from_register(dict(typed), Directory(COMPANY))
    assert wrong == {}
    assert (answers["nom"], answers["adresse"], answers["lieu"]) == (("Chez Léa",), ("3 RUE DES SAPINS",), ("BELFORT",))


def test_a_closed_company_is_told_to_who_publishes() -> None:
    closed = Company(BAKERY, "Boulangerie", "", "", "", "", "", closed=True)
    _, wrong = complete_from_register({"siret": (BAKERY,)}, Directory(closed))
    assert "fermé" in wrong["siret"]


def test_a_wrong_siret_asks_nothing_of_the_register() -> None:
    register = Directory(COMPANY)
    complete_from_register({"siret": ("12345678901234",)}, register)
    assert register.asked == []


def test_an_association_and_another_name_are_told_to_the_moderator() -> None:
    association = Company(BAKERY, "Les Amis du Lion", "", "", "", "", "", closed=False, is_association=True)
    check = check_register({"nom": ("Autre nom",)}, BAKERY, association, is_set=True)
    assert check.level == "a-voir"
    assert "association" in check.detail
    assert check_register({"nom": ("LES AMIS DU LION",)}, BAKERY, association, is_set=True).level == "ok"


@contextmanager
def register_answering(answer: Response) -> Iterator[HttpRegister]:
    """A real server on loopback that gives one answer."""
    app = FastAPI()
    app.add_api_route("/search", lambda: answer)
    with serving(app) as address:
        yield HttpRegister(address)


def test_the_register_s_own_shape_is_read() -> None:
    place = {
        "siret": BAKERY,
        "etat_administratif": "A",
        "adresse": "3 RUE DES SAPINS 90000 BELFORT",
        "code_postal": "90000",
        "commune": "90010",
        "libelle_commune": "BELFORT",
        "activite_principale": "10.71C",
    }
    body = {"results": [{"nom_complet": "Boulangerie du Lion", "siege": {}, "matching_etablissements": [place]}]}
    with register_answering(JSONResponse(body)) as register:
        assert register.find(BAKERY) == COMPANY


@pytest.mark.parametrize(
    "answer",
    [
        JSONResponse({"results": []}),
        JSONResponse({"erreur": "trop de requêtes"}, status_code=429),
        JSONResponse([1, 2]),
        JSONResponse({"results": [{"siege": None, "matching_etablissements": None}, 3]}),
        Response("<html>", media_type="text/html"),
    ],
)
def test_a_register_that_fails_leaves_the_form_to_be_filled_by_hand(answer: Response) -> None:
    with register_answering(answer) as register:
        assert register.find(BAKERY) is None


def test_a_register_that_hangs_is_given_up() -> None:
    release = threading.Event()
    app = FastAPI()
    app.add_api_route("/search", lambda: {"late": release.wait(20)})
    with serving(app) as address:
        try:
            assert HttpRegister(address, timeout_s=0.2).find(BAKERY) is None
        finally:
            release.set()


def test_without_a_setting_nothing_is_asked() -> None:
    assert build_register("").find(BAKERY) is None
