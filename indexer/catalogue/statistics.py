"""How much the catalogue holds, from whom, and how complete it is."""

from typing import Any

from sqlalchemy import Connection, FromClause, Integer, Row, Select, cast, func, not_, select

from indexer.catalogue.queries import has_structure, is_published, listed
from indexer.catalogue.stored import Counts, ImportSummary, SourceSummary
from indexer.catalogue.tables import fluxes, imports, offers, structures
from indexer.schema import Statut


def count_records(connection: Connection) -> Counts:
    row = connection.execute(
        select(
            _number(listed(offers)).label("offers"),
            _number(is_published()).label("published"),
            _number(offers.c.statut == Statut.SUSPENDUE).label("suspended"),
            _number(listed(offers) & not_(has_structure())).label("orphans"),
            _number(offers.c.statut == Statut.RETIREE).label("retired"),
        )
    ).one()
    held = connection.execute(
        select(
            _number(listed(structures)).label("structures"),
            _number(structures.c.statut == Statut.RETIREE).label("retired"),
        )
    ).one()
    return Counts(held.structures, row.offers, row.published, row.suspended, row.orphans, held.retired, row.retired)


def read_sources(connection: Connection) -> list[SourceSummary]:
    """One line a producer and flux, of what is listed and won, in the order of source then flux."""
    about = {row.name: row for row in connection.execute(select(fluxes))}
    by_offers = {(r.source, r.flux): r for r in connection.execute(_offers_by_source())}
    by_structures = {(r.source, r.flux): r for r in connection.execute(_structures_by_source())}
    keys = sorted(by_offers.keys() | by_structures.keys())
    return [_summary(key, about[key[1]], by_offers.get(key), by_structures.get(key)) for key in keys]


def read_imports(connection: Connection, flux: str | None, limit: int) -> list[ImportSummary]:
    query = select(imports).order_by(imports.c.id.desc()).limit(limit)
    if flux is not None:
        query = query.where(imports.c.flux == flux)
    return [
        ImportSummary(r.id, r.flux, r.state, r.started_at, r.finished_at, tuple(r.files), r.report)
        for r in connection.execute(query)
    ]


def _number(condition: Any) -> Any:
    """How many rows satisfy a condition: 0, not null, on an empty table."""
    return func.coalesce(func.sum(cast(condition, Integer)), 0)


def _offers_by_source() -> Select[Any]:
    return _by_source(offers).add_columns(
        _number(is_published()).label("published"),
        _number(offers.c.located).label("located"),
        _number(offers.c.themed).label("themed"),
    )


def _structures_by_source() -> Select[Any]:
    return _by_source(structures)


def _by_source(table: FromClause) -> Select[Any]:
    return (
        select(table.c.source, table.c.flux, func.count().label("total"), func.max(table.c.changed_at).label("changed"))
        .where(listed(table))
        .group_by(table.c.source, table.c.flux)
    )


def _summary(key: tuple[str, str], flux: Row[Any], offered: Row[Any] | None, held: Row[Any] | None) -> SourceSummary:
    changes = [row.changed for row in (offered, held) if row is not None]
    return SourceSummary(
        source=key[0],
        flux=key[1],
        licence=flux.licence,
        url=flux.url,
        structures=0 if held is None else held.total,
        offers=0 if offered is None else offered.total,
        published=0 if offered is None else offered.published,
        located_share=None if offered is None else offered.located / offered.total,
        themed_share=None if offered is None else offered.themed / offered.total,
        last_import_at=flux.last_import_at,
        last_change_at=max(changes),
    )
