"""Products and stretches of rows, made without loops of Python, against the plain way."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.products import BlockedTable
from indexer.spans import spread


@settings(deadline=None)
@given(st.integers(0, 200), st.sampled_from([1, 3, 128, 10_000]))
def test_a_table_kept_in_blocks_gives_the_product_of_each_of_its_rows_and_no_more(rows: int, columns: int) -> None:
    table = np.random.default_rng(rows).standard_normal((rows, columns)).astype(np.float32)
    vector = np.linspace(-1, 1, columns, dtype=np.float32)
    assert np.allclose(BlockedTable(table).times(vector), table @ vector, atol=1e-2)


@settings(deadline=None)
@given(st.integers(0, 200), st.integers(0, 40))
def test_a_table_times_many_vectors_is_its_product_with_each(rows: int, count: int) -> None:
    random = np.random.default_rng(rows)
    table, vectors = (random.standard_normal((size, 128)).astype(np.float32) for size in (rows, count))
    assert np.allclose(BlockedTable(table).times_each(vectors), vectors @ table.T, atol=1e-2)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=12))
def test_stretches_are_spread_one_after_the_other_and_empty_ones_give_nothing(spans: list[tuple[int, int]]) -> None:
    firsts = np.array([first for first, _ in spans], np.int64)
    ends = np.array([first + length for first, length in spans], np.int64)
    expected = [row for first, length in spans for row in range(first, first + length)]
    assert spread(firsts, ends).tolist() == expected
