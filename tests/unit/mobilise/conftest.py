"""Companies to ask, on both real databases."""

import pytest

from indexer.catalogue import Catalogue
from tests.support.mobilising import MobiliseWorld


@pytest.fixture
def world(catalogue: Catalogue) -> MobiliseWorld:
    return MobiliseWorld(catalogue)
