"""The four views: what each learns, and what they say together."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from indexer.language.evaluation import TOGETHER, Judged, build_judged, evaluate
from indexer.language.head import build_directions, learn_head, soften
from indexer.language.letters import learn_letters, score_letters
from indexer.language.neighbours import NearestPhrases, learn_neighbours
from indexer.language.phrases import load_lexicon
from indexer.language.sparse import Sparse
from indexer.language.terms import KnownTerms, build_terms, learn_terms
from indexer.language.views import VIEWS, fuse
from tests.support.counting_encoder import CountingEncoder

TEXTS = ["réparer mon vélo", "une crevaison", "apprendre le français", "cours de langue"]
LABELS = [0, 0, 1, 1]


def test_a_head_learns_to_tell_two_classes_apart_and_reads_them_after() -> None:
    vectors = np.array([[1, 0.1], [1, -0.1], [-1, 0.1], [-1, -0.1]], np.float32)
    table = learn_head(vectors, LABELS, 2)
    likely = soften(build_directions(vectors, table[-1]) @ table[:-1].T)
    assert likely.argmax(axis=1).tolist() == LABELS
    assert np.allclose(likely.sum(axis=1), 1)


@pytest.mark.parametrize(("text", "label"), [("REPARE MON VELOO", 0), ("franssais", 1), ("crevézon", 0)])
def test_letters_know_a_word_however_it_is_spelled(text: str, label: int) -> None:
    table = learn_letters(TEXTS, LABELS, 2)
    assert score_letters(table, [text])[0].argmax() == label


@pytest.mark.parametrize("text", ["", "…", "!!!"])
def test_a_text_without_a_letter_says_nothing(text: str) -> None:
    assert not score_letters(learn_letters(TEXTS, LABELS, 2), [text]).any()
    assert not KnownTerms(learn_terms(TEXTS, LABELS, 2), 2).score([text]).any()


def test_letters_are_learned_the_same_each_time() -> None:
    assert np.array_equal(learn_letters(TEXTS, LABELS, 2), learn_letters(TEXTS, LABELS, 2))


def test_words_are_known_by_their_stem_their_acronym_or_a_synonym() -> None:
    table = learn_terms(["cours de français langue étrangère", "trouver un emploi"], [0, 1], 2)
    assert KnownTerms(table, 2).score(["FLE", "mon boulot", "les langues"]).argmax(axis=1).tolist() == [0, 1, 0]


def test_two_words_that_follow_one_another_count_beside_each_alone() -> None:
    assert build_terms("payer son loyer") == ["payer", "loyer", "payer loyer"]


def test_the_nearest_phrases_of_a_class_are_those_that_count() -> None:
    directions = np.array([[1, 0], [-1, 0], [0, 1], [0, 1], [0, 1], [0, -1]], np.float32)
    near = NearestPhrases(learn_neighbours(directions, (2, 4)))
    scores = near.score(np.array([[0, 1]], np.float32))[0]
    assert scores[1] == pytest.approx(1, abs=0.02)
    assert scores[0] == pytest.approx(0, abs=0.02)


def test_views_that_agree_are_believed_more_than_views_that_do_not() -> None:
    sure, other = np.array([[0.8, 0.1, 0.1]], np.float32), np.array([[0.1, 0.8, 0.1]], np.float32)
    assert fuse([sure, sure]).max() > fuse([sure, other]).max()
    assert fuse([sure, other]).sum() == pytest.approx(1)


@settings(deadline=None)
@given(
    st.lists(st.dictionaries(st.integers(0, 6), st.floats(-5, 5, width=32), max_size=5), min_size=1, max_size=9),
    st.integers(1, 3),
)
def test_sparse_rows_multiply_as_dense_ones(rows: list[dict[int, float]], columns: int) -> None:
    dense = np.zeros((len(rows), 7), np.float32)
    for place, row in enumerate(rows):
        dense[place, list(row)] = list(row.values())
    table = np.arange(7 * columns, dtype=np.float32).reshape(7, columns)
    sparse = Sparse.from_rows(rows, 7)
    assert np.allclose(sparse.times(table), dense @ table, atol=1e-3)
    back = np.ones((len(rows), columns), np.float32)
    assert np.allclose(sparse.transpose().times(back), dense.T @ back, atol=1e-3)


class OracleEncoder:
    """A direction of its own for each class of the lexicon."""

    name = "oracle/1"

    def __init__(self, judged: Judged) -> None:
        self.dimensions = int(judged.labels.max()) + 1
        self._places = dict(zip(judged.texts, judged.labels.tolist(), strict=True))

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(self.dimensions, dtype=np.float32)[[self._places[text] for text in texts]]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_queries(texts)


@pytest.fixture
def few_judged(monkeypatch: pytest.MonkeyPatch) -> Judged:
    """One phrase in eight: judged in seconds."""
    judged = build_judged()
    few = Judged(judged.texts[::8], judged.registers[::8], judged.labels[::8])
    monkeypatch.setattr("indexer.language.evaluation.build_judged", lambda: few)
    return few


def test_an_encoder_that_tells_all_apart_is_judged_perfect(few_judged: Judged) -> None:
    figures = {(line.view, line.register): line for line in evaluate(OracleEncoder(few_judged))}
    assert [view for view, register in figures if register == "tous les besoins"] == [*VIEWS, TOGETHER]
    assert figures["sens", "tous les besoins"].first == figures["sens", "tous les besoins"].in_three == 1
    assert figures["sens", "hors-sujet"].silent == 1


@pytest.mark.usefixtures("few_judged")
def test_without_meaning_the_words_still_tell_thematiques_apart() -> None:
    figures = {(line.view, line.register): line for line in evaluate(CountingEncoder())}
    assert figures["sens", "tous les besoins"].first < 0.1
    assert figures["mots", "tous les besoins"].first > 0.2


def test_all_registers_are_judged() -> None:
    registers = set(build_judged().registers.tolist())
    assert registers == {*next(iter(load_lexicon().values())).registers(), "hors-sujet"}
