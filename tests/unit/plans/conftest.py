"""`world`: plans over an empty catalogue, on both databases."""

import pytest

from indexer.catalogue import Catalogue
from tests.support.catalogues import catalogue, catalogue_url, postgres_server, sqlite_url
from tests.support.plans import PlansWorld

__all__ = ["catalogue", "catalogue_url", "postgres_server", "sqlite_url"]


@pytest.fixture
def world(catalogue: Catalogue) -> PlansWorld:
    return PlansWorld(catalogue)
