"""The schema: migrations agree with the tables, run once, and refuse what they do not know."""

import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

import indexer.workspace  # noqa: F401  the tables of the workspace are of the same metadata
from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue.schema_version import MIGRATIONS, known_revisions, upgrade_schema
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
    assert catalogue.counts().offers == 0


def test_four_processes_may_open_an_empty_database_at_once(bare_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(4, mp_context=spawn) as pool:
        assert list(pool.map(_open_and_count, [bare_url] * 4)) == [0, 0, 0, 0]


@pytest.mark.parametrize("revision", ["9999", "0002b", "abc"])
def test_a_database_of_another_program_is_refused_and_says_what_to_do(catalogue: Catalogue, revision: str) -> None:
    with catalogue.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    with pytest.raises(CatalogueError, match="plus récente du programme"):
        upgrade_schema(catalogue.database)


def test_the_names_of_the_migrations_say_which_is_the_last() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert known_revisions()[-1] == scripts.get_current_head()
    assert list(known_revisions()) == [script.revision for script in scripts.walk_revisions()][::-1]


def test_a_program_that_finds_its_own_schema_does_without_alembic(bare_url: str) -> None:
    open_catalogue(bare_url).close()
    script = "import sys; from indexer.catalogue import open_catalogue; open_catalogue(sys.argv[1]).close()"
    opened = subprocess.run(
        [sys.executable, "-c", script + "; sys.exit('alembic' in sys.modules)", bare_url], check=False
    )
    assert opened.returncode == 0
