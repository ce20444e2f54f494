"""Engines for the contract suite: ask for `engine` (one of each kind, empty) or `filled` (a small random world)."""

import random
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.engines.base import SearchEngine
from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from indexer.engines.embedded import EmbeddedEngine
from tests.engines.worlds import DIMENSIONS, Oracle, make_document
from tests.support.elasticsearch import MISSING, remove_all, shared_server

ENGINES = ("embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch))


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server, one for all workers of the run."""
    own = tmp_path_factory.getbasetemp()
    with shared_server(own.parent if own.name.startswith("popen-") else own) as url:
        if url is None:
            pytest.skip(MISSING)
        yield url


@pytest.fixture
def access(elasticsearch_url: str) -> Iterator[Access]:
    """Names of the test's own on the server, removed at its end."""
    access = Access(urls=(elasticsearch_url,), prefix=f"t{uuid4().hex}")
    yield access
    remove_all(access)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    """An engine of each kind, without any version."""
    if request.param == "elasticsearch":
        return ElasticsearchEngine(request.getfixturevalue("access"), dimensions=DIMENSIONS)
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
