"""One import: read and staged without a lock, then written in one transaction."""

from collections.abc import Callable, Iterable
from datetime import datetime

from indexer.catalogue import Catalogue
from indexer.catalogue.work import Work
from indexer.errors import ImportHeldError
from indexer.pipeline.commit import ImportRequest, commit_staged, record_failure
from indexer.pipeline.guard import NO_OTHER_GUARDS, Guards, refuse_reserved
from indexer.pipeline.intake import Normalise, Precise, take_in
from indexer.pipeline.staging import create_staging
from indexer.report import ImportReport, ImportState
from indexer.schema import RawRecord

Progress = Callable[[int], None]
"""Told, from time to time, how many records have been read."""


def run_import(
    catalogue: Catalogue,
    records: Iterable[RawRecord],
    *,
    flux: str,
    licence: str | None,
    files: Iterable[str],
    normalise: Normalise,
    now: datetime,
    accept_loss: bool = False,
    guards: Guards = NO_OTHER_GUARDS,
    on_progress: Progress | None = None,
    report: ImportReport | None = None,
    precise: Precise | None = None,
) -> ImportReport:
    """Brings all records of one command into the catalogue, or none of them.

    `licence` None keeps the one that the flux has. `now` stamps every change. Raises BusyError when an import runs
    already, ImportHeldError when a guard holds this one (`accept_loss` lets losses pass), FeedError from `records`,
    CatalogueError. After an error the catalogue is as it was, but for the attempt told in `imports` and `jobs`.
    Give a new `report` to have it after an error too. `precise` may add what an outside service knows.
    """
    refuse_reserved(flux)
    request = ImportRequest(flux, licence, tuple(files), now, accept_loss, guards)
    report = ImportReport(flux, request.files, licence, now) if report is None else report
    with catalogue.doing("import", f"import {flux}") as work:
        try:
            _run(catalogue, records, normalise, precise, request, report, work, on_progress)
        except BaseException as error:
            report.end(_state_after(error), str(error), catalogue.clock())
            record_failure(catalogue, report)
            raise
    return report


def _run(
    catalogue: Catalogue,
    records: Iterable[RawRecord],
    normalise: Normalise,
    precise: Precise | None,
    request: ImportRequest,
    report: ImportReport,
    work: Work,
    on_progress: Progress | None,
) -> None:
    def advance(read: int) -> None:
        work.beat(f"{read} fiches lues")
        if on_progress is not None:
            on_progress(read)

    with catalogue.database.own_connection() as connection:
        create_staging(connection)
        take_in(connection, records, normalise, report, advance, precise)
        work.tell(f"Écriture de {report.accepted} fiches")
        commit_staged(catalogue, connection, request, report, work)


def _state_after(error: BaseException) -> ImportState:
    return ImportState.HELD if isinstance(error, ImportHeldError) else ImportState.FAILED
