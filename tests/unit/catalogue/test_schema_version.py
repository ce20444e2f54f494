"""The schema: migrations agree with the tables, run once, and refuse what they do not know."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue.database import Database
from indexer.catalogue.schema_version import check_schema, upgrade_schema
from indexer.catalogue.tables import metadata
from indexer.errors import CatalogueError


def _open_and_count(url: str) -> int:
    catalogue = open_catalogue(url)
    try:
        return catalogue.counts().offers
    finally:
        catalogue.close()


def test_migrations_give_exactly_the_tables_of_the_code(catalogue: Catalogue) -> None:
    with catalogue.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_upgrading_twice_changes_nothing(catalogue: Catalogue) -> None:
    upgrade_schema(catalogue.database)
    check_schema(catalogue.database)
    assert catalogue.counts().offers == 0


def test_four_processes_may_open_an_empty_database_at_once(catalogue_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(4, mp_context=spawn) as pool:
        assert list(pool.map(_open_and_count, [catalogue_url] * 4)) == [0, 0, 0, 0]


def test_a_database_of_a_newer_program_is_refused_and_says_what_to_do(catalogue: Catalogue) -> None:
    with catalogue.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CatalogueError, match="plus récente du programme"):
        upgrade_schema(catalogue.database)
    with pytest.raises(CatalogueError, match="Mettez le programme à jour"):
        check_schema(catalogue.database)


def test_a_reader_refuses_a_database_that_was_never_upgraded(catalogue_url: str) -> None:
    database = Database(catalogue_url)
    with pytest.raises(CatalogueError, match="plus ancienne"):
        check_schema(database)
    database.close()
