"""`world`: a filled catalogue, read only. `client`: its pages. `bare_client`: pages before anything is indexed."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import PagesWorld
from tests.ui.pages_content import GONE, GONE_STRUCTURE, RECORDS


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> PagesWorld:
    world = PagesWorld(tmp_path_factory.mktemp("pages"))
    world.bring([*RECORDS, GONE, GONE_STRUCTURE])
    world.bring(RECORDS, accept_loss=True)
    world.index()
    return world


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
