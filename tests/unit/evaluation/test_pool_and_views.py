"""What is left to judge, and searches with less."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.base import Need, SearchQuery, Words
from indexer.errors import EvaluationError
from indexer.evaluation.judged import JudgedNeed
from indexer.evaluation.pooling import READ, iter_unread, key_of, load_read, write_read
from indexer.evaluation.views import build_view

NEED = JudgedNeed("manger", "90010", "fr", "court", "essai", "dev", {"a": 3})
VECTOR = np.ones(2, np.float32)
WHOLE = SearchQuery(date(2026, 1, 1), Words(()), VECTOR, (Need("x", 1.0),), wishes={"frais": frozenset({"gratuit"})})


def unread(read: dict[str, list[str]], *rankings: Sequence[str]) -> list[tuple[str, ...]]:
    calls = [lambda need, ids=ids: ids for ids in rankings]
    return [one.offers for one in iter_unread([NEED], calls, {"b2": "b"}, read)]


def test_the_pool_takes_the_first_of_each_ranking_in_turn_without_what_is_judged() -> None:
    assert unread({}, ["a", "b2", "c"], ["d", "b", "a"]) == [("d", "b", "c")]


def test_what_was_read_is_not_told_again() -> None:
    assert unread({key_of(NEED): ["b", "c"]}, ["a", "b", "c"]) == []


def test_only_the_first_ten_are_pooled() -> None:
    assert unread({}, [f"o{n}" for n in range(20)]) == [tuple(f"o{n}" for n in range(10))]


def test_the_list_of_what_was_read_is_written_and_read(tmp_path: Path) -> None:
    write_read(tmp_path, {"b": ["2", "1"], "a": []})
    assert load_read(tmp_path) == {"a": [], "b": ["1", "2"]}
    assert len((tmp_path / READ).read_text().splitlines()) == 4


def test_a_torn_list_is_told_and_an_absent_one_is_empty(tmp_path: Path) -> None:
    assert load_read(tmp_path) == {}
    (tmp_path / READ).write_text("{")
    with pytest.raises(EvaluationError, match=READ):
        load_read(tmp_path)


def test_words_alone_have_neither_meaning_nor_needs_nor_wishes() -> None:
    view = build_view(WHOLE, "mots")
    assert (view.words, view.vector, view.needs, view.wishes) == (WHOLE.words, None, (), {})


def test_meaning_alone_has_neither_words_nor_needs() -> None:
    view = build_view(WHOLE, "sens")
    assert (view.words, view.needs) == (None, ())
    assert view.vector is VECTOR


def test_the_whole_search_is_left_as_it_is() -> None:
    assert build_view(WHOLE, "complete") is WHOLE
