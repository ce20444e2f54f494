"""What the embedded engine keeps of a place from one search to the next never shows in an answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.engines.base import SearchQuery
from indexer.engines.embedded import EmbeddedEngine, grounds
from indexer.engines.embedded.grounds import Grounds
from indexer.engines.embedded.segment import build_in_memory
from tests.engines.documents import ANYTHING, LILLE, document, world

HERE = replace(ANYTHING, place=LILLE)
DIMENSIONS = len(document("a--1").vector)


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(tmp_path, DIMENSIONS)
    world(engine, document("a--1"), document("a--2"))
    return engine


def found(engine: EmbeddedEngine, query: SearchQuery = HERE) -> set[str]:
    return {hit.id for hit in engine.search(query).hits}


def test_a_place_asked_again_shows_what_was_written_since(embedded: EmbeddedEngine) -> None:
    assert found(embedded) == {"a--1", "a--2"}
    embedded.upsert([document("a--3")])
    embedded.delete(["a--1"])
    assert found(embedded) == {"a--2", "a--3"}


def test_an_offer_written_again_elsewhere_leaves_the_place_asked_before(embedded: EmbeddedEngine) -> None:
    assert found(embedded) == {"a--1", "a--2"}
    embedded.upsert([document("a--1", latitude=43.6, longitude=1.44)])
    assert found(embedded) == {"a--2"}


def test_an_exclusion_ends_with_its_query(embedded: EmbeddedEngine) -> None:
    assert found(embedded, replace(HERE, exclude=frozenset({"a--1"}))) == {"a--2"}
    assert found(embedded) == {"a--1", "a--2"}


def test_another_version_is_seen_at_once(embedded: EmbeddedEngine) -> None:
    found(embedded)
    world(embedded, document("b--1"))
    assert found(embedded) == {"b--1"}


def test_the_places_least_asked_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds, "KEPT_ROWS", 2)
    segment, kept = build_in_memory([document("a--1")], DIMENSIONS), Grounds()
    other, third = (replace(HERE, place=replace(LILLE, radius_km=radius)) for radius in (10.0, 30.0))
    first, second = kept.of(segment, HERE), kept.of(segment, other)
    assert kept.of(segment, HERE) is first
    kept.of(segment, third)
    assert kept.of(segment, HERE) is first
    assert kept.of(segment, other) is not second


def test_grounds_go_with_their_segment() -> None:
    kept, (one, two) = Grounds(), (build_in_memory([document(i)], DIMENSIONS) for i in ("a--1", "a--2"))
    of_one, of_two = kept.of(one, HERE), kept.of(two, HERE)
    left = kept.of_segments([two])
    assert left.of(two, HERE) is of_two
    assert left.of(one, HERE) is not of_one
