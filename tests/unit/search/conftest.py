"""`work`: an empty catalogue and index (see tests/support/indexing.py)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.rebuild import Indexing
from tests.support.indexing import open_world


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Indexing]:
    with open_world(tmp_path) as world:
        yield world
