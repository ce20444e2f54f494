"""The one door by which a publication enters or leaves the catalogue, in one transaction, under its own flux.

It uses the import's own tables and steps, but lists only the records at hand: the rest of the flux stays as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from indexer.catalogue import Catalogue
from indexer.catalogue.canonical import Record, kind_of
from indexer.catalogue.database import begin_write
from indexer.catalogue.tables import imports
from indexer.pipeline import listing
from indexer.pipeline.changes import Stamp
from indexer.pipeline.settle import settle
from indexer.pipeline.staging import build_staged, create_staging, staged, touched
from indexer.publish.offer import FLUX, LICENCE
from indexer.report import ImportReport, ImportState
from indexer.schema import Kind, RawRecord

Key = tuple[Kind, str]


@dataclass(frozen=True)
class Shown:
    """What the catalogue must hold afterwards: records new, changed or back again, and others that it lists no more."""

    records: Sequence[Record] = ()
    gone: Sequence[Key] = ()


def change_catalogue(catalogue: Catalogue, now: datetime, act: Callable[[Connection], Shown]) -> None:
    """Runs `act` and brings what it gives to the catalogue, in one transaction: all of it, or nothing.

    Revisions tell the changes, as those of an import do. CatalogueError when the database does not answer, and
    whatever `act` raises.
    """
    with catalogue.database.own_connection() as connection:
        create_staging(connection)
        with begin_write(connection):
            catalogue.database.lock_records(connection)
            shown = act(connection)
            if shown.records or shown.gone:
                _write(connection, list(shown.records), list(shown.gone), now)


def _write(connection: Connection, records: list[Record], gone: list[Key], now: datetime) -> None:
    listing.save_flux(connection, FLUX, LICENCE, None, now)
    stamp = Stamp(_import_id(connection, now), now)
    if records:
        connection.execute(insert(staged), [_staged(seq, record) for seq, record in enumerate(records, 1)])
    rows = [{"kind": kind_of(r), "record_id": r.id, "lost": False} for r in records]
    rows += [{"kind": kind, "record_id": record_id, "lost": True} for kind, record_id in gone]
    connection.execute(insert(touched), rows)
    listing.replace_listings(connection, FLUX, stamp.import_id)
    listing.name_winners(connection)
    for kind in (Kind.STRUCTURE, Kind.OFFER):
        settle(connection, kind, stamp)


def _staged(seq: int, record: Record) -> dict[str, Any]:
    return build_staged(seq, RawRecord(kind_of(record), FLUX, FLUX, seq, {}), record)


def _import_id(connection: Connection, now: datetime) -> int:
    """One line of the imports stands for all publications: listings must name one."""
    known = connection.execute(select(func.min(imports.c.id)).where(imports.c.flux == FLUX)).scalar()
    if known is not None:
        return int(known)
    report = ImportReport(FLUX, (), LICENCE, now)
    report.end(ImportState.DONE, "", now)
    told = {"state": report.state, "files": [], "report": report.as_dict()}
    values = {"flux": FLUX, "started_at": now, "finished_at": now, **told}
    return int(connection.execute(insert(imports).values(**values).returning(imports.c.id)).scalar_one())
