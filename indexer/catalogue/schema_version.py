"""The schema of the database: brought up to date by the program itself, refused when it is from another one."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from indexer.catalogue.database import Database
from indexer.errors import CatalogueError

MIGRATIONS = Path(__file__).parent / "migrations"

VERSION_TABLE = "alembic_version"


def upgrade_schema(database: Database) -> None:
    """Runs the migrations that are missing, all or none. Two processes at once: the second finds nothing to do.

    Raises CatalogueError when the database was made by a newer program.
    """
    known = known_revisions()
    with database.reading() as connection:
        if read_revision(connection) == known[-1]:
            return
    with database.writing() as connection:
        database.lock_records(connection)
        revision = read_revision(connection)
        if revision is not None and revision not in known:
            raise CatalogueError(
                f"Le catalogue a été fait par une version plus récente du programme (schéma {revision}). "
                "Mettez le programme à jour, ou remettez une sauvegarde du catalogue."
            )
        _migrate(connection)


def read_revision(connection: Connection) -> str | None:
    """The database's revision, None before the first migration. Read without Alembic, which a start would wait for."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    revision: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 — a constant
    return revision


def known_revisions() -> tuple[str, ...]:
    """The migrations of this program, in order: files are named by their revisions (`m0003_…`)."""
    names = sorted(path.stem for path in (MIGRATIONS / "versions").glob("m*.py"))
    return tuple(name.partition("_")[0].removeprefix("m") for name in names)


def _migrate(connection: Connection) -> None:
    from alembic import command  # 0.2 s to import, for one start in a hundred
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
