"""Whom an offer's text says it is for, what a long list of thématiques is worth, and offers of another trade."""

from typing import Any

import pytest

from indexer.matching.answering import fields_of, is_course_aside, is_for_families, is_of_other_trade, is_wide
from indexer.matching.audience import read_ages, read_audience
from indexer.matching.eligibility import Person, is_narrow

NOBODY = Person(frozenset(), frozenset(), None)
SOCIAL, CONFIRM = "remobilisation--lien-social", "choisir-un-metier--confirmer-son-choix-de-metier"


def said(text: str = "", nom: str = "Un accompagnement", **more: Any) -> dict[str, Any]:
    empty = {"publics": None, "thematiques": None, "metiers": None, "type_offre": "service"}
    return {"nom": nom, "description": text} | empty | more


@pytest.mark.parametrize(
    ("text", "publics", "ages"),
    [
        ("Un accompagnement destiné aux jeunes de 16 à 25 ans sans diplôme.", {"jeunes"}, (16, 25)),
        ("Nous accompagnons des personnes en situation de handicap.", {"personnes-en-situation-de-handicap"}, None),
        ("S'adresse aux personnes de plus de 30 ans.", set(), (30, 200)),
        ("Pour les jeunes de moins de 26 ans.", {"jeunes"}, (0, 25)),
        ("Accueil des enfants de 3 à 12 ans.", set(), None),
        ("L'association existe depuis plus de 25 ans.", set(), None),
        ("Ouvert à tous, sans condition.", set(), None),
    ],
)
def test_publics_and_ages_are_read_where_a_sentence_addresses_people(
    text: str, publics: set[str], ages: tuple[int, int] | None
) -> None:
    assert (set(read_audience(said(text))), read_ages(said(text))) == (publics, ages)


def test_publics_that_the_source_gives_are_not_read_again() -> None:
    assert read_audience(said("Destiné aux jeunes.", publics=["femmes"])) == frozenset()


def test_what_is_for_a_few_is_narrow_to_who_is_not_known_to_be_one_of_them() -> None:
    young = Person(frozenset({"jeunes"}), frozenset(), 19)
    for offre in (said("Destiné aux jeunes."), said(publics=["jeunes", "etudiants"])):
        assert is_narrow(NOBODY, offre, read_audience(offre))
        assert not is_narrow(young, offre, read_audience(offre))
    for publics in (["jeunes", "demandeurs-emploi"], ["tous-publics"]):
        assert not is_narrow(NOBODY, said(publics=publics), read_audience(said(publics=publics)))


def test_a_long_list_of_thematiques_says_little_of_each() -> None:
    help_online = [f"numerique--{one}" for one in ("a", "b", "c", "d")]
    assert is_wide(said(thematiques=[*help_online, SOCIAL]), SOCIAL)
    assert not is_wide(said(thematiques=[*help_online, SOCIAL]), "numerique--a")
    assert not is_wide(said(thematiques=[SOCIAL, help_online[0]]), SOCIAL)


def test_the_trade_of_an_offer_counts_for_who_has_a_project_only() -> None:
    offre = said(metiers=["F1703"])
    assert is_of_other_trade(offre, CONFIRM, fields_of(["N1101"]))
    assert not is_of_other_trade(offre, CONFIRM, fields_of(["F1610", "F1703"]))
    assert not is_of_other_trade(offre, CONFIRM, frozenset())
    assert not is_of_other_trade(offre, SOCIAL, fields_of(["N1101"]))
    assert not is_of_other_trade(said(), CONFIRM, fields_of(["N1101"]))


def test_a_course_is_no_help_with_a_cv_and_child_care_none_with_papers() -> None:
    assert is_course_aside(said(type_offre="formation"), "preparer-sa-candidature--valoriser-ses-competences")
    assert not is_course_aside(said(type_offre="formation"), "se-former--trouver-sa-formation")
    care = said(thematiques=["famille--garde-denfants"])
    assert is_for_families(care, "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi")
    assert not is_for_families(care, "famille--garde-denfants")
