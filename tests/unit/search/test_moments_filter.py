"""Asking for the evening: what says so first, what says nothing after, with its reserve; what says otherwise, never."""

from indexer.rebuild import Indexing
from indexer.search import SearchAnswer, SearchRequest
from tests.support.indexing import BELFORT, fill, search_over
from tests.support.small_feeds import offer, structure


def ask(work: Indexing, *moments: str) -> SearchAnswer:
    records = [
        structure(),
        offer(1, nom="Cours de français", description="Deux fois par semaine.", **BELFORT),
        offer(2, nom="Cours de français", description="Deux soirs par semaine.", **BELFORT),
        offer(3, nom="Cours de français", description="Le lundi matin.", **BELFORT),
    ]
    fill(work, records)
    filters = {"moments": moments} if moments else {}
    return search_over(work).search(SearchRequest(q="cours de français", filtres=filters, facettes=("moments",)))


def test_the_evening_asked_puts_what_says_so_first_and_tells_a_reserve_for_the_rest(work: Indexing) -> None:
    answer = ask(work, "soir")
    assert [item.id for item in answer.items] == ["ex--o2", "ex--o1"]
    assert [item.reserves for item in answer.items] == [(), ("horaires à vérifier",)]
    assert "Le soir (après 17 h)" in answer.items[0].raisons


def test_what_is_not_asked_is_neither_a_reason_nor_a_reserve(work: Indexing) -> None:
    answer = ask(work)
    assert answer.total == 3
    assert {reserve for item in answer.items for reserve in item.reserves} == set()


def test_each_value_counts_what_it_alone_would_give(work: Indexing) -> None:
    counts = {value.valeur: value.nombre for value in ask(work, "soir").facettes["moments"]}
    assert counts == {"journee": 2, "soir": 2}
