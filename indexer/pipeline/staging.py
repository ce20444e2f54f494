"""The records of one command, set aside in temporary tables: nothing of the catalogue is locked while files are read.

Temporary tables belong to their connection and go with it (see `Database.own_connection`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    text,
)

from indexer.catalogue.canonical import Record, build_body, build_hash, kind_of
from indexer.catalogue.column_types import Name
from indexer.schema import Offer, RawRecord

temporary = MetaData()

staged = Table(
    "staged",
    temporary,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("record_id", Name, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("date_maj", Date),
    Column("body", Text, nullable=False),
    Column("structure_id", Name),
    Column("file", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Index("ix_staged_key", "kind", "record_id"),
    prefixes=["TEMPORARY"],
)

# What this command lists otherwise than before, or (`lost`) no more.
touched = Table(
    "touched",
    temporary,
    Column("kind", String(16), primary_key=True),
    Column("record_id", Name, primary_key=True),
    Column("lost", Boolean, nullable=False),
    prefixes=["TEMPORARY"],
)

# For each touched record, the listing whose content it must have; no row when no flux lists it any more.
winners = Table(
    "winners",
    temporary,
    Column("kind", String(16), primary_key=True),
    Column("record_id", Name, primary_key=True),
    Column("flux", Name, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("date_maj", Date),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record whose id came before in the same command; the first one is kept."""

    kind: str
    record_id: str
    file: str
    row: int
    first_file: str
    first_row: int
    identical: bool


def create_staging(connection: Connection) -> None:
    with connection.begin():
        temporary.create_all(connection, checkfirst=False)


def build_staged(seq: int, raw: RawRecord, record: Record) -> dict[str, Any]:
    """One row of `staged`. `seq` is the order of arrival."""
    body = build_body(record)
    return {
        "seq": seq,
        "kind": kind_of(record),
        "record_id": record.id,
        "content_hash": build_hash(body),
        "date_maj": record.date_maj,
        "body": body,
        "structure_id": record.structure_id if isinstance(record, Offer) else None,
        "file": raw.file,
        "row": raw.row,
    }


def stage(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Adds one batch. Its own transaction: on SQLite it takes no lock of the catalogue's file."""
    if rows:
        with connection.begin():
            connection.execute(insert(staged), rows)


def take_out_duplicates(connection: Connection) -> Iterator[Duplicate]:
    """Gives every record that is not the first of its id, in the order of arrival, then removes them all."""
    ranked = _ranked()
    again = select(ranked).where(ranked.c.rank > 1).order_by(ranked.c.seq)
    with connection.begin():
        yield from map(_duplicate, connection.execute(again))
        connection.execute(delete(staged).where(staged.c.seq.in_(select(ranked.c.seq).where(ranked.c.rank > 1))))
        gather_statistics(connection, staged)


def gather_statistics(connection: Connection, *tables: Table) -> None:
    """Tells the planner how large the tables have become: neither database does, for a temporary table or inside a
    transaction. Without it PostgreSQL joins the Réunion feed in nested loops: 4.4 s in place of 0.1 s.
    """
    for table in tables:
        connection.execute(text(f"ANALYZE {table.name}"))


def _ranked() -> Any:
    """Each staged record with its rank among those of its id, and where the first one is."""
    window: dict[str, Any] = {"partition_by": (staged.c.kind, staged.c.record_id), "order_by": staged.c.seq}
    return select(
        staged.c.seq,
        staged.c.kind,
        staged.c.record_id,
        staged.c.content_hash,
        staged.c.file,
        staged.c.row,
        func.row_number().over(**window).label("rank"),
        func.first_value(staged.c.content_hash).over(**window).label("first_hash"),
        func.first_value(staged.c.file).over(**window).label("first_file"),
        func.first_value(staged.c.row).over(**window).label("first_row"),
    ).subquery()


def _duplicate(row: Row[Any]) -> Duplicate:
    return Duplicate(
        kind=row.kind,
        record_id=row.record_id,
        file=row.file,
        row=row.row,
        first_file=row.first_file,
        first_row=row.first_row,
        identical=row.content_hash == row.first_hash,
    )
