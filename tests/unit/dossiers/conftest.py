"""`dossiers`: files over both real databases, with the `clock` that tests turn."""

import pytest

from indexer.catalogue import Catalogue
from indexer.dossiers import Dossiers
from tests.support.clocks import MovedClock
from tests.support.dossiers import build_dossiers


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def dossiers(catalogue: Catalogue, clock: MovedClock) -> Dossiers:
    return build_dossiers(catalogue.database, clock)
