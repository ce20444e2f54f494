from pathlib import Path

import pytest

from indexer.errors import EvaluationError
from indexer.evaluation.dedupe import LabelledPair, load_pairs, measure_pairs, wilson
from indexer.evaluation.sets import find_sets
from indexer.schema import Kind
from tests.support.cards import card

HEAD = "genre,part,meme,a,b\n"


def test_the_wilson_interval_of_a_textbook_case() -> None:
    low, high = wilson(8, 10)
    assert low == pytest.approx(0.4902, abs=1e-4)
    assert high == pytest.approx(0.9433, abs=1e-4)
    assert wilson(0, 0) == (None, None)


def test_right_wrong_and_missed_are_counted_and_doubt_is_left_out() -> None:
    cards = {c.id: c for c in (card("a--1", "Ressort"), card("b--1", "Ressort"), card("c--1", "La Boussole"))}
    labels = [("oui", "a--1", "b--1"), ("non", "a--1", "b--1"), ("oui", "a--1", "c--1"), ("doute", "b--1", "c--1")]
    pairs = [LabelledPair(Kind.STRUCTURE, "dev", label, a, b) for label, a, b in labels]  # type: ignore[arg-type]
    figures = measure_pairs(pairs, lambda _, record_id: cards[record_id])
    assert (figures.pairs, figures.right, figures.wrong, figures.missed) == (3, 1, 1, 1)
    assert (figures.precision, figures.recall) == (0.5, 0.5)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", HEAD + "structure,dev,oui,a\n", HEAD + "lieu,dev,oui,a,b\n"])
def test_a_file_of_another_layout_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(EvaluationError, match=r"pairs\.csv"):
        load_pairs(path)


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="paires jugées"):
        load_pairs(tmp_path / "pairs.csv")


def test_no_record_is_in_both_parts_and_no_pair_is_told_twice() -> None:
    pairs = load_pairs(find_sets(None, "dedupe") / "pairs.csv")
    parts: dict[str, set[str]] = {}
    for pair in pairs:
        for record_id in (pair.a, pair.b):
            parts.setdefault(record_id, set()).add(pair.part)
    assert len(pairs) >= 1_000
    assert all(len(found) == 1 for found in parts.values())
    assert len({(p.kind, frozenset((p.a, p.b))) for p in pairs}) == len(pairs)
