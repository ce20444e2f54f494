"""`world`: plans over an empty catalogue, on both databases."""

import pytest

from indexer.catalogue import Catalogue
from tests.support.plans import PlansWorld


@pytest.fixture
def world(catalogue: Catalogue) -> PlansWorld:
    return PlansWorld(catalogue)
