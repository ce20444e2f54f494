"""`labour` loads small tables of `tests.support.labour_tables`, changed as the test wants, and reads them."""

from functools import partial
from pathlib import Path

import pytest

from tests.support.labour_tables import Loader, load_labour


@pytest.fixture
def labour(tmp_path: Path) -> Loader:
    return partial(load_labour, tmp_path)
