"""The relay on both real databases."""

import pytest

from indexer.catalogue import Catalogue
from tests.support.relaying import RelayWorld


@pytest.fixture
def world(catalogue: Catalogue) -> RelayWorld:
    return RelayWorld(catalogue)
