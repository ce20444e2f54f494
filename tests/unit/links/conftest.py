"""The fixtures of both real databases, and the sites that links point to."""

from collections.abc import Iterator

import pytest

from tests.support.catalogues import catalogue, catalogue_url, postgres_server, sqlite_url
from tests.support.linked_site import Site, serve_links

__all__ = ["catalogue", "catalogue_url", "postgres_server", "sqlite_url"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_links() as served:
        yield served
