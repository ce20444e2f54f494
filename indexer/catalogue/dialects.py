"""What SQLite and PostgreSQL say otherwise, in one place."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, func, select

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

    Insert = PostgresqlInsert | SqliteInsert


def is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def take_turns(connection: Connection, name: str) -> None:
    """Two writers of one name at once: the second waits for the end of the first one's transaction, then sees it.

    On SQLite a writing transaction does that.
    """
    if is_postgresql(connection):
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))


def insert_into(connection: Connection, table: Table) -> "Insert":
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if is_postgresql(connection):
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert  # most processes speak one dialect only

        return postgresql_insert(table)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert(table)
