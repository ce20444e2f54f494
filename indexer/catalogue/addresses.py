"""What has a page of its own, and when it last changed: enough to tell search engines, read without any body."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from indexer.catalogue.database import Database
from indexer.catalogue.queries import PAGE, is_published, listed
from indexer.catalogue.tables import RECORD_TABLES, offers, structures
from indexer.schema import Kind, Statut


@dataclass(frozen=True, slots=True)
class RecordAddress:
    """`changed_at` is the last change of content."""

    id: str
    changed_at: datetime


def count_addresses(database: Database, kind: Kind, without_source: str) -> int:
    with database.reading() as connection:
        inner = _select(kind, without_source).subquery()
        return int(connection.execute(select(func.count()).select_from(inner)).scalar_one())


def iter_addresses(
    database: Database, kind: Kind, without_source: str, start: int, count: int
) -> Iterator[RecordAddress]:
    """At most `count` of those after the first `start`, in the order of ids, read 1,000 at a time."""
    table = RECORD_TABLES[kind]
    query = _select(kind, without_source).order_by(table.c.id)
    page_query = query.offset(start)
    while count > 0:
        with database.reading() as connection:
            page = connection.execute(page_query.limit(min(PAGE, count))).all()
        for row in page:
            yield RecordAddress(row.id, row.changed_at)
        if len(page) < min(PAGE, count):
            return
        count -= len(page)
        page_query = query.where(table.c.id > page[-1].id)


def _select(kind: Kind, without_source: str) -> Select[Any]:
    """Published offers; structures that hold one. None of `without_source`."""
    table = RECORD_TABLES[kind]
    query = select(table.c.id, table.c.changed_at).where(table.c.source != without_source)
    if kind is Kind.OFFER:
        return query.where(is_published())
    own = (offers.c.structure_id == structures.c.id) & (offers.c.statut == Statut.PUBLIEE)
    held = select(offers.c.id).where(own).exists()
    return query.where(listed(structures), held)
