"""Duplicates told by a test rather than found."""

from collections.abc import Iterable
from datetime import datetime

from indexer.catalogue.database import Database
from indexer.catalogue.duplicates import Duplicate, write_duplicates


def replace_duplicates(database: Database, found: Iterable[Duplicate], now: datetime) -> int:
    """In a transaction of its own; how many records change group."""
    with database.writing() as connection:
        database.lock_records(connection)
        return write_duplicates(connection, found, now)
