"""What a sentence of a note asks for, and what it only tells (`stated.py`)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.base import Need
from indexer.matching.stated import drop_stated

CAR, DEBTS, LICENCE = (
    "mobilite--acceder-a-un-vehicule",
    "difficultes-financieres--situation-dendettement-surendettement",
    "mobilite--preparer-un-permis",
)


def is_read(sentence: str, *words: str, theme: str = CAR, score: float = 0.95) -> bool:
    need = Need(theme, score, words)
    return drop_stated(sentence, [need]) == (need,)


@pytest.mark.parametrize(
    "sentence",
    [
        "Il n'a pas de voiture.",
        "Elle voudrait une voiture pour aller travailler.",
        "Sa voiture est en panne.",
        "Comment trouver une voiture ?",
        "Acheter une voiture d'occasion",
        "Une voiture pour le travail",
        "Location de voiture",
        "Sans voiture depuis mars.",
    ],
)
def test_a_wish_a_lack_a_trouble_a_question_or_the_thing_alone_opens_its_need(sentence: str) -> None:
    assert is_read(sentence, "voiture", *(("Location",) if "Location" in sentence else ()))


@pytest.mark.parametrize(
    "sentence",
    [
        "Il a une voiture.",
        "Dispose d'une voiture récente.",
        "Sa voiture est assurée.",
        "Elle vient en voiture.",
        "Équipée d'une voiture adaptée.",
        "Voiture à jour de ses contrôles.",
    ],
)
def test_what_is_had_done_or_in_order_opens_none(sentence: str) -> None:
    assert not is_read(sentence, "voiture")


def test_a_trouble_by_its_name_stands_without_a_word_that_asks_unless_it_is_over_or_hardly_read() -> None:
    assert is_read("Trois crédits sur le dos.", "crédits", theme=DEBTS)
    assert not is_read("Trois crédits sur le dos.", "crédits", theme=DEBTS, score=0.6)
    assert not is_read("Ses crédits sont remboursés.", "crédits", theme=DEBTS)
    assert not is_read("Elle n'a aucun crédit.", "crédit", theme=DEBTS)
    assert is_read("Crédits soldés, nouvelles dettes.", "dettes", theme=DEBTS)


def test_what_another_clause_opposes_to_a_thing_is_asked_for() -> None:
    assert is_read("Il a le permis mais personne pour l'accompagner.", "permis", theme=LICENCE)
    assert not is_read("Il a son permis renouvelé, mais cherche un emploi.", "permis", theme=LICENCE)


def test_a_trouble_that_no_need_explains_belongs_to_what_stands_beside_it() -> None:
    car, work = Need(CAR, 0.9, ("voiture",)), Need("trouver-un-emploi", 0.9, ("emploi",))
    assert drop_stated("Elle a une voiture, elle panique.", [car]) == (car,)
    assert drop_stated("Elle a une voiture, elle cherche un emploi.", [car, work]) == (work,)


def test_words_that_go_with_anything_lead_to_no_need() -> None:
    assert not is_read("Elle voudrait partir.", "partir")
    assert is_read("Elle voudrait partir en voiture.", "partir", "voiture")


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_sentence_is_read_and_no_need_is_made(sentence: str, words: list[str]) -> None:
    need = Need(CAR, 0.9, tuple(words))
    assert drop_stated(sentence, [need]) in ((), (need,))
    assert drop_stated(sentence, []) == ()
