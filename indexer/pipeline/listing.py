"""Which flux lists which record: this command's listings take the place of the former ones, and winners are named.

Set-based: the work is in the database, the cost in Python does not grow with the feed.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, case, delete, exists, func, insert, literal, not_, or_, select

from indexer.catalogue.dialects import insert_into
from indexer.catalogue.queries import is_published
from indexer.catalogue.tables import RECORD_TABLES, fluxes, listings, offers
from indexer.pipeline.staging import staged, touched, winners
from indexer.schema import Kind


def save_flux(connection: Connection, name: str, licence: str | None, url: str | None, at: datetime) -> None:
    """The flux that an import brings, known from now on; a licence told before stays when none is told now."""
    statement = insert_into(connection, fluxes).values(name=name, licence=licence, url=url, last_import_at=at)
    known = {"licence": func.coalesce(licence, fluxes.c.licence), "url": url, "last_import_at": at}
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=known))


def mark_touched(connection: Connection, flux: str) -> None:
    """Names the records that this command lists otherwise than before, and those it lists no more."""
    mine = _same_key(listings, staged) & (listings.c.flux == flux)
    differs = or_(
        listings.c.record_id.is_(None),
        listings.c.content_hash != staged.c.content_hash,
        listings.c.date_maj.is_distinct_from(staged.c.date_maj),
    )
    found = select(staged.c.kind, staged.c.record_id, literal(False)).outerjoin(listings, mine).where(differs)
    gone = select(listings.c.kind, listings.c.record_id, literal(True)).where(_is_gone(flux))
    for rows in (found, gone):
        connection.execute(insert(touched).from_select(["kind", "record_id", "lost"], rows))


def count_listed(connection: Connection, flux: str) -> dict[Kind, int]:
    """How many records of each kind a flux lists."""
    query = select(listings.c.kind, func.count()).where(listings.c.flux == flux).group_by(listings.c.kind)
    return _by_kind(connection, query)


def count_gone(connection: Connection) -> dict[Kind, int]:
    """How many records of each kind the flux lists no more. After `mark_touched`."""
    return _by_kind(connection, select(touched.c.kind, func.count()).where(touched.c.lost).group_by(touched.c.kind))


def count_published(connection: Connection, flux: str) -> int:
    """How many offers that the flux lists are shown to people."""
    listed_here = exists().where(
        listings.c.kind == Kind.OFFER, listings.c.record_id == offers.c.id, listings.c.flux == flux
    )
    return int(
        connection.execute(select(func.count()).select_from(offers).where(is_published(), listed_here)).scalar_one()
    )


def replace_listings(connection: Connection, flux: str, import_id: int) -> None:
    """Writes the touched listings of a flux anew. A body equal to the record's own is left out."""
    of_flux = (listings.c.flux == flux) & exists().where(_same_key(touched, listings))
    connection.execute(delete(listings).where(of_flux))
    for kind, table in RECORD_TABLES.items():
        body = case((table.c.content_hash == staged.c.content_hash, None), else_=staged.c.body)
        rows = (
            select(
                staged.c.kind,
                staged.c.record_id,
                literal(flux),
                staged.c.content_hash,
                staged.c.date_maj,
                body,
                literal(import_id),
            )
            .join(touched, _same_key(touched, staged))
            .outerjoin(table, table.c.id == staged.c.record_id)
            .where(staged.c.kind == kind)
        )
        names = ["kind", "record_id", "flux", "content_hash", "date_maj", "body", "import_id"]
        connection.execute(insert(listings).from_select(names, rows))


def name_winners(connection: Connection) -> None:
    """Among the fluxes that list a touched record, the newest `date_maj` wins, then the first name: whatever the order
    of imports, the same listings give the same content.
    """
    order = (listings.c.date_maj.desc().nulls_last(), listings.c.flux)
    rank = func.row_number().over(partition_by=(listings.c.kind, listings.c.record_id), order_by=order)
    ranked = select(listings, rank.label("rank")).join(touched, _same_key(touched, listings)).subquery()
    names = ["kind", "record_id", "flux", "content_hash", "date_maj"]
    first = select(*(ranked.c[name] for name in names)).where(ranked.c.rank == 1)
    connection.execute(insert(winners).from_select(names, first))


def count_taken_over(connection: Connection) -> dict[Kind, int]:
    """Records that this flux lists no more and another one still lists."""
    query = select(touched.c.kind, func.count()).join(winners, _same_key(winners, touched)).where(touched.c.lost)
    return _by_kind(connection, query.group_by(touched.c.kind))


def _is_gone(flux: str) -> Any:
    return and_(listings.c.flux == flux, not_(exists().where(_same_key(staged, listings))))


def _same_key(one: Any, other: Any) -> Any:
    return (one.c.kind == other.c.kind) & (one.c.record_id == other.c.record_id)


def _by_kind(connection: Connection, query: Select[Any]) -> dict[Kind, int]:
    found: dict[str, int] = {kind: number for kind, number in connection.execute(query)}  # noqa: C416
    return {kind: found.get(kind, 0) for kind in Kind}
