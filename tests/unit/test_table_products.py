"""Products and stretches of rows, made without loops of Python, against the plain way."""

from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.product_graph import GRAPH, build_product_graph
from indexer.products import MOST_COLUMNS, IntegerTable
from indexer.spans import spread


@settings(deadline=None)
@given(st.integers(0, 200), st.sampled_from([1, 3, 128]), st.integers(0, 40))
def test_a_table_times_many_vectors_is_its_product_with_each(rows: int, columns: int, count: int) -> None:
    random = np.random.default_rng(rows)
    table = random.integers(-127, 128, (rows, columns)).astype(np.int8)
    vectors = random.standard_normal((count, columns)).astype(np.float32)
    products, units = IntegerTable(table).times_each(vectors)
    expected = vectors @ table.T.astype(np.float32)
    assert products.shape == (count, rows)
    assert np.allclose(products * units[:, None], expected, rtol=0, atol=columns * 127 * units.max(initial=0))


def test_the_greatest_numbers_are_summed_exactly() -> None:
    table = np.full((3, 384), 127, np.int8)
    table[1] = -127
    products, _ = IntegerTable(table).times_each(np.ones((2, 384), np.float32))
    assert products.tolist() == [[384 * 127 * 4_063, -384 * 127 * 4_063, 384 * 127 * 4_063]] * 2


def test_a_vector_of_zeros_gives_zeros() -> None:
    assert IntegerTable(np.ones((4, 8), np.int8)).times(np.zeros(8, np.float32)).tolist() == [0, 0, 0, 0]


def test_a_table_whose_sums_might_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        IntegerTable(np.ones((1, MOST_COLUMNS + 1), np.int8))


def test_two_tables_open_at_once_do_not_share_their_numbers() -> None:
    one, two = (IntegerTable(np.full((2, 3), value, np.int8)) for value in (1, 2))
    vector = np.ones(3, np.float32)
    assert (one.times(vector).tolist(), two.times(vector).tolist()) == ([3, 3], [6, 6])


def test_the_shipped_graph_is_the_one_that_our_code_writes() -> None:
    assert (files("indexer") / GRAPH).read_bytes() == build_product_graph(), (
        "lancez « python -m indexer.product_graph »"
    )


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=12))
def test_stretches_are_spread_one_after_the_other_and_empty_ones_give_nothing(spans: list[tuple[int, int]]) -> None:
    firsts = np.array([first for first, _ in spans], np.int64)
    ends = np.array([first + length for first, length in spans], np.int64)
    expected = [row for first, length in spans for row in range(first, first + length)]
    assert spread(firsts, ends).tolist() == expected
