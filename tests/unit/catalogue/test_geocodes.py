"""Kept answers of the address service, on both databases."""

from datetime import timedelta

from indexer.catalogue import Catalogue
from indexer.catalogue.geocodes import keep_geocodes, read_geocodes
from tests.support.small_feeds import NOON


def test_answers_come_back_with_their_day_and_unknown_ones_as_none(catalogue: Catalogue) -> None:
    keep_geocodes(catalogue.database, {"a": {"score": 0.9}, "b": None}, NOON)
    kept = read_geocodes(catalogue.database, ["a", "b", "c"])
    assert kept == {"a": (NOON, {"score": 0.9}), "b": (NOON, None)}


def test_a_later_answer_takes_the_place_of_the_former(catalogue: Catalogue) -> None:
    keep_geocodes(catalogue.database, {"a": None}, NOON)
    later = NOON + timedelta(days=1)
    keep_geocodes(catalogue.database, {"a": {"score": 1.0}}, later)
    assert read_geocodes(catalogue.database, ["a"]) == {"a": (later, {"score": 1.0})}


def test_more_addresses_than_a_statement_takes(catalogue: Catalogue) -> None:
    keep_geocodes(catalogue.database, {str(n): None for n in range(1200)}, NOON)
    assert len(read_geocodes(catalogue.database, [str(n) for n in range(1200)])) == 1200
