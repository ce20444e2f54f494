"""Companies to ask, on both real databases."""

import pytest

from indexer.catalogue import Catalogue
from tests.support.catalogues import catalogue, catalogue_url, postgres_server, sqlite_url
from tests.support.mobilising import MobiliseWorld

__all__ = ["catalogue", "catalogue_url", "postgres_server", "sqlite_url"]


@pytest.fixture
def world(catalogue: Catalogue) -> MobiliseWorld:
    return MobiliseWorld(catalogue)
