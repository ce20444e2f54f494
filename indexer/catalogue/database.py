"""Connections to the catalogue's database, the same on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from indexer.catalogue.failures import translating
from indexer.errors import CatalogueError

WAIT_SECONDS = 60
"""How long a statement waits for another writer before it gives up: writing 100,000 records takes 20 s."""

_RECORDS_LOCK = 0x6D61696C  # "mail", any constant that no other program of the same database uses


class Database:
    """Opens transactions; every error inside one comes out as a CatalogueError."""

    def __init__(self, url: str) -> None:
        self.engine = build_engine(url)
        self.where = describe(self.engine)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view, blocked by no writer."""
        with translating(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: committed at the end of the block, undone by any error."""
        with translating(self.where), self.engine.connect() as connection, begin_write(connection):
            yield connection

    @contextmanager
    def own_connection(self) -> Iterator[Connection]:
        """A connection outside the pool, for temporary tables: they go with it."""
        with translating(self.where), self.engine.connect() as connection:
            connection.detach()
            yield connection

    def lock_records(self, connection: Connection) -> None:
        """Waits for others that change records, so that revision ids follow commits. SQLite does so by itself."""
        if not self.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _RECORDS_LOCK})

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def begin_write(connection: Connection) -> Iterator[None]:
    """A transaction that takes SQLite's write lock at once: it never fails midway because another one wrote."""
    connection.execution_options(maillage_immediate=True)
    try:
        with connection.begin():
            yield
    finally:
        connection.execution_options(maillage_immediate=False)


def describe(engine: Engine) -> str:
    """The database as a message names it, without its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


def build_engine(url: str) -> Engine:
    """An engine for a SQLite file (its folder is made) or PostgreSQL. CatalogueError when that cannot be."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise CatalogueError("L'adresse de la base n'est pas lisible. Corrigez MAILLAGE_DATABASE_URL.") from error
    if parsed.get_backend_name() == "sqlite":
        _make_folder(parsed.database)
        return _sqlite_engine(url)
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10, "options": _PG_OPTIONS})
    except ModuleNotFoundError as error:
        raise CatalogueError(
            "PostgreSQL demande le pilote psycopg. Installez-le : pip install 'maillage[postgres]'."
        ) from error


_PG_OPTIONS = f"-c lock_timeout={WAIT_SECONDS}s -c timezone=UTC"


def _make_folder(path: str | None) -> None:
    if not path or path == ":memory:":
        raise CatalogueError("Le catalogue SQLite demande un fichier.")
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CatalogueError(f"Le dossier du catalogue ne peut pas être créé : {error}.") from error


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin or commit by itself: _begin_sqlite does
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a committed import survives a power cut; NORMAL would lose it in WAL mode
        "foreign_keys=ON",
        f"busy_timeout={WAIT_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin_sqlite(connection: Connection) -> None:
    options: dict[str, Any] = dict(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("maillage_immediate") else "BEGIN")
