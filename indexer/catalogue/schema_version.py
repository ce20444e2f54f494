"""The schema of the database: brought up to date by the program itself, refused when it is from another one."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from indexer.catalogue.database import Database
from indexer.errors import CatalogueError

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade_schema(database: Database) -> None:
    """Runs the migrations that are missing, all or none. Two processes at once: the second finds nothing to do.

    Raises CatalogueError when the database was made by a newer program.
    """
    if _is_current(database):
        return
    with database.writing() as connection:
        database.lock_records(connection)
        _refuse_unknown(_revision(connection))
        command.upgrade(_config(connection), "head")


def check_schema(database: Database) -> None:
    """Raises CatalogueError unless the schema is exactly this program's: for readers, which change nothing."""
    with database.reading() as connection:
        revision = _revision(connection)
    _refuse_unknown(revision)
    if revision != _scripts().get_current_head():
        raise CatalogueError(
            f"Le catalogue {database.where} est d'une version plus ancienne du programme. "
            "Lancez « maillage status » une fois : il le met à jour sans rien perdre."
        )


def _is_current(database: Database) -> bool:
    with database.reading() as connection:
        return _revision(connection) == _scripts().get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_unknown(revision: str | None) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        raise CatalogueError(
            f"Le catalogue a été fait par une version plus récente du programme (schéma {revision}). "
            "Mettez le programme à jour, ou remettez une sauvegarde du catalogue."
        )


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
