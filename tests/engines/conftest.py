"""Engines for the contract suite: ask for `engine` (one of each kind, empty) or `filled` (a small random world)."""

import random
from pathlib import Path

import pytest

from indexer.engines.base import SearchEngine
from indexer.engines.embedded import EmbeddedEngine
from tests.engines.worlds import DIMENSIONS, Oracle, make_document


@pytest.fixture(params=["embedded"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An engine of each kind, without any version."""
    assert request.param == "embedded"
    return EmbeddedEngine(tmp_path / "index", dimensions=DIMENSIONS)


@pytest.fixture
def filled(engine: SearchEngine) -> tuple[SearchEngine, Oracle]:
    """An engine whose live version holds 400 random documents, and the oracle that knows them."""
    rng = random.Random(20260310)
    oracle = Oracle({f"a--{i}": make_document(rng, f"a--{i}") for i in range(400)})
    build(engine, oracle)
    return engine, oracle


def build(engine: SearchEngine, oracle: Oracle) -> str:
    """A new live version with all that the oracle knows."""
    version = engine.start_version("test/1")
    engine.add_documents(version, oracle.documents.values())
    engine.finish_version(version)
    engine.activate(version)
    return version
