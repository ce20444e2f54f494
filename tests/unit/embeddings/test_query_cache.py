from concurrent.futures import ThreadPoolExecutor

import numpy as np

from indexer.embeddings.query_cache import CachedQueries
from tests.support.counting_encoder import CountingEncoder


def test_a_query_is_encoded_once(counting: CountingEncoder):
    cached = CachedQueries(counting)
    first, second = cached.encode_queries(["permis", "loyer", "permis"]), cached.encode_queries(["loyer", "permis"])
    assert counting.encoded == ["permis", "loyer"]
    np.testing.assert_array_equal(first[[1, 2]], second)


def test_the_one_asked_longest_ago_is_forgotten_first(counting: CountingEncoder):
    cached = CachedQueries(counting, size=2)
    for query in ("a", "b", "a", "c", "a", "b"):
        cached.encode_queries([query])
    assert counting.encoded == ["a", "b", "c", "b"]


def test_more_queries_than_it_holds_are_all_answered(counting: CountingEncoder):
    texts = list("abcdef")
    np.testing.assert_array_equal(
        CachedQueries(counting, size=2).encode_queries(texts), CountingEncoder().encode_queries(texts)
    )


def test_a_caller_may_change_what_it_got(counting: CountingEncoder):
    cached = CachedQueries(counting)
    cached.encode_queries(["a"])[:] = 0
    np.testing.assert_array_equal(cached.encode_queries(["a"]), CountingEncoder().encode_queries(["a"]))


def test_passages_are_not_kept(counting: CountingEncoder):
    cached = CachedQueries(counting)
    cached.encode_passages(["a"])
    cached.encode_passages(["a"])
    assert counting.encoded == ["a", "a"]


def test_no_query_gives_no_vector(counting: CountingEncoder):
    assert CachedQueries(counting).encode_queries([]).shape == (0, 8)


def test_threads_at_once_get_their_own_answers(counting: CountingEncoder):
    cached = CachedQueries(counting, size=5)
    texts = [f"q{i % 9}" for i in range(300)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda text: cached.encode_queries([text])[0], texts))
    np.testing.assert_array_equal(np.stack(answers), CountingEncoder().encode_queries(texts))
