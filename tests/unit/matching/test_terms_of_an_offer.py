"""What the text of an offer asks, set against what a person says (`terms.py`)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.matching.plain import plain
from indexer.matching.reading import read_profile
from indexer.matching.terms import Terms, read_terms


def terms(text: str, words: str = "", **said: Any) -> Terms:
    profile = read_profile({"lieu": {"code_commune": "90010"}} | said)
    return read_terms(profile, plain(words), {"nom": "Une aide", "description": text})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Il faut une promesse d'embauche ou un contrat.",
            "promesse d'embauche, contrat ou entrée en formation demandés",
        ),
        ("Il faut ne pas avoir d'autre moyen de transport.", "pour qui n'a pas d'autre moyen de transport"),
        ("Les visites se font sur décision du juge.", "sur décision d'un juge"),
        ("Cette aide est réservée aux locataires.", "réservé aux locataires"),
        ("Travaux pour les propriétaires occupants.", "réservé aux propriétaires"),
        ("Il faut pouvoir rembourser chaque mois.", "il faut pouvoir rembourser"),
        ("Les enfants de six mois à six ans écoutent.", "pour les enfants de six mois à six ans"),
        ("Pour les enfants de 3 à 11 ans.", "pour les enfants de 3 ans à 11 ans"),
    ],
)
def test_what_is_asked_and_not_known_is_told(text: str, told: str) -> None:
    assert terms(text) == Terms((f"{told} : à vérifier",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Il faut une promesse d'embauche.", "Elle a une promesse d'embauche pour lundi."),
        ("Les visites se font sur décision du juge.", "Le juge a fixé deux samedis par mois."),
        ("Cette aide est réservée aux locataires.", "Locataire dans le privé."),
        ("Les enfants de six mois à six ans écoutent.", "Son fils de 4 ans s'ennuie."),
        ("Les enfants de six mois à six ans écoutent.", "La petite a huit mois."),
    ],
)
def test_what_the_person_says_to_be_so_is_not_told(text: str, words: str) -> None:
    assert terms(text, words) == Terms()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cette aide est réservée aux locataires.", "Propriétaire de sa maison."),
        ("Un médiateur écrit au propriétaire.", "Propriétaire de son appartement, les fenêtres ferment mal."),
        ("Travaux pour les propriétaires occupants.", "Il est locataire."),
        ("Il faut pouvoir rembourser chaque mois.", "Un dossier de surendettement est déposé."),
        ("Les enfants de six mois à six ans écoutent.", "Sa fille de 14 ans ne lui parle plus."),
        ("Des jeux pour les enfants de 3 à 10 ans.", "Son fils a 15 ans."),
    ],
)
def test_what_the_person_says_to_be_otherwise_leaves_the_offer_out(text: str, words: str) -> None:
    assert terms(text, words).refused


def test_one_child_of_the_age_is_enough() -> None:
    assert terms("Pour les enfants de 3 à 11 ans.", "Sa fille de 14 ans et son fils de 5 ans.") == Terms()


def test_who_drives_has_another_means_unless_the_car_is_broken_down() -> None:
    text = "Il faut ne pas avoir d'autre moyen de transport."
    car: dict[str, Any] = {"mobilite": {"moyens": ["voiture"]}}
    assert terms(text, "", **car).refused
    assert terms(text, "Sa voiture est en panne.", **car) == Terms()
    assert terms(text, mobilite={"moyens": ["a-pied"]}) == Terms()


def test_a_level_of_french_and_a_clean_record_are_told_to_whom_they_may_stop() -> None:
    text = "Il faut un niveau A1 et un casier judiciaire vierge."
    assert terms(text, "Elle cherche un travail.") == Terms()
    assert terms(text, "Sorti de prison.").reserves == ("un casier judiciaire compatible est demandé : à vérifier",)
    assert terms(text, "Réfugiée.").reserves == ("un niveau de français est demandé : à vérifier",)


def test_a_landlord_that_a_text_only_speaks_of_is_told_to_nobody() -> None:
    assert terms("Elle appelle votre propriétaire.") == Terms()


@given(st.text(), st.text())
def test_any_text_and_any_words_are_read(text: str, words: str) -> None:
    assert isinstance(terms(text, words), Terms)


@pytest.mark.parametrize(
    ("words", "unsaid"),
    [
        ("Il sort de prison vendredi et ne sait pas où dormir.", True),
        ("À la rue avec sa fille depuis lundi.", False),
        ("Son mari la frappe, elle veut partir.", False),
    ],
)
def test_a_shelter_that_its_title_gives_to_parents_is_no_answer_to_who_speaks_of_no_child(
    words: str, unsaid: bool
) -> None:
    profile = read_profile({"lieu": {"code_commune": "90010"}})
    shelter = {"nom": "Partir de la maison avec ses enfants, en sécurité", "description": "Une maison où dormir."}
    assert read_terms(profile, plain(words), shelter).unsaid is unsaid
