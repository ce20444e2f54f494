"""How text becomes terms, the same for offers and for queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.analysis import fold, tokens
from indexer.language.expressions import load_lexicon
from indexer.language.frequencies import Field, analyse, term_frequencies


def terms(text: str) -> list[str]:
    return [token.term for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("énergie", "ENERGIE"),
        ("l'énergie", "énergie"),
        ("l’aide", "aide"),
        ("aujourd'hui qu'elle s'inscrive", "s'inscrive"),
        ("œuvre", "oeuvre"),
        ("R.S.A.", "rsa"),
        ("logements", "logement"),
        ("garde d’enfants", "garde enfant"),
        ("fran\u0327cais", "français"),
    ],
)
def test_two_spellings_of_one_thing_give_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"), [("loyer", "loi"), ("aidants", "aide"), ("payer", "pays"), ("repas", "répit"), ("CléA", "clés")]
)
def test_words_that_the_stemmer_would_confuse_stay_apart(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_stop_words_and_single_letters_are_dropped_and_digits_are_kept() -> None:
    assert terms("je n'ai plus de 3 a b le la") == ["3"]


def test_other_scripts_are_kept() -> None:
    assert terms("مساعدة السكن") != []
    assert terms("допомога з житлом") != []


@given(st.text())
def test_analysis_never_fails_and_folding_is_stable(text: str) -> None:
    tokens(text)
    assert fold(fold(text)) == fold(fold(fold(text)))


def test_an_expression_adds_the_marker_of_the_thing_it_names() -> None:
    assert "rsa" in analyse("bénéficiaires du revenu de solidarité active")
    assert "rsa" in analyse("allocataires du RSA")


def test_synonyms_go_both_ways() -> None:
    alternatives = load_lexicon().alternatives
    travail, boulot = terms("travail boulot")
    assert boulot in alternatives[travail]
    assert travail in alternatives[boulot]


def test_a_word_of_the_name_counts_more_than_one_of_the_text() -> None:
    frequencies = term_frequencies([Field("permis", 3.0), Field("permis vélo", 1.0, normal=2)])
    assert frequencies[terms("permis")[0]] > 3 * frequencies[terms("vélo")[0]]


def test_a_word_in_a_long_text_counts_less() -> None:
    [short] = term_frequencies([Field("permis", 1.0, normal=10)]).values()
    long = term_frequencies([Field("permis " + "vélo " * 60, 1.0, normal=10)])[terms("permis")[0]]
    assert long < short
