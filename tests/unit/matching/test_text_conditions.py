"""Who an offer says it is for, read in its text: told to be verified, and known to speak against someone or not."""

from typing import Any

import pytest

from indexer.matching.conditions import read_conditions
from indexer.matching.eligibility import build_person, is_eligible
from indexer.matching.note import Note
from indexer.matching.profile import Profile
from indexer.matching.reading import read_profile


def profile(**more: Any) -> Profile:
    return read_profile({"lieu": {"code_commune": "90010"}} | more)


@pytest.mark.parametrize(
    ("text", "age", "told", "against"),
    [
        ("Réservé aux moins de 26 ans.", None, ("réservé aux moins de 26 ans : à vérifier",), False),
        ("Réservé aux moins de 26 ans.", 40, ("réservé aux moins de 26 ans : à vérifier",), True),
        ("Réservé aux moins de 26 ans.", 20, (), False),
        ("Jeunes de 16 à 25 ans", 31, ("réservé aux 16-25 ans : à vérifier",), True),
        ("Jeunes de 16-25 ans", 17, (), False),
        ("À partir de 60 ans", 45, ("réservé aux plus de 60 ans : à vérifier",), True),
        ("Ouvert à tous, tous les jours", 45, (), False),
        ("Bénéficiaires du RSA", 45, ("pour les bénéficiaires du RSA : à vérifier",), False),
    ],
)
def test_conditions_in_the_text_are_told_unless_they_are_met(
    text: str, age: int | None, told: tuple[str, ...], against: bool
) -> None:
    assert read_conditions(profile(), age, {"publics_precisions": text}) == (told, against)


def test_a_condition_that_the_profile_meets_is_not_told() -> None:
    own = profile(publics=["beneficiaires-des-minimas-sociaux"])
    assert read_conditions(own, None, {"conditions_acces": "Allocataires du RSA"}) == ((), False)


def test_a_licence_asked_speaks_against_whom_has_none() -> None:
    offre = {"conditions_acces": "Permis B obligatoire."}
    assert read_conditions(profile(mobilite={"permis": False}), None, offre)[1] is True
    assert read_conditions(profile(mobilite={"permis": True}), None, offre) == ((), False)
    assert read_conditions(profile(), None, offre) == (("permis de conduire demandé : à vérifier",), False)


@pytest.mark.parametrize(
    ("publics", "age", "eligible"),
    [
        (["jeunes"], 45, False),
        (["jeunes"], 28, True),
        (["jeunes", "femmes"], 45, True),
        (["seniors"], 30, False),
        (["seniors"], None, True),
        (["tous-publics", "jeunes"], 45, True),
        (None, 45, True),
    ],
)
def test_only_what_is_sure_excludes(publics: list[str] | None, age: int | None, eligible: bool) -> None:
    person = build_person(profile(age=age), Note())
    assert is_eligible(person, {"publics": publics, "age_min": None, "age_max": None}) is eligible
