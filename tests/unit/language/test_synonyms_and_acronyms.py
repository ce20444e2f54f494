"""The words of the field are clean data: no doubles, no contradictions, and each survives the analysis."""

import re
from collections import Counter
from itertools import combinations

import pytest

from indexer.language.acronyms import ACRONYMS
from indexer.language.analysis import fold, tokens
from indexer.language.stopwords import STOPWORDS
from indexer.language.synonyms import SYNONYMS

ALL_WORDS = [word for group in SYNONYMS for word in group]
ALL_EXPANSIONS = sorted({text for texts in ACRONYMS.values() for text in texts})
CLEAN_FRENCH = re.compile(r"[a-zàâäçéèêëîïôöùûüÿœæ0-9][a-zàâäçéèêëîïôöùûüÿœæ0-9' ,-]*[a-zàâäçéèêëîïôöùûüÿœæ0-9]")


def terms(text: str) -> tuple[str, ...]:
    """The index terms of a text, in order."""
    return tuple(token.term for token in tokens(text))


def test_the_field_is_covered_by_at_least_120_acronyms_and_150_groups() -> None:
    assert len(ACRONYMS) >= 120
    assert len(SYNONYMS) >= 150


def test_every_word_is_lower_case_french_with_straight_apostrophes_and_single_spaces() -> None:
    texts = [*ALL_WORDS, *ALL_EXPANSIONS]
    assert [text for text in texts if not CLEAN_FRENCH.fullmatch(text) or "  " in text] == []


def test_an_acronym_is_one_lower_case_word_that_the_analysis_keeps() -> None:
    assert [acronym for acronym in ACRONYMS if not re.fullmatch(r"[a-zé][a-zé0-9]+", acronym)] == []
    assert [acronym for acronym in ACRONYMS if [t.word for t in tokens(acronym)] != [fold(acronym)]] == []


def test_no_acronym_is_read_as_a_stop_word() -> None:
    assert STOPWORDS & ACRONYMS.keys() == set()


def test_an_acronym_stands_for_distinct_texts_that_carry_meaning_and_never_for_itself() -> None:
    assert [acronym for acronym, texts in ACRONYMS.items() if not texts or len(set(texts)) < len(texts)] == []
    assert [acronym for acronym, texts in ACRONYMS.items() if acronym in texts or not all(map(terms, texts))] == []


def test_a_group_holds_two_to_twelve_expressions_of_at_most_five_words() -> None:
    assert [group for group in SYNONYMS if not 2 <= len(group) <= 12] == []
    assert [word for word in ALL_WORDS if len(word.split()) > 5] == []


def test_no_expression_is_given_twice() -> None:
    assert [word for word, n in Counter(ALL_WORDS).items() if n > 1] == []


def test_no_synonym_vanishes_in_the_analysis() -> None:
    assert [word for word in ALL_WORDS if not terms(word)] == []


def test_an_expression_keeps_two_of_its_words_unless_the_one_left_says_the_same() -> None:
    said_by_one = {
        "confiance en soi",
        "estime de soi",
        "pas cher",
        "se déplacer",
        "se former",
        "se laver",
    }
    assert {word for word in ALL_WORDS if " " in word and len(terms(word)) < 2} == said_by_one


def test_no_two_groups_share_an_expression_once_analysed() -> None:
    groups = [(group[0], {terms(word) for word in group}) for group in SYNONYMS]
    clashes = [(a, b, both) for (a, x), (b, y) in combinations(groups, 2) if (both := x & y)]
    assert clashes == []


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("bagnole", "véhicule"),
        ("toubib", "médecin"),
        ("thune", "argent"),
        ("bouffe", "alimentation"),
        ("gosse", "enfant"),
    ],
)
def test_the_word_of_the_street_is_in_the_group_of_the_word_of_the_office(said: str, written: str) -> None:
    assert [said in group for group in SYNONYMS if written in group] == [True]


@pytest.mark.parametrize(
    ("acronym", "meaning"),
    [("rsa", "revenu de solidarité active"), ("fsl", "fonds de solidarité pour le logement"), ("cléa", "socle")],
)
def test_the_acronyms_that_case_workers_type_most_are_explained(acronym: str, meaning: str) -> None:
    assert ACRONYMS[acronym][0].startswith(meaning)
