"""The gate of duplicates, on the part of the labelled pairs that no rule was tuned on."""

from pathlib import Path

import pytest

from indexer.commands.evaluate_dedupe import read_cards
from indexer.evaluation.dedupe import load_pairs, measure_pairs
from indexer.evaluation.sets import find_sets

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.real_data
@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data est absent : les paires jugées n'ont pas leurs fiches")
def test_what_is_joined_is_the_same_and_most_of_the_same_is_joined() -> None:
    pairs = [pair for pair in load_pairs(find_sets(None, "dedupe") / "pairs.csv") if pair.part == "test"]
    figures = measure_pairs(pairs, read_cards(DATA))
    assert figures.precision is not None
    assert figures.precision_low is not None
    assert figures.recall is not None
    assert figures.precision >= 0.98
    assert figures.precision_low >= 0.96
    assert figures.recall >= 0.90
