"""Applications on the small catalogue of Belfort. Ask for:

- `client`: the shared application, read only (fast: built once a run);
- `filled_settings`: the settings of that catalogue, to build another application on it;
- `client_of`: makes a client of any application.
"""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from indexer.language.needs import SilentReader
from indexer.settings import Settings
from search_api.app import create_app
from search_api.logs import build_log
from search_api.services import Services, open_services, warm_up
from tests.api.worlds import NOW, fill, settings_in
from tests.support.hashing_encoder import HashingEncoder


@pytest.fixture(scope="session")
def filled_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_in(tmp_path_factory.mktemp("api"))
    fill(settings)
    return settings


@pytest.fixture(scope="session")
def services(filled_settings: Settings) -> Iterator[Services]:
    opened = open_services(filled_settings, encoder=HashingEncoder, clock=lambda: NOW, needs=SilentReader())
    warm_up(opened, build_log("error"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def app(services: Services) -> FastAPI:
    return create_app(services=services, log=build_log("info", io.StringIO()))


@pytest.fixture(scope="session")
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


@pytest.fixture
def client_of() -> Callable[[FastAPI], TestClient]:
    def build(app: FastAPI) -> TestClient:
        return TestClient(app)

    return build


@pytest.fixture
def empty_services(tmp_path: Path) -> Iterator[Services]:
    """A catalogue without anything, and no index."""
    opened = open_services(settings_in(tmp_path), encoder=HashingEncoder, clock=lambda: NOW, needs=SilentReader())
    yield opened
    opened.close()
