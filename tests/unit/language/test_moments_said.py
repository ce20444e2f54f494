"""When an offer happens, read in its words: what is said clearly, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.moments import moments_said
from indexer.schema.vocabulary import vocabulary

DAY, EVENING, WEEKEND = "journee", "soir", "week-end"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cours du soir", {EVENING}),
        ("Deux soirs par semaine, de 18 h 30 à 20 h 30", {EVENING}),
        ("Ateliers en soirée.", {EVENING}),
        ("Le mardi soir, avec une bénévole", {EVENING}),
        ("À partir de 18h", {EVENING}),
        ("Rendez-vous le 3 mars à 18 h 30", {EVENING}),
        ("Permanence de 14h à 19h", {EVENING}),
        ("Venez après le travail", {EVENING}),
        ("Le samedi matin", {WEEKEND}),
        ("Tous les week-ends", {WEEKEND}),
        ("Samedi et dimanche de 9 h à 12 h", {WEEKEND}),
        ("Du lundi au samedi", {DAY, WEEKEND}),
        ("Ouvert aussi le samedi", {DAY, WEEKEND}),
        ("En journée, du lundi au vendredi de 9h à 18h", {DAY}),
        ("Les mardis matins et le jeudi après-midi", {DAY}),
    ],
)
def test_clear_words_say_when(text: str, expected: set[str]) -> None:
    assert moments_said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Fermé le samedi.",
        "Le samedi : fermé",
        "Tous les jours, sauf le samedi et le dimanche",
        "Pas de cours le soir",
        "Ni le soir, ni le week-end",
        "Hors week-end",
    ],
)
def test_what_is_denied_is_not_stated(text: str) -> None:
    assert moments_said(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Bonsoir et bienvenue",
        "Le métier demande de travailler le soir et le week-end",
        "Travail de nuit et les week-ends",
        "Du matin au soir, une équipe vous écoute",
        "Une navette passe matin et soir",
        "Association Samedi Libre",
        "Appelez de 9 h à 20 h",
        "Inscription avant 18 h",
        "18 h de cours en tout",
        "24 h sur 24",
        "",
    ],
)
def test_false_friends_say_nothing(text: str) -> None:
    assert moments_said(text) == set()


def test_one_sentence_denies_for_itself_only() -> None:
    assert moments_said("Pas de rendez-vous le samedi. Ouvert le mardi soir.") == {EVENING}


@given(st.text(max_size=300))
def test_any_text_is_read_and_gives_only_known_values(text: str) -> None:
    assert moments_said(text) <= set(vocabulary("moments"))
