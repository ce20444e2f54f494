"""Every error of the database is told in French, with what to do, and without passwords."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue import database as database_module
from indexer.catalogue.database import Database
from indexer.errors import CatalogueError
from tests.support.postgres import PostgresServer


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    path.write_bytes(b"ceci n'est pas un catalogue\n" * 100)
    with pytest.raises(CatalogueError, match=r"abîmé, ou n'est pas un catalogue.*catalogue\.sqlite"):
        open_catalogue(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(CatalogueError, match="dossier du catalogue ne peut pas être créé"):
        open_catalogue(f"sqlite:///{tmp_path / 'fichier' / 'catalogue.sqlite'}")


def test_a_folder_in_place_of_the_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").mkdir()
    with pytest.raises(CatalogueError, match="ne s'ouvre pas"):
        open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "pas une adresse"])
def test_an_address_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(CatalogueError):
        open_catalogue(url)


def test_another_writer_is_waited_for_then_named(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    open_catalogue(sqlite_url).close()
    monkeypatch.setattr(database_module, "WAIT_SECONDS", 0)
    database = Database(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CatalogueError, match="occupé par un autre travail"), database.writing():
        pass
    other.close()
    with database.writing() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    database.close()


@pytest.mark.not_as_root
@pytest.mark.skipif(os.geteuid() == 0, reason="root écrit partout")
def test_a_read_only_file_is_said(sqlite_url: str) -> None:
    open_catalogue(sqlite_url).close()
    Path(sqlite_url.removeprefix("sqlite:///")).chmod(0o400)
    database = Database(sqlite_url)
    with pytest.raises(CatalogueError, match="lecture seule"), database.writing() as connection:
        connection.execute(text("DELETE FROM jobs"))


def test_a_refused_write_on_a_read_only_session_is_said(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="lecture seule"):
        _write_on_read_only_session(catalogue)


def _write_on_read_only_session(catalogue: Catalogue) -> None:
    on = "PRAGMA query_only=ON" if catalogue.database.is_sqlite else "SET TRANSACTION READ ONLY"
    with catalogue.database.reading() as connection:
        connection.execute(text(on))
        connection.execute(text("DELETE FROM jobs"))


@pytest.mark.postgres
def test_an_absent_postgresql_server_is_said_without_the_password() -> None:
    with pytest.raises(CatalogueError) as error:
        open_catalogue("postgresql+psycopg://moi:tres-secret@127.0.0.1:9/base")
    assert "ne répond pas" in str(error.value)
    assert "tres-secret" not in str(error.value)


@pytest.mark.postgres
def test_an_absent_postgresql_database_is_said(postgres_server: PostgresServer) -> None:
    with pytest.raises(CatalogueError, match="n'existe pas sur le serveur"):
        open_catalogue(postgres_server.url("absente"))


def test_sqlite_keeps_what_is_committed_through_a_power_cut(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.reading() as connection:
        found = [
            connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]
    database.close()
