"""Records brought to the content of their winning listing, each change with its revision."""

from collections import Counter
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Row,
    Select,
    Table,
    bindparam,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    update,
)

from indexer.catalogue.stored import Change
from indexer.catalogue.tables import RECORD_TABLES, listings, revisions
from indexer.pipeline.changes import Stamp, build_revision, build_values, change_of
from indexer.pipeline.staging import touched, winners
from indexer.schema import Kind, Statut

BATCH = 500
"""Records changed by one round of statements: at most a few megabytes of bodies, and few round trips."""


def settle(connection: Connection, kind: Kind, stamp: Stamp) -> Counter[Change]:
    """Creates, updates, restores and retires the touched records of one kind, and counts them.

    After `name_winners`. Records that the flux lists no more and another one does are brought to that one's content,
    with a revision, but not counted here (see `count_taken_over`).
    """
    table = RECORD_TABLES[kind]
    _keep_bodies_about_to_go(connection, kind, table)
    counts = _change_all(connection, kind, table, stamp)
    _drop_bodies_now_double(connection, kind, table)
    _follow_winners(connection, kind, table)
    counts[Change.RETIRED] = _retire(connection, kind, table, stamp)
    return counts


def _keep_bodies_about_to_go(connection: Connection, kind: Kind, table: Table) -> None:
    """Listings that lean on the record's body take a copy before that body is replaced."""
    replaced = (
        select(winners.c.record_id)
        .join(table, table.c.id == winners.c.record_id)
        .where(winners.c.kind == kind, table.c.content_hash != winners.c.content_hash)
    )
    body = select(table.c.body).where(table.c.id == listings.c.record_id).scalar_subquery()
    leaning = (listings.c.kind == kind) & listings.c.body.is_(None) & listings.c.record_id.in_(replaced)
    connection.execute(update(listings).where(leaning).values(body=body))


def _change_all(connection: Connection, kind: Kind, table: Table, stamp: Stamp) -> Counter[Change]:
    counts: Counter[Change] = Counter()
    last = ""
    while rows := connection.execute(_select_changing(kind, table, last)).all():
        _write(connection, table, [(row, build_values(kind, row, stamp)) for row in rows], stamp)
        connection.execute(insert(revisions), [build_revision(kind, row, stamp) for row in rows])
        counts.update(change_of(row) for row in rows if not row.lost)
        last = rows[-1].record_id
    return counts


def _select_changing(kind: Kind, table: Table, after: str) -> Select[Any]:
    """The next records, by id, that are new, have another content, or come back."""
    differs = or_(
        table.c.id.is_(None),
        table.c.content_hash != winners.c.content_hash,
        table.c.statut == Statut.RETIREE,
    )
    return (
        select(
            winners,
            touched.c.lost,
            table.c.statut.label("old_statut"),
            table.c.body.label("old_body"),
            table.c.changed_at.label("old_changed_at"),
            func.coalesce(listings.c.body, table.c.body).label("new_body"),
        )
        .join(listings, _same_key(listings) & (listings.c.flux == winners.c.flux))
        .join(touched, _same_key(touched))
        .outerjoin(table, table.c.id == winners.c.record_id)
        .where(winners.c.kind == kind, winners.c.record_id > after, differs)
        .order_by(winners.c.record_id)
        .limit(BATCH)
    )


def _write(connection: Connection, table: Table, rows: list[tuple[Row[Any], dict[str, Any]]], stamp: Stamp) -> None:
    """Inserts what is new, updates the rest, each in one statement."""
    new = [{"id": r.record_id, "created_at": stamp.now} | values for r, values in rows if r.old_body is None]
    known = [{"key": r.record_id} | values for r, values in rows if r.old_body is not None]
    if new:
        connection.execute(insert(table), new)
    if known:
        connection.execute(update(table).where(table.c.id == bindparam("key")), known)


def _drop_bodies_now_double(connection: Connection, kind: Kind, table: Table) -> None:
    """Listings whose content is now the record's own lean on it."""
    own = select(table.c.content_hash).where(table.c.id == listings.c.record_id).scalar_subquery()
    double = (listings.c.kind == kind) & listings.c.body.is_not(None) & (listings.c.content_hash == own)
    connection.execute(update(listings).where(double, exists().where(_same_as_listing())).values(body=None))


def _follow_winners(connection: Connection, kind: Kind, table: Table) -> None:
    """The winner's flux and export date, which are no change of content."""
    winner = (winners.c.kind == kind) & (winners.c.record_id == table.c.id)
    differs = (table.c.flux != winners.c.flux) | table.c.date_maj.is_distinct_from(winners.c.date_maj)
    values = {"flux": winners.c.flux, "date_maj": winners.c.date_maj}
    connection.execute(update(table).where(winner, differs).values(values))


def _retire(connection: Connection, kind: Kind, table: Table, stamp: Stamp) -> int:
    """Touched records that no flux lists any more; returns how many."""
    gone = (
        select(touched.c.record_id)
        .where(touched.c.kind == kind, not_(exists().where(_same_key(touched))))
        .join(table, (table.c.id == touched.c.record_id) & (table.c.statut != Statut.RETIREE))
    )
    told = gone.with_only_columns(
        literal(kind.value),
        touched.c.record_id,
        literal(stamp.now, revisions.c.at.type),
        literal(stamp.import_id),
        literal(Change.RETIRED.value),
        literal([], JSON),
    )
    names = ["kind", "record_id", "at", "import_id", "change", "fields"]
    connection.execute(insert(revisions).from_select(names, told))
    values = {"statut": Statut.RETIREE.value, "retired_at": stamp.now}
    return connection.execute(update(table).where(table.c.id.in_(gone)).values(values)).rowcount


def _same_key(table: Any) -> Any:
    return (table.c.kind == winners.c.kind) & (table.c.record_id == winners.c.record_id)


def _same_as_listing() -> Any:
    return (touched.c.kind == listings.c.kind) & (touched.c.record_id == listings.c.record_id)
