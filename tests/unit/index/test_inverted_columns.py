"""The rows of each value, against the plain reading of each row: on any ranges, for few rows and for many."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.embedded import columns, inverted, postings
from indexer.engines.embedded import domain as domains
from indexer.engines.embedded.columns import CodedBuilder, CodedColumn
from indexer.engines.embedded.counting import MOST_VALUES, Kept
from indexer.engines.embedded.domain import Domain

NAMES = ("cuisine", "cuisine-collective", "garde", "loyer")
rows = st.lists(
    st.one_of(st.just(("all",)), st.lists(st.sampled_from(NAMES), unique=True, max_size=3).map(tuple)),
    min_size=1,
    max_size=30,
)
wanted_values = st.frozensets(st.sampled_from((*NAMES, "absent")))


@pytest.fixture(params=[0, domains.FEW], ids=["range by range", "row by row"], autouse=True, scope="module")
def _few(request: pytest.FixtureRequest) -> Iterator[None]:
    """Both ways of looking rows up."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (inverted, postings):
            patch.setattr(module, "FEW", request.param)
        yield


def build(values: Sequence[tuple[str, ...]]) -> CodedColumn:
    builder = CodedBuilder()
    for own in values:
        builder.add(own, anything=own in (("all",), ()))
    return builder.build(np.arange(len(values)))


def cut(size: int, bounds: Sequence[int]) -> Domain:
    """Ranges between the bounds, every second one left out."""
    edges = sorted({0, *(bound % (size + 1) for bound in bounds), size})
    return Domain(list(pairwise(edges))[::2])


def local_rows(domain: Domain) -> list[int]:
    return [int(row) for row in domain.rows(np.arange(domain.size))]


@given(values=rows, bounds=st.lists(st.integers(0, 99), max_size=5), wanted=wanted_values, unknown=st.booleans())
def test_a_filter_keeps_the_rows_that_say_a_value_or_match_them_all(
    values: list[tuple[str, ...]], bounds: list[int], wanted: frozenset[str], unknown: bool
) -> None:
    domain = cut(len(values), bounds)
    kept = build(values).flags(domain, wanted, unknown=unknown)
    expected = [
        values[row] == ("all",) or (not values[row] and unknown) or bool(wanted & set(values[row]))
        for row in local_rows(domain)
    ]
    assert kept.tolist() == expected


@given(values=rows, bounds=st.lists(st.integers(0, 99), max_size=5), value=st.sampled_from(NAMES))
def test_the_rows_that_match_a_value_are_those_of_its_filter(
    values: list[tuple[str, ...]], bounds: list[int], value: str
) -> None:
    domain, column = cut(len(values), bounds), build(values)
    assert sorted(column.matching(domain, value).tolist()) == np.flatnonzero(column.flags(domain, {value})).tolist()


@given(values=rows, asked=st.lists(st.integers(0, 99), max_size=40), wanted=wanted_values)
def test_a_wish_is_worth_the_best_that_a_row_says(
    values: list[tuple[str, ...]], asked: list[int], wanted: frozenset[str]
) -> None:
    some = [row % len(values) for row in asked]
    found = build(values).worth(np.array(some, dtype=np.int64), wanted, unknown=0.5, anything=0.6)
    expected = [
        0.6 if values[row] == ("all",) else 0.5 if not values[row] else float(bool(wanted & set(values[row])))
        for row in some
    ]
    assert found.tolist() == expected


@pytest.mark.parametrize(
    ("lookup", "most_values"),
    [(0, 0), (10**6, 0), (10**6, 10**6), (columns.LOOKUP, MOST_VALUES)],
    ids=["the rows kept", "all values held", "bits", "the least"],
)
@given(values=rows, bounds=st.lists(st.integers(0, 99), max_size=5), data=st.data())
def test_counts_are_those_of_the_kept_rows_whichever_way_is_taken(
    lookup: int, most_values: int, values: list[tuple[str, ...]], bounds: list[int], data: st.DataObject
) -> None:
    domain = cut(len(values), bounds)
    keep = np.array(data.draw(st.lists(st.booleans(), min_size=domain.size, max_size=domain.size)), dtype=np.bool_)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "LOOKUP", lookup)
        patch.setattr(columns, "MOST_VALUES", most_values)
        counts = build(values).counts(Kept(domain, keep, len(values)))
    kept = [values[row] for row, yes in zip(local_rows(domain), keep.tolist(), strict=True) if yes]
    assert counts.kept == len(kept)
    assert counts.always == sum(own in (("all",), ()) for own in kept)
    assert {name: number for name, number in counts.own.items() if number} == dict(
        Counter(chain(*kept)) - Counter({"all": 99})
    )


@given(values=rows, start=st.sampled_from(("cui", "cuisine-", "g", "x")))
def test_values_are_found_by_how_they_start(values: list[tuple[str, ...]], start: str) -> None:
    said = {name for own in values if own != ("all",) for name in own}
    assert build(values).starting(start) == sorted(name for name in said if name.startswith(start))


@given(values=rows, bounds=st.lists(st.integers(0, 99), max_size=5), asked=st.lists(st.integers(0, 29), max_size=40))
def test_rows_are_located_as_ranges_hold_them(
    values: list[tuple[str, ...]], bounds: list[int], asked: list[int]
) -> None:
    domain = cut(len(values), bounds)
    here, local = domain.locate(np.array(asked, dtype=np.int32))
    held = {row: place for place, row in enumerate(local_rows(domain))}
    assert here.tolist() == [place for place, row in enumerate(asked) if row in held]
    assert local.tolist() == [held[row] for row in asked if row in held]
