"""`world`: a filled catalogue, read only. `client`: its pages. `bare_client`: pages before anything is indexed."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import PagesWorld
from tests.ui.pages_content import RECORDS, filled_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> PagesWorld:
    return filled_world(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def client(world: PagesWorld) -> Iterator[TestClient]:
    with TestClient(world.app) as client:
        yield client


@pytest.fixture
def bare_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An imported catalogue without an index."""
    world = PagesWorld(tmp_path_factory.mktemp("bare"))
    world.bring(RECORDS)
    with TestClient(world.app) as client:
        yield client
