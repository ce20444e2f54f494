"""Answers are checked, become the profile that matching takes, and come from a diagnosis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dossiers.checking import check_answers
from indexer.dossiers.errors import RefusedAnswers
from indexer.dossiers.fields import JOBS, NEED, PUBLIC, all_fields
from indexer.dossiers.profile import build_profile, read_profile_answers
from indexer.matching.profile import Besoin, Lieu, Profile, Projet
from indexer.schema.vocabulary import vocabulary

RENT = "logement-hebergement--reduire-les-impayes-de-loyer"
CLOSED = [field for field in all_fields().values() if field.choices]


@pytest.mark.parametrize(
    "text",
    [
        "2 84 05 75 056 123 74", "284057505612374", "née, 2840575056123, à Paris", "1-85-12-2A-004-089-12",
        "identifiant 1234567B",
    ],
)  # fmt: skip
def test_a_national_number_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(RefusedAnswers, match="Maillage n’en a pas besoin"):
        check_answers({"note": text})


@pytest.mark.parametrize("text", ["06 12 34 56 78", "SIRET 732 829 320 00074", "90000 Belfort, 12 rue 1950", "1 200 €"])
def test_other_numbers_are_no_national_number(text: str) -> None:
    assert check_answers({"note": text}) == {"note": text}


@pytest.mark.parametrize("name", ["a@b.fr", "Paul 0612345678", "x" * 41])
def test_a_name_holds_neither_address_nor_number(name: str) -> None:
    with pytest.raises(RefusedAnswers):
        check_answers({"nom": name})


@pytest.mark.parametrize("age", ["13", "111", "trente", "-1", "²", "1.5"])
def test_an_age_out_of_reason_is_refused(age: str) -> None:
    with pytest.raises(RefusedAnswers, match="âge en chiffres"):
        check_answers({"age": age})


def test_unknown_fields_and_values_are_left_out() -> None:
    sent = {"autre": "1", NEED + RENT: "peut-être", "permis": "oui", NEED + "licorne": "besoin"}
    assert check_answers(sent) == {NEED + RENT: "", "permis": "oui"}


def test_without_a_commune_there_is_no_profile() -> None:
    assert build_profile({"age": "31"}) is None


def test_a_category_yields_to_its_own_thematique() -> None:
    answers = {"code_commune": "90010", NEED + "logement-hebergement": "besoin", NEED + RENT: "besoin"}
    profile = build_profile(answers)
    assert profile is not None
    assert profile.besoins == (Besoin(thematique=RENT),)


def test_all_that_is_said_is_in_the_profile() -> None:
    answers = {"code_commune": "90010", "age": "24", "note": "a", "envies": "b", "contraintes": "c", "permis": "non"}
    profile = build_profile(answers | {"metier2": "cuisinier", "moyen:velo": "oui", "duree": "45", "gratuit": "oui"})
    assert profile is not None
    assert (profile.texte, profile.publics, profile.age) == ("a\nb\nc", ("jeunes",), 24)
    assert (profile.mobilite.moyens, profile.mobilite.duree_max_min, profile.mobilite.permis) == (("velo",), 45, False)
    assert profile.projets == (Projet(texte="cuisinier"),)
    assert profile.contraintes.gratuit


@given(st.fixed_dictionaries({}, optional={f.name: st.sampled_from(f.choices) for f in CLOSED}))
def test_closed_answers_come_back_from_their_profile(answers: dict[str, str]) -> None:
    asked = answers | {"code_commune": "90010"}
    profile = build_profile(asked)
    assert profile is not None
    narrowed = {name for name in answers if name.startswith(NEED) and name.removeprefix(NEED) in _categories()}
    back = read_profile_answers(profile)
    assert {k: v for k, v in asked.items() if k not in narrowed} == {k: v for k, v in back.items() if k not in narrowed}


def test_what_a_diagnosis_says_beyond_our_boxes_is_in_the_note() -> None:
    profile = Profile(
        lieu=Lieu(code_commune="90010"),
        besoins=(Besoin(texte="un mot sans case"),),
        projets=tuple(Projet(code_rome=code) for code in ("G1602", "D1106", "N4101", "K1304")),
        non_compris=("situation[2]",),
    )
    answers = read_profile_answers(profile)
    assert all(answers[job] for job in JOBS)
    assert "un mot sans case" in answers["note"]
    assert "À préciser : situation[2]" in answers["note"]
    assert len(answers["note"].splitlines()) == 3


def test_every_public_of_the_vocabulary_has_its_box_but_everyone() -> None:
    asked = {name.removeprefix(PUBLIC) for name in all_fields() if name.startswith(PUBLIC)}
    assert asked == set(vocabulary("publics")) - {"tous-publics"}


def _categories() -> set[str]:
    return {term.parent for term in vocabulary("thematiques").values() if term.parent}
