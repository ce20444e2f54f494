"""What a moderator accepts in one process is found by another one, on each engine, without a rebuild."""

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.catalogue import open_catalogue
from indexer.engines.base import SearchEngine
from indexer.engines.elasticsearch import ElasticsearchEngine
from indexer.engines.embedded import EmbeddedEngine
from indexer.language.needs import SilentReader
from indexer.search import SearchRequest, build_offer_search
from tests.engines.conftest import ENGINES
from tests.support.clocks import MovedClock
from tests.support.counting_encoder import CountingEncoder
from tests.support.publications import PublishWorld

MOST_SEARCHES = 2000
"""Elasticsearch shows what is written within a second: far fewer are asked in that time."""

Opening = Callable[[], SearchEngine]


@pytest.fixture(params=ENGINES)
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    """Opens the same index as each process does."""
    if request.param == "elasticsearch":
        access = request.getfixturevalue("access")
        return lambda: ElasticsearchEngine(access, dimensions=CountingEncoder.dimensions)
    return lambda: EmbeddedEngine(tmp_path / "index", dimensions=CountingEncoder.dimensions)


def test_an_accepted_publication_appears_and_a_paused_one_goes_in_every_process(
    opening: Opening, tmp_path: Path
) -> None:
    catalogue, clock = open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}"), MovedClock()
    world, elsewhere = PublishWorld(catalogue, tmp_path, clock, engine=opening()), opening()
    search = build_offer_search(elsewhere, CountingEncoder(), clock, SilentReader())

    def total() -> int:
        return search.search(SearchRequest(code_commune="90010")).total

    assert total() == 0
    version = elsewhere.health().version
    _, token = world.published()
    assert any(total() == 1 for _ in range(MOST_SEARCHES))
    world.managing.pause(token, None)
    assert any(total() == 0 for _ in range(MOST_SEARCHES))
    after = elsewhere.health().version
    assert version is not None
    assert after is not None
    assert after.name == version.name
    catalogue.close()


def test_the_words_of_a_publication_are_searched_at_once_by_a_process_that_knew_none_of_them(
    opening: Opening, tmp_path: Path
) -> None:
    catalogue, clock = open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}"), MovedClock()
    world, elsewhere = PublishWorld(catalogue, tmp_path, clock, engine=opening()), opening()
    search = build_offer_search(elsewhere, CountingEncoder(), clock, SilentReader())

    def asked() -> tuple[int, dict[str, float]]:
        found = search.search(SearchRequest(q="boulanger"))
        return found.total, dict(found.items[0].parts) if found.items else {}

    assert asked()[0] == 0
    world.published()
    assert any(asked()[0] == 1 for _ in range(MOST_SEARCHES))
    assert asked()[1]["mots"] > 0
    catalogue.close()
