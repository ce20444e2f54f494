"""Phrases misspelled on purpose: what the views of words and letters learn beside the lexicon."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.letters import score_letters
from indexer.language.misspelling import VARIANTS, build_misspelled
from indexer.language.views import learn_views
from tests.support.hashing_encoder import HashingEncoder

PHRASE = "je n'ai plus d'argent pour payer le loyer et manger"


def test_a_phrase_is_misspelled_in_a_few_ways_always_the_same() -> None:
    assert build_misspelled(PHRASE) == build_misspelled(PHRASE)
    assert len(build_misspelled(PHRASE)) == VARIANTS


def test_words_stay_as_many_and_keep_their_first_sound() -> None:
    for variant in build_misspelled("garde nocturne pendant formation"):
        assert [word[:2] for word in variant.split()] == ["ga", "no", "pe", "fo"]


@given(st.text(max_size=60))
def test_any_phrase_may_be_misspelled(phrase: str) -> None:
    assert phrase.lower() not in build_misspelled(phrase)


def test_what_is_learned_of_misspelled_phrases_changes_letters_and_words_alone() -> None:
    phrases = {"loyer": ("payer le loyer",), "garde": ("garder mon bébé",)}
    vectors = HashingEncoder().encode_queries([phrase for own in phrases.values() for phrase in own])
    plain = learn_views(phrases, vectors)
    taught = learn_views(phrases, vectors, {"loyer": ("payé mé dett",)})
    assert np.array_equal(plain.meaning, taught.meaning)
    assert np.array_equal(plain.neighbours.phrases, taught.neighbours.phrases)
    assert len(taught.terms) > len(plain.terms)
    assert score_letters(taught.letters, ["mé dett"])[0].argmax() == 0
