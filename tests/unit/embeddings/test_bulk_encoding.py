from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.embeddings import bulk
from indexer.embeddings.bulk import encode_passages_cached
from indexer.embeddings.vector_cache import VectorCache
from tests.support.counting_encoder import CountingEncoder


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[VectorCache]:
    with VectorCache(tmp_path / "v.sqlite") as opened:
        yield opened


@pytest.fixture(autouse=True)
def small_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "TEXTS_A_COMMIT", 3)


def test_vectors_are_in_the_order_of_the_texts(counting: CountingEncoder, cache: VectorCache):
    texts = [f"texte {i}" for i in range(10)]
    encode_passages_cached(texts[::3], counting, cache)
    np.testing.assert_array_equal(
        encode_passages_cached(texts, counting, cache), CountingEncoder().encode_passages(texts)
    )


def test_equal_texts_are_encoded_once(counting: CountingEncoder, cache: VectorCache):
    vectors = encode_passages_cached(["a", "b", "a", "a"], counting, cache)
    assert counting.encoded == ["a", "b"]
    np.testing.assert_array_equal(vectors[[0, 0, 0]], vectors[[0, 2, 3]])


def test_a_second_time_encodes_only_what_changed(counting: CountingEncoder, cache: VectorCache):
    encode_passages_cached(["a", "b", "c"], counting, cache)
    counting.encoded.clear()
    encode_passages_cached(["a", "B", "c"], counting, cache)
    assert counting.encoded == ["B"]


def test_an_interrupted_run_keeps_what_was_done(counting: CountingEncoder, cache: VectorCache):
    texts = [f"texte {i}" for i in range(10)]
    counting.fails_on = "texte 7"
    with pytest.raises(RuntimeError):
        encode_passages_cached(texts, counting, cache)
    assert counting.encoded == texts[:6]
    counting.fails_on = None
    counting.encoded.clear()
    encode_passages_cached(texts, counting, cache)
    assert counting.encoded == texts[6:]


def test_another_encoder_encodes_anew(counting: CountingEncoder, cache: VectorCache):
    encode_passages_cached(["a"], counting, cache)
    other = CountingEncoder()
    other.name = "counting/2"
    encode_passages_cached(["a"], other, cache)
    assert other.encoded == ["a"]


def test_progress_counts_texts_up_to_their_total(counting: CountingEncoder, cache: VectorCache):
    encode_passages_cached(["a", "b"], counting, cache)
    told: list[tuple[int, int]] = []
    encode_passages_cached(["a", "b", "a", "c", "c", "d", "e", "f"], counting, cache, lambda *now: told.append(now))
    assert told == [(3, 8), (7, 8), (8, 8)]


def test_no_texts_give_no_vectors(counting: CountingEncoder, cache: VectorCache):
    assert encode_passages_cached([], counting, cache).shape == (0, 8)


@given(texts=st.lists(st.text(st.characters(), max_size=5), max_size=12))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_through_the_cache_or_not_vectors_are_the_same(cache: VectorCache, texts: list[str]):
    """Whatever earlier examples left in the cache; lone surrogates included."""
    direct = CountingEncoder()
    expected = direct.encode_passages(texts) if texts else np.empty((0, 8), np.float32)
    np.testing.assert_array_equal(encode_passages_cached(texts, direct, cache), expected)
