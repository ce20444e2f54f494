"""Cosines by hashed features, against the plain formula."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.metiers.sparse import SIZES, Features, SparseIndex, gram_features, gram_keys, word_keys

TEXTS = [["poser", "carrelage"], ["poser", "moquette"], ["boulanger"], ["poser", "carrelage", "mural"]]


def word_features(texts: list[list[str]]) -> Features:
    rows = np.repeat(np.arange(len(texts)), [len(words) for words in texts])
    return Features(rows, word_keys(word for words in texts for word in words), len(texts))


def plain_cosine(texts: list[list[str]], row: int, query: list[str]) -> float:
    """TF-IDF of sets of words, as a person would write it."""
    held = Counter(word for text in texts for word in set(text))
    idf = {word: math.log((1 + len(texts)) / (1 + held.get(word, 0))) + 1 for word in {*held, *query}}
    shared = sum(idf[word] ** 2 for word in set(query) & set(texts[row]))
    lengths = [math.sqrt(sum(idf[word] ** 2 for word in set(words))) for words in (texts[row], query)]
    return shared / (lengths[0] * lengths[1])


@pytest.mark.parametrize("query", [["carrelage"], ["poser", "carrelage"], ["boulanger", "inconnu"], ["poser", "poser"]])
def test_cosines_are_those_of_the_formula(query: list[str]) -> None:
    found = SparseIndex(word_features(TEXTS)).cosines(word_keys(query))
    wanted = [plain_cosine(TEXTS, row, query) for row in range(len(TEXTS))]
    assert found == pytest.approx(wanted, abs=1e-5)


def test_a_text_is_nearest_to_itself() -> None:
    names = ["cuisinier", "cuisiniste", "boulanger", "boucher"]
    index = SparseIndex(gram_features(names))
    for row, name in enumerate(names):
        cosines = index.cosines(gram_keys(name))
        assert int(np.argmax(cosines)) == row
        assert cosines[row] == pytest.approx(1, abs=1e-5)


def test_runs_of_characters_stay_within_their_text() -> None:
    together, apart = gram_features(["ab", "cd"]), [gram_features(["ab"]), gram_features(["cd"])]
    assert sorted(together.keys.tolist()) == sorted(key for one in apart for key in one.keys.tolist())


@settings(deadline=None)
@given(st.text(alphabet="abc é", min_size=1, max_size=30))
def test_a_text_has_one_run_a_place_and_size(text: str) -> None:
    assert len(gram_keys(text)) == sum(max(len(text) + 2 - size + 1, 0) for size in SIZES)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\n"), max_size=30))
def test_a_text_has_the_same_keys_alone_as_among_others(text: str) -> None:
    together = gram_features(["cuisinier", text, "maçon"])
    assert sorted(gram_keys(text).tolist()) == sorted(together.keys[together.rows == 1].tolist())


@settings(deadline=None)
@given(st.text(max_size=50))
def test_any_text_has_cosines_between_none_and_one(text: str) -> None:
    cosines = SparseIndex(gram_features(["cuisinier", "maçon"])).cosines(gram_keys(text))
    assert ((cosines >= 0) & (cosines <= 1.0001)).all()


def test_nothing_is_near_to_nothing() -> None:
    assert SparseIndex(word_features([])).cosines(word_keys(["mot"])).shape == (0,)
    assert SparseIndex(word_features(TEXTS)).cosines(word_keys([])).tolist() == [0, 0, 0, 0]
