"""Many searches at once give what each alone gives, on each engine of conftest."""

import random
from dataclasses import replace

from indexer.engines.base import SearchEngine, SearchHits, SearchQuery
from tests.engines.documents import ANYTHING, LILLE, document, world
from tests.engines.worlds import make_document, make_query


def test_many_searches_give_what_each_gives_alone(engine: SearchEngine) -> None:
    rng = random.Random(7)
    world(engine, *(make_document(rng, f"a--{n}") for n in range(120)))
    queries = [make_query(rng) for _ in range(40)]
    together = engine.search_many(queries)
    assert [_told(hits) for hits in together] == [_told(engine.search(query)) for query in queries]


def test_queries_of_one_place_keep_their_own_filters_days_and_exclusions(engine: SearchEngine) -> None:
    world(engine, document("a--1", codes={"frais": ("gratuit",)}), document("a--2", codes={"frais": ("payant",)}))
    here = replace(ANYTHING, place=LILLE)
    queries = [
        here,
        replace(here, filters={"frais": frozenset({"gratuit"})}),
        replace(here, exclude=frozenset({"a--1"})),
        replace(here, place=replace(LILLE, latitude=43.0)),
    ]
    assert [_ids(hits) for hits in engine.search_many(queries)] == [{"a--1", "a--2"}, {"a--1"}, {"a--2"}, set()]


def test_no_query_gives_no_answer(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    assert engine.search_many([]) == ()


def test_an_engine_without_its_own_way_searches_one_after_the_other_in_one_snapshot(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    query: SearchQuery = replace(ANYTHING, place=LILLE)
    assert [_ids(hits) for hits in SearchEngine.search_many(engine, [query, query])] == [{"a--1"}, {"a--1"}]


def _ids(hits: SearchHits) -> set[str]:
    return {hit.id for hit in hits.hits}


def _told(hits: SearchHits) -> tuple[object, ...]:
    return [hit.id for hit in hits.hits], [hit.score for hit in hits.hits], hits.total, hits.facets, hits.more
