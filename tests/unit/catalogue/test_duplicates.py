"""Duplicates beside their records, and coordinators' decisions, on both databases."""

import pytest

from indexer.catalogue import Catalogue
from indexer.catalogue.duplicates import (
    Decision,
    Duplicate,
    decide,
    read_decisions,
    read_duplicates,
)
from indexer.errors import CatalogueError
from indexer.schema import Kind
from tests.support.small_feeds import LATER, NOON, bring, offer, structure
from tests.support.told_duplicates import replace_duplicates

TWIN = Duplicate(Kind.OFFER, "ex--o2", "ex--o1", 0.9, "même SIRET, même adresse")


@pytest.fixture
def filled(catalogue: Catalogue) -> Catalogue:
    bring(catalogue, [structure(), offer(1), offer(2, telephone="+33384000000"), offer(3)])
    return catalogue


def published(catalogue: Catalogue) -> list[str]:
    return [stored.offer.id for stored in catalogue.iter_offers_for_index()]


def test_a_duplicate_is_kept_but_not_published_and_every_count_says_so(filled: Catalogue) -> None:
    assert replace_duplicates(filled.database, [TWIN], NOON) == 1
    assert published(filled) == ["ex--o1", "ex--o3"]
    assert filled.counts().published == 2
    assert filled.counts().offers == 3
    assert [s.offer.id for s in filled.offers_of_structure("ex--s1")] == ["ex--o1", "ex--o3"]
    hidden = filled.get_offer("ex--o2")
    assert hidden is not None
    assert not hidden.published


def test_the_best_record_names_the_others_and_says_what_they_complete(filled: Catalogue) -> None:
    replace_duplicates(filled.database, [TWIN], NOON)
    best = filled.get_offer("ex--o1")
    assert best is not None
    assert best.offer.telephone == "+33384000000"
    assert [(other.id, other.source, other.fields) for other in best.others] == [("ex--o2", "ex", ("telephone",))]


def test_all_comes_back_when_the_group_is_undone(filled: Catalogue) -> None:
    before = list(filled.iter_offers_for_index())
    replace_duplicates(filled.database, [TWIN], NOON)
    assert replace_duplicates(filled.database, [], LATER) == 1
    assert list(filled.iter_offers_for_index()) == before


def test_a_duplicate_shows_again_while_its_best_record_is_gone(filled: Catalogue) -> None:
    replace_duplicates(filled.database, [TWIN], NOON)
    bring(filled, [structure(), offer(2), offer(3)], now=LATER, accept_loss=True)
    assert published(filled) == ["ex--o2", "ex--o3"]


def test_who_follows_the_revisions_learns_of_both_records_and_of_nothing_twice(filled: Catalogue) -> None:
    start = filled.latest_revision_id()
    replace_duplicates(filled.database, [TWIN], NOON)
    assert filled.offers_touched_since(start) == ["ex--o1", "ex--o2"]
    again = filled.latest_revision_id()
    assert replace_duplicates(filled.database, [TWIN], LATER) == 0
    assert filled.latest_revision_id() == again
    assert read_duplicates(filled.database) == [TWIN]


def test_a_group_of_structures_hides_no_offer_of_the_same_id(catalogue: Catalogue) -> None:
    bring(catalogue, [structure(1, id="ex--x"), offer(1, id="ex--x", structure_id="ex--x")])
    replace_duplicates(catalogue.database, [Duplicate(Kind.STRUCTURE, "ex--x", "ex--y", 0.9, "")], NOON)
    assert published(catalogue) == ["ex--x"]


def test_the_last_word_of_a_coordinator_is_kept_whatever_the_order_of_the_ids(filled: Catalogue) -> None:
    decide(filled.database, Kind.OFFER, "ex--o2", "ex--o1", True, NOON)
    decide(filled.database, Kind.OFFER, "ex--o1", "ex--o2", False, LATER)
    assert read_decisions(filled.database) == [Decision(Kind.OFFER, "ex--o1", "ex--o2", False, LATER)]


@pytest.mark.parametrize(("one", "other", "words"), [("ex--o1", "ex--o1", "le même"), ("ex--o1", "ex--o9", "ex--o9")])
def test_a_decision_on_what_is_not_two_known_records_is_refused(
    filled: Catalogue, one: str, other: str, words: str
) -> None:
    with pytest.raises(CatalogueError, match=words):
        decide(filled.database, Kind.OFFER, one, other, True, NOON)
