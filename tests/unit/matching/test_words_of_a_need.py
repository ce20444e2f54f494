"""The clause that says a need, and words that name a job rather than a need."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.base import Need
from indexer.matching.note import find_clause, merge_pieces
from indexer.understanding.understood import Understood

FOOD, CARE = "equipement-et-alimentation--alimentation", "famille--garde-denfants"
WORK = "trouver-un-emploi--repondre-a-des-offres-demploi"
COOKING = "Madame voudrait travailler dans la cuisine."


@dataclass(frozen=True)
class FoundJob:
    score: float
    words: tuple[str, ...] = ("cuisine",)
    code_rome: str = "G1609"
    libelle: str = "Cuisinier / Cuisinière"


def needs_read(score: float, *needs: Need) -> list[str]:
    note = merge_pieces([(COOKING, Understood(needs=needs, jobs=(FoundJob(score),)))])
    return [need.thematique for need in note.needs]


@pytest.mark.parametrize(
    ("words", "clause"),
    [
        (("nounou",), "je ne trouve pas de nounou"),
        (("enfants",), "Je suis seule avec deux enfants"),
        (("enfants", "nounou"), "Je suis seule avec deux enfants, je ne trouve pas de nounou."),
        (("crèche",), "Je suis seule avec deux enfants, je ne trouve pas de nounou."),
        ((), "Je suis seule avec deux enfants, je ne trouve pas de nounou."),
    ],
)
def test_a_need_is_said_by_the_clause_that_holds_its_words_else_by_the_sentence(
    words: tuple[str, ...], clause: str
) -> None:
    assert find_clause("Je suis seule avec deux enfants, je ne trouve pas de nounou.", words) == clause


def test_a_word_that_two_clauses_hold_cuts_nothing() -> None:
    sentence = "Mon loyer est trop cher, et j'ai du retard de loyer."
    assert find_clause(sentence, ("loyer",)) == sentence


@given(st.text(max_size=80), st.lists(st.text(max_size=10), max_size=3))
def test_a_clause_is_never_longer_than_its_sentence(sentence: str, words: list[str]) -> None:
    assert len(find_clause(sentence, words)) <= len(sentence) or find_clause(sentence, words) == sentence


def test_the_clause_is_what_a_note_keeps() -> None:
    sentence = "Je suis seule avec deux enfants, je ne trouve pas de nounou."
    (need,) = merge_pieces([(sentence, Understood(needs=(Need(CARE, 0.9, ("nounou",)),)))]).needs
    assert need.extrait == "je ne trouve pas de nounou"


def test_a_word_that_names_a_job_says_no_other_need() -> None:
    assert needs_read(0.9, Need(FOOD, 0.5, ("cuisine",)), Need(WORK, 0.4, ("travailler",))) == [WORK]


def test_an_unsure_job_hides_no_need() -> None:
    assert needs_read(0.6, Need(FOOD, 0.5, ("manger",))) == [FOOD]


def test_where_one_wants_to_work_says_no_other_need() -> None:
    assert needs_read(0.1, Need(FOOD, 0.7, ("cuisine",)), Need(WORK, 0.4, ("travailler",))) == [WORK]


def read(sentence: str, *needs: Need) -> dict[str, float]:
    return {need.thematique: need.score for need in merge_pieces([(sentence, Understood(needs=needs))]).needs}


def test_the_same_words_say_one_need_the_surest_unless_both_are_very_sure() -> None:
    loan, purse = "creer-une-entreprise", "difficultes-financieres"
    assert list(read("Il faut un prêt.", Need(loan, 0.6, ("prêt",)), Need(purse, 0.4, ("prêt",)))) == [loan]
    assert len(read("Il faut un prêt.", Need(loan, 0.97, ("prêt",)), Need(purse, 0.95, ("prêt",)))) == 2
    assert len(read("Un prêt, des dettes.", Need(loan, 0.6, ("prêt",)), Need(purse, 0.5, ("dettes",)))) == 2


def test_a_need_is_as_sure_as_its_category() -> None:
    rent, bed = "logement-hebergement--louer-un-logement", "logement-hebergement--acheter-un-logement"
    found = read("Pas de logement.", Need(rent, 0.4, ("logement",)), Need(bed, 0.25, ("logement",)))
    assert found == {rent: pytest.approx(0.65)}


def test_who_lives_there_is_no_need() -> None:
    assert read("Elle a trois enfants.", Need(CARE, 0.8, ("trois", "enfants"))) == {}
    assert list(read("Personne pour garder mes enfants.", Need(CARE, 0.8, ("garder", "enfants")))) == [CARE]


def test_a_need_that_other_words_say_stays_beside_the_job() -> None:
    assert needs_read(0.9, Need(CARE, 0.5, ("cuisine", "enfants"))) == [CARE]
