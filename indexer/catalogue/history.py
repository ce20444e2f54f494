"""Reading revisions: the history of a record, and what changed since a moment, for whoever follows (live indexing)."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select, union

from indexer.catalogue.database import Database
from indexer.catalogue.queries import PAGE
from indexer.catalogue.stored import Change, Revision
from indexer.catalogue.tables import offers, revisions
from indexer.schema import Kind


def latest_revision_id(connection: Connection) -> int:
    """0 before the first change."""
    return int(connection.execute(select(func.coalesce(func.max(revisions.c.id), 0))).scalar_one())


def read_history(connection: Connection, kind: Kind, record_id: str) -> list[Revision]:
    """All revisions of one record, oldest first."""
    query = select(revisions).where(revisions.c.kind == kind, revisions.c.record_id == record_id)
    return [_build(row) for row in connection.execute(query.order_by(revisions.c.id))]


def iter_revisions_since(database: Database, revision_id: int) -> Iterator[Revision]:
    """Revisions after one, oldest first; short reads, so that a slow reader holds nothing open."""
    while True:
        with database.reading() as connection:
            query = select(revisions).where(revisions.c.id > revision_id).order_by(revisions.c.id).limit(PAGE)
            page = [_build(row) for row in connection.execute(query)]
        if not page:
            return
        yield from page
        revision_id = page[-1].id


def read_offers_touched_since(connection: Connection, revision_id: int) -> list[str]:
    """Ids of the offers whose document may differ since a revision: their own change, or their structure's. Sorted."""
    recent = revisions.c.id > revision_id
    own = select(revisions.c.record_id).where(recent, revisions.c.kind == Kind.OFFER)
    changed_structures = select(revisions.c.record_id).where(recent, revisions.c.kind == Kind.STRUCTURE)
    theirs = select(offers.c.id).where(offers.c.structure_id.in_(changed_structures))
    return sorted(connection.execute(union(own, theirs)).scalars())


def _build(row: Row[Any]) -> Revision:
    return Revision(row.id, Kind(row.kind), row.record_id, row.at, row.import_id, Change(row.change), tuple(row.fields))
