"""The answers of the address service, kept so that an address is asked once whatever the imports."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from indexer.catalogue.database import Database
from indexer.catalogue.tables import geocodes

_AT_ONCE = 500
"""Addresses of one statement: SQLite takes 32,766 parameters, older ones 999."""

Answer = dict[str, Any] | None
"""What was found, as JSON; None when the service knows no such address."""


def read_geocodes(database: Database, addresses: Sequence[str]) -> dict[str, tuple[datetime, Answer]]:
    """When each was asked, and what was answered; those never asked are left out."""
    known: dict[str, tuple[datetime, Answer]] = {}
    with database.reading() as connection:
        for start in range(0, len(addresses), _AT_ONCE):
            query = select(geocodes).where(geocodes.c.address.in_(addresses[start : start + _AT_ONCE]))
            known |= {row.address: (row.asked_at, row.found) for row in connection.execute(query)}
    return known


def keep_geocodes(database: Database, answers: Mapping[str, Answer], now: datetime) -> None:
    """Writes answers, in place of former ones. One short transaction."""
    if not answers:
        return
    rows = [{"address": address, "asked_at": now, "found": answer} for address, answer in answers.items()]
    with database.writing() as connection:
        for start in range(0, len(rows), _AT_ONCE):
            part = [row["address"] for row in rows[start : start + _AT_ONCE]]
            connection.execute(delete(geocodes).where(geocodes.c.address.in_(part)))
        connection.execute(insert(geocodes), rows)
