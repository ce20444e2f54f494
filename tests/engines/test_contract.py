"""What every engine does with versions, live changes and bad requests. Runs on each engine of conftest."""

from dataclasses import replace

import numpy as np
import pytest

from indexer.engines.base import (
    MAX_PAGED,
    Names,
    SearchEngine,
    Slot,
)
from indexer.errors import BusyError, EngineError, NoActiveVersionError, QueryError, VersionGoneError
from tests.engines.conftest import build
from tests.engines.documents import ANYTHING, LILLE, document, ids, words, world
from tests.engines.worlds import DIMENSIONS, TODAY, Oracle


def test_nothing_indexed_is_said_and_is_not_ready(engine: SearchEngine) -> None:
    assert not engine.health().ready
    with pytest.raises(NoActiveVersionError, match="maillage reindex"):
        engine.search(ANYTHING)


def test_an_empty_version_answers_with_nothing(engine: SearchEngine) -> None:
    world(engine)
    answer = engine.search(replace(ANYTHING, place=LILLE, words=words("loyer"), facets=("publics",)))
    assert (answer.total, answer.hits) == (0, ())


def test_a_version_is_seen_only_once_activated(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    version = engine.start_version("test/1")
    engine.add_documents(version, [document("a--1"), document("a--2")])
    assert engine.search(ANYTHING).total == 1
    engine.finish_version(version)
    assert engine.search(ANYTHING).total == 1
    assert engine.search(ANYTHING, version=version).total == 2
    engine.activate(version)
    assert engine.search(ANYTHING).total == 2
    assert engine.search(ANYTHING).version == version


def test_a_finished_version_can_be_searched_before_any_is_live(engine: SearchEngine) -> None:
    version = engine.start_version("test/1")
    engine.add_documents(version, [document("a--1")])
    engine.finish_version(version)
    assert engine.search(ANYTHING, version=version).total == 1
    assert not engine.health().ready


def test_two_builds_at_once_are_refused(engine: SearchEngine) -> None:
    version = engine.start_version("test/1")
    with pytest.raises(BusyError, match="déjà en cours"):
        engine.start_version("test/1")
    engine.discard_version(version)
    engine.discard_version(engine.start_version("test/1"))


def test_rollback_returns_to_the_version_before(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    world(engine, document("a--1"), document("a--2"))
    engine.rollback()
    assert engine.search(ANYTHING).total == 1
    with pytest.raises(EngineError, match="rien à rétablir"):
        engine.rollback()


def test_a_name_is_never_given_twice_even_after_a_rollback(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    rolled_back_from = build(engine, Oracle({"a--1": document("a--1")}))
    engine.rollback()
    assert build(engine, Oracle({"a--1": document("a--1")})) != rolled_back_from


def test_two_versions_are_kept_behind_the_live_one(engine: SearchEngine) -> None:
    names = [build(engine, Oracle({"a--1": document("a--1")})) for _ in range(5)]
    assert {info.name for info in engine.versions()} == set(names[2:])
    with pytest.raises(VersionGoneError, match="n'est plus conservée"):
        engine.search(ANYTHING, version=names[0])


@pytest.mark.parametrize("name", ["", "..", "../../etc", "offres-1-20260310-1/..", "a\x00b", "x" * 5000, "été"])
def test_a_forged_version_is_gone_and_touches_no_file(engine: SearchEngine, name: str) -> None:
    build(engine, Oracle({"a--1": document("a--1")}))
    with pytest.raises(VersionGoneError):
        engine.search(ANYTHING, version=name)


def test_the_live_version_cannot_be_discarded(engine: SearchEngine) -> None:
    version = build(engine, Oracle({"a--1": document("a--1")}))
    with pytest.raises(EngineError, match="en service"):
        engine.discard_version(version)


def test_a_live_change_is_in_the_next_search_and_in_get(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    engine.upsert([document("a--1", body=b'{"n":2}'), document("a--2")])
    assert engine.search(ANYTHING).total == 2
    found = engine.get("a--1")
    assert found is not None
    assert found.body == b'{"n":2}'
    engine.delete(["a--1", "a--absent"])
    assert ids(engine, ANYTHING) == ["a--2"]
    assert engine.get("a--1") is None


def test_health_tells_how_many_changes_came_since_the_build(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    assert engine.health().live_changes == 0
    engine.upsert([document("a--1"), document("a--2")])
    assert engine.health().live_changes == 2


def test_a_word_known_only_to_live_changes_is_in_the_vocabulary(engine: SearchEngine) -> None:
    world(engine, document("a--1", terms={"loyer": 1.0}))
    engine.upsert([document("a--2", terms={"permis": 1.0, "loyer": 1.0})])
    frequencies = engine.vocabulary().frequencies
    assert (frequencies.get("permis"), frequencies.get("loyer"), frequencies.get("absent")) == (1, 2, None)
    assert sorted(frequencies) == ["loyer", "permis"]


def test_get_gives_back_the_whole_document(engine: SearchEngine) -> None:
    whole = document(
        "a--é[1]",
        terms={"loyer": 1.5},
        codes={"publics": ("jeunes",), "sources": ("dora",)},
        anything=frozenset({"frais"}),
        zone=("59",),
        slots=(Slot(20_000, 1_728_000_000, full=True),),
        predicted=("mobilite",),
        faint=("numerique",),
        names=Names(own=("aide", "loyer"), holder=("ccas",), around=("lill",)),
        age_min=16,
        valid_until=TODAY,
        fold=2**63 + 1,
    )
    world(engine, whole)
    found = engine.get("a--é[1]")
    assert found is not None
    assert replace(found, vector=whole.vector) == whole
    assert np.array_equal(found.vector, whole.vector)


def test_page_numbers_stop_where_the_cursor_goes_on(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    with pytest.raises(QueryError, match="curseur"):
        engine.search(replace(ANYTHING, page=MAX_PAGED, size=2))


def test_a_walk_by_cursor_is_not_moved_by_live_changes(engine: SearchEngine) -> None:
    world(engine, *(document(f"a--{i:03}", latitude=50.63 + i / 1e4, quality=i % 7 / 7) for i in range(460)))
    query, seen = replace(ANYTHING, place=LILLE, size=50), []
    answer = engine.search(query)
    while True:
        seen += [hit.id for hit in answer.hits]
        if not answer.more:
            break
        engine.delete(seen[-3:])
        engine.upsert([document(f"a--new{len(seen)}", quality=1.0)])
        answer = engine.search(replace(query, after=answer.hits[-1].key), answer.snapshot)
    assert sorted(seen) == [f"a--{i:03}" for i in range(460)]


@pytest.mark.parametrize("vector", [np.ones(DIMENSIONS + 4), np.full(DIMENSIONS, np.nan)])
def test_a_vector_that_does_not_fit_is_refused_before_anything_is_written(
    engine: SearchEngine, vector: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    world(engine, document("a--1"))
    with pytest.raises(EngineError, match="maillage reindex"):
        engine.upsert([document("a--2"), document("a--3", vector=vector.astype(np.float32))])
    assert engine.search(ANYTHING).total == 1
