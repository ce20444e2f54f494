"""The mean cosine with the nearest phrases of each class, against the plain way."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.language.neighbours import NEAREST, Matrix, NearestPhrases, Neighbours


def units(random: np.random.Generator, count: int) -> Matrix:
    rows = random.standard_normal((count, 24))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 7), min_size=1, max_size=6), st.integers(0, 20), st.integers(0, 1000))
def test_each_class_scores_the_mean_of_its_best_phrases_or_of_all_that_it_has(
    counts: list[int], texts: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    phrases = np.rint(127 * units(random, sum(counts))).astype(np.int8)
    directions = units(random, texts)
    near = NearestPhrases(Neighbours(np.eye(24, dtype=np.float32), phrases, tuple(counts)))
    cosines = directions @ (phrases.astype(np.float32) / 127).T
    classes = np.split(cosines, np.cumsum(counts)[:-1], axis=1)
    expected = [[np.sort(own[text])[-NEAREST:].mean() for own in classes] for text in range(texts)]
    assert np.allclose(near.score(directions), np.reshape(expected, (texts, len(counts))), atol=1e-3)


def test_a_phrase_that_stands_twice_counts_twice() -> None:
    phrases = np.array([[127, 0], [127, 0], [127, 0], [0, 127], [127, 0]], np.int8)
    near = NearestPhrases(Neighbours(np.eye(2, dtype=np.float32), phrases, (4, 1)))
    assert np.allclose(near.score(np.array([[1, 0]], np.float32)), [[1, 1]], atol=1e-6)
