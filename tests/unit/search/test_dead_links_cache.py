"""The dead links as a server holds them."""

import pytest

from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue.links import LinkState, keep_link_states
from indexer.errors import CatalogueError
from indexer.search import dead_links
from indexer.search.dead_links import LIFETIME_S, DeadLinks
from tests.support.catalogues import sqlite_url
from tests.support.small_feeds import NOON

__all__ = ["sqlite_url"]
DEAD = LinkState("https://mort.test/", NOON, "le site ne répond pas", NOON, NOON)


@pytest.fixture
def store(sqlite_url: str) -> Catalogue:
    return open_catalogue(sqlite_url)


def test_they_are_read_again_after_a_minute_only(store: Catalogue) -> None:
    now = [0.0]
    held = DeadLinks(store, lambda: now[0])
    assert held() == frozenset()
    keep_link_states(store.database, [DEAD])
    now[0] = LIFETIME_S - 1
    assert held() == frozenset()
    now[0] = LIFETIME_S
    assert held() == {"https://mort.test/"}


def test_a_catalogue_that_cannot_be_read_leaves_what_was_known(
    store: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    keep_link_states(store.database, [DEAD])
    held = DeadLinks(store, lambda: now[0])
    held()

    def fail(database: object) -> frozenset[str]:
        raise CatalogueError("plus là")

    monkeypatch.setattr(dead_links, "read_dead_links", fail)
    now[0] = LIFETIME_S
    assert held() == {"https://mort.test/"}
