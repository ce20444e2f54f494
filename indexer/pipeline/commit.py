"""The one transaction of an import, and the trace of one that failed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection, insert, or_, select, update

from indexer.catalogue import Catalogue, Change
from indexer.catalogue.database import begin_write
from indexer.catalogue.tables import imports, listings, structures
from indexer.catalogue.work import Work
from indexer.errors import CatalogueError
from indexer.pipeline import listing
from indexer.pipeline.changes import Stamp
from indexer.pipeline.guard import (
    NO_OTHER_GUARDS,
    Guards,
    Loss,
    refuse_great_losses,
    refuse_many_rejects,
    refuse_nothing,
)
from indexer.pipeline.settle import settle
from indexer.pipeline.staging import gather_statistics, staged, touched, winners
from indexer.report import ImportReport, ImportState
from indexer.schema import Issue, Kind, Severity, Statut
from indexer.schema.issues import shown

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What one command asks for."""

    flux: str
    licence: str | None
    files: tuple[str, ...]
    now: datetime
    accept_loss: bool
    guards: Guards = NO_OTHER_GUARDS


def commit_staged(
    catalogue: Catalogue, connection: Connection, request: ImportRequest, report: ImportReport, work: Work
) -> None:
    """Writes what is staged, or nothing: any error, a guard's too, undoes all of it."""
    with begin_write(connection):
        catalogue.database.lock_records(connection)
        work.confirm(connection)
        listed = listing.count_listed(connection, request.flux)
        published = listing.count_published(connection, request.flux)
        total = sum(listed.values())
        if report.accepted == 0 and (total == 0 or not request.accept_loss):
            refuse_nothing(request.flux, report.read, total)
        _write(connection, request, report)
        if not request.accept_loss:
            refuse_many_rejects(request.flux, report.read, report.rejected, request.guards.rejected)
            losses = _losses(connection, request.flux, listed, published)
            refuse_great_losses(request.flux, losses, request.guards.lost)
        _note_missing_structures(connection, report)
        _close(connection, report, catalogue.clock())


def record_failure(catalogue: Catalogue, report: ImportReport) -> None:
    """Keeps a trace of an import that changed nothing, if the database still takes it."""
    try:
        with catalogue.database.writing() as connection:
            connection.execute(insert(imports).values(**_opening(report), **_closing(report)))
    except CatalogueError as second:
        # The first error is the one to tell: this trace is only for later.
        _log.warning("import_not_traced", flux=report.flux, reason=str(second))


def _write(connection: Connection, request: ImportRequest, report: ImportReport) -> None:
    url = next((name for name in request.files if name.startswith(("http://", "https://"))), None)
    listing.save_flux(connection, request.flux, request.licence, url, request.now)
    stamp = Stamp(_open_import(connection, report), request.now)
    report.import_id = stamp.import_id
    listing.mark_touched(connection, request.flux)
    gather_statistics(connection, touched)
    listing.replace_listings(connection, request.flux, stamp.import_id)
    listing.name_winners(connection)
    gather_statistics(connection, winners, listings)
    taken_over = listing.count_taken_over(connection)
    for kind, tally in report.tallies.items():
        changes = settle(connection, kind, stamp)
        tally.created, tally.updated = changes[Change.CREATED], changes[Change.UPDATED]
        tally.restored, tally.retired = changes[Change.RESTORED], changes[Change.RETIRED]
        tally.unchanged = tally.accepted - tally.created - tally.updated - tally.restored
        tally.taken_over = taken_over[kind]


def _open_import(connection: Connection, report: ImportReport) -> int:
    """Its id, which listings and revisions need before it is closed."""
    statement = insert(imports).values(**_opening(report), state=ImportState.RUNNING, report={}).returning(imports.c.id)
    return int(connection.execute(statement).scalar_one())


def _opening(report: ImportReport) -> dict[str, Any]:
    return {"flux": report.flux, "started_at": report.started_at, "files": list(report.files)}


def _closing(report: ImportReport) -> dict[str, Any]:
    return {"state": report.state, "finished_at": report.finished_at, "report": report.as_dict()}


def _losses(connection: Connection, flux: str, listed: dict[Kind, int], published: int) -> list[Loss]:
    gone = listing.count_gone(connection)
    still = listing.count_published(connection, flux)
    return [
        Loss("structures", listed[Kind.STRUCTURE], gone[Kind.STRUCTURE]),
        Loss("offres", listed[Kind.OFFER], gone[Kind.OFFER]),
        Loss("fiches en tout", sum(listed.values()), sum(gone.values())),
        Loss("offres publiées", published, published - still),
    ]


def _note_missing_structures(connection: Connection, report: ImportReport) -> None:
    for issue in _missing_structures(connection, report.flux):
        report.note(issue)
        report.unpublished += 1


def _missing_structures(connection: Connection, flux: str) -> Iterator[Issue]:
    """The staged offers whose structure no flux lists, in the order of arrival."""
    query = (
        select(staged.c.record_id, staged.c.structure_id, staged.c.file, staged.c.row)
        .outerjoin(structures, structures.c.id == staged.c.structure_id)
        .where(staged.c.kind == Kind.OFFER, or_(structures.c.id.is_(None), structures.c.statut == Statut.RETIREE))
        .order_by(staged.c.seq)
    )
    for row in connection.execute(query.execution_options(yield_per=1000)):
        yield Issue(
            flux=flux,
            fichier=row.file,
            ligne=row.row,
            id=shown(row.record_id),
            champ="structure_id",
            valeur="" if row.structure_id is None else shown(row.structure_id),
            regle="structure-absente",
            gravite=Severity.WARNING,
            message="La structure de cette offre n'est dans aucun flux : l'offre est gardée, mais pas publiée. "
            "Ajoutez la structure au fichier, ou corrigez « structure_id ».",
        )


def _close(connection: Connection, report: ImportReport, now: datetime) -> None:
    report.end(ImportState.DONE, "", now)
    connection.execute(update(imports).where(imports.c.id == report.import_id).values(**_closing(report)))
