"""How far each version of the index has followed the catalogue."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from indexer.catalogue.tables import index_positions


def read_position(connection: Connection, version: str) -> int | None:
    query = select(index_positions.c.revision).where(index_positions.c.version == version)
    return connection.execute(query).scalar_one_or_none()


def write_position(connection: Connection, version: str, revision: int, kept: Iterable[str]) -> None:
    connection.execute(delete(index_positions).where(index_positions.c.version == version))
    connection.execute(delete(index_positions).where(index_positions.c.version.not_in([version, *kept])))
    connection.execute(insert(index_positions).values(version=version, revision=revision))
