"""Thousands of random searches and live changes, against a plain-Python reading of the contract."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest

from indexer.engines.base import Hit, SearchEngine, SearchQuery
from indexer.engines.embedded import EmbeddedEngine
from tests.engines.worlds import Oracle, make_document, make_query
from tests.support.later import first

SEARCHES = 2000


def check(engine: SearchEngine, oracle: Oracle, query: SearchQuery) -> None:
    """Total, facets, order and pages of one search."""
    answer = engine.search(query)
    if query.asks_for_something and not oracle.anything_admitted(query):
        assert answer.by_meaning_only
        assert (answer.total > 0) <= (query.vector is not None)
        return
    expected = oracle.find(query)
    assert answer.total == len(expected)
    assert not answer.by_meaning_only
    for name, counts in answer.facets.items():
        counts = dict(counts)
        assert counts.pop("") == len(oracle.find(query, without=name))
        assert counts == oracle.counts(query, name, counts)
    assert len(answer.hits) == min(query.size, len(expected))
    assert {hit.id for hit in answer.hits} <= expected
    check_wishes(answer.hits, oracle, query)
    if query.sort != "pertinence":
        assert [hit.id for hit in answer.hits] == oracle.order(query)[: query.size]


def check_wishes(hits: Iterable[Hit], oracle: Oracle, query: SearchQuery) -> None:
    """Wishes and age exclude nothing, and each hit says how it answers them."""
    for hit in hits:
        d = oracle.documents[hit.id]
        wished = oracle.wished(d, query) if query.wishes else None
        assert hit.parts.get("souhaits") == (None if wished is None else pytest.approx(wished, abs=1e-4))
        assert hit.parts.get("age") == (None if query.age is None else oracle.suits_age(d, query.age))


def walk(engine: SearchEngine, query: SearchQuery) -> list[str]:
    """All ids, by cursor; each page must agree with the page of the same number."""
    ids: list[str] = []
    page, after = 1, None
    while True:
        by_cursor = engine.search(replace(query, after=after, facets=()))
        if page <= 3:
            by_number = engine.search(replace(query, page=page, facets=()))
            assert [h.id for h in by_number.hits] == [h.id for h in by_cursor.hits]
            assert by_number.more == by_cursor.more
        ids += [hit.id for hit in by_cursor.hits]
        if not by_cursor.more:
            return ids
        page, after = page + 1, by_cursor.hits[-1].key


@pytest.mark.parametrize("seed", first(16, range(40)))
def test_pages_and_cursors_give_everything_once_and_in_order(filled: tuple[SearchEngine, Oracle], seed: int) -> None:
    engine, oracle = filled
    # Small pages cross many borders; a server takes a hundred times longer for each.
    query = replace(make_query(random.Random(1000 + seed)), size=9 if isinstance(engine, EmbeddedEngine) else 45)
    listed = walk(engine, query)
    assert len(listed) == len(set(listed))
    if engine.search(query).by_meaning_only:  # the oracle knows no meaning
        return
    assert sorted(listed) == sorted(oracle.find(query))
    if query.sort != "pertinence":
        assert listed == oracle.order(query)


@pytest.mark.parametrize("seed", first(2, range(5)))
def test_random_searches_agree_with_the_oracle(filled: tuple[SearchEngine, Oracle], seed: int) -> None:
    engine, oracle = filled
    rng = random.Random(seed)
    for _ in range(SEARCHES // 5 if isinstance(engine, EmbeddedEngine) else SEARCHES // 40):
        check(engine, oracle, make_query(rng))


@pytest.mark.parametrize("seed", first(1, range(3)))
def test_searches_agree_while_documents_come_and_go(filled: tuple[SearchEngine, Oracle], seed: int) -> None:
    engine, oracle = filled
    rng = random.Random(100 + seed)
    for _ in range(60 if isinstance(engine, EmbeddedEngine) else 20):
        changed = [make_document(rng, f"a--{rng.randint(0, 450)}") for _ in range(rng.randint(1, 5))]
        engine.upsert(changed)
        oracle.documents.update({d.id: d for d in changed})
        gone = rng.sample(sorted(oracle.documents), rng.randint(0, 3))
        engine.delete(gone)
        for document_id in gone:
            del oracle.documents[document_id]
        check(engine, oracle, make_query(rng))
    assert {i for i in oracle.documents if engine.get(i) is not None} == set(oracle.documents)
