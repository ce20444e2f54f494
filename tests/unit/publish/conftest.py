"""`world`: publications over both real databases, with an index; `clock` is turned by the test."""

from pathlib import Path

import pytest

from indexer.catalogue import Catalogue
from tests.support.clocks import MovedClock
from tests.support.publications import PublishWorld


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def world(catalogue: Catalogue, tmp_path: Path, clock: MovedClock) -> PublishWorld:
    return PublishWorld(catalogue, tmp_path, clock)
