"""What the search for duplicates has read of the catalogue, and what it has not yet: a record is told by its hashes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, delete, insert, or_, select

from indexer.catalogue.database import Database
from indexer.catalogue.queries import PAGE, listed
from indexer.catalogue.tables import RECORD_TABLES, compared, likenesses, offers, structures
from indexer.schema import Kind, Statut

_BATCH = 500
"""Ids a statement: under the number of values that SQLite takes at once."""


@dataclass(frozen=True, slots=True)
class Fiche:
    """A listed record as it stands; an offer with the body and the hash of its listed structure (None, "")."""

    id: str
    content_hash: str
    body: str
    holder_hash: str
    holder_body: str | None


@dataclass(frozen=True, slots=True)
class ComparedRecord:
    """What was read of one record: its blocks as bytes, empty when it is not compared (an offer past, suspended)."""

    id: str
    content_hash: str
    holder_hash: str
    last_day: date | None
    keys: bytes


def iter_unread(database: Database, kind: Kind, rule: str) -> Iterator[Fiche]:
    """The listed records that are new, or differ, or were read by other rules; in the order of ids, 1,000 at a time.

    Short reads: an import may commit meanwhile, and the next time sees it.
    """
    last = ""
    while True:
        with database.reading() as connection:
            page = connection.execute(_select_unread(kind, rule, last)).all()
        if not page:
            return
        yield from map(_fiche, page)
        last = page[-1].id


def read_fiches(database: Database, kind: Kind, ids: Sequence[str]) -> Iterator[Fiche]:
    """Those of these records that are listed now (an offer: with its structure)."""
    query, table = _select(kind), RECORD_TABLES[kind]
    for start in range(0, len(ids), _BATCH):
        with database.reading() as connection:
            page = connection.execute(query.where(table.c.id.in_(ids[start : start + _BATCH]))).all()
        yield from map(_fiche, page)


def read_compared(database: Database, kind: Kind) -> tuple[list[ComparedRecord], set[str], set[tuple[str, str]]]:
    """What is known of one kind: the records, the ids among them that are not listed any more, the pairs alike."""
    with database.reading() as connection:
        rows = connection.execute(select(compared).where(compared.c.kind == kind)).all()
        gone = set(connection.execute(_select_gone(kind)).scalars())
        pairs = connection.execute(select(likenesses.c.a, likenesses.c.b).where(likenesses.c.kind == kind)).all()
    records = [ComparedRecord(r.record_id, r.content_hash, r.holder_hash, r.last_day, r.keys) for r in rows]
    return records, gone, {(row.a, row.b) for row in pairs}


def forget_compared(database: Database) -> None:
    """Everything is then read and compared anew, the next time."""
    with database.writing() as connection:
        connection.execute(delete(compared))
        connection.execute(delete(likenesses))


def write_compared(
    connection: Connection,
    kind: Kind,
    rule: str,
    *,
    records: Iterable[ComparedRecord],
    gone: Iterable[str],
    undone: Iterable[tuple[str, str]],
    made: Iterable[tuple[str, str]],
) -> None:
    """What was read this time, in the transaction that keeps the groups: both stand or fall together."""
    written = list(records)
    of_kind = compared.c.kind == kind
    _each(
        connection,
        delete(compared).where(of_kind, compared.c.record_id == bindparam("key")),
        [{"key": i} for i in (*(record.id for record in written), *gone)],
    )
    values = [_values(kind, rule, record) for record in written]
    _each(connection, insert(compared), values)
    pair = (likenesses.c.a == bindparam("one")) & (likenesses.c.b == bindparam("other"))
    former = [{"one": one, "other": other} for one, other in undone]
    _each(connection, delete(likenesses).where(likenesses.c.kind == kind, pair), former)
    _each(connection, insert(likenesses), [{"kind": kind, "a": one, "b": other} for one, other in made])


def _each(connection: Connection, statement: Any, values: Sequence[Mapping[str, Any]]) -> None:
    if values:
        connection.execute(statement, values)


def _values(kind: Kind, rule: str, record: ComparedRecord) -> dict[str, Any]:
    return {
        "kind": kind,
        "record_id": record.id,
        "content_hash": record.content_hash,
        "holder_hash": record.holder_hash,
        "rule": rule,
        "last_day": record.last_day,
        "keys": record.keys,
    }


def _select(kind: Kind) -> Select[Any]:
    """An offer without a listed structure is nobody's best record: it is left out."""
    if kind is Kind.STRUCTURE:
        return select(structures.c.id, structures.c.content_hash, structures.c.body).where(listed(structures))
    held = (structures.c.id == offers.c.structure_id) & listed(structures)
    holder = (structures.c.content_hash.label("holder_hash"), structures.c.body.label("holder_body"))
    return (
        select(offers.c.id, offers.c.content_hash, offers.c.body, *holder).join(structures, held).where(listed(offers))
    )


def _select_unread(kind: Kind, rule: str, after: str) -> Select[Any]:
    table = RECORD_TABLES[kind]
    read = (compared.c.kind == kind) & (compared.c.record_id == table.c.id)
    differs: list[ColumnElement[bool]] = [
        compared.c.record_id.is_(None),
        compared.c.rule != rule,
        compared.c.content_hash != table.c.content_hash,
    ]
    if kind is Kind.OFFER:
        differs.append(compared.c.holder_hash != structures.c.content_hash)
    query = _select(kind).outerjoin(compared, read).where(or_(*differs), table.c.id > after)
    return query.order_by(table.c.id).limit(PAGE)


def _select_gone(kind: Kind) -> Select[Any]:
    """Records that were read and are not listed now; offers whose structure is not, too."""
    table = RECORD_TABLES[kind]
    of_kind = compared.c.kind == kind
    query = select(compared.c.record_id).outerjoin(table, table.c.id == compared.c.record_id)
    lost: ColumnElement[bool] = or_(table.c.id.is_(None), table.c.statut == Statut.RETIREE)
    if kind is Kind.OFFER:
        query = query.outerjoin(structures, and_(structures.c.id == offers.c.structure_id, listed(structures)))
        lost = or_(lost, structures.c.id.is_(None))
    return query.where(of_kind, lost)


def _fiche(row: Row[Any]) -> Fiche:
    values = row._mapping
    return Fiche(row.id, row.content_hash, row.body, values.get("holder_hash", ""), values.get("holder_body"))
