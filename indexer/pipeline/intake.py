"""From raw records to staged ones: normalised, counted, in batches."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from indexer.catalogue.canonical import Record
from indexer.pipeline.guard import refuse_reserved_id
from indexer.pipeline.staging import Duplicate, build_staged, stage, take_out_duplicates
from indexer.report import ImportReport
from indexer.schema import Issue, Kind, RawRecord, Severity
from indexer.schema.issues import shown

Normalise = Callable[[RawRecord], tuple[Record | None, list[Issue]]]
"""A raw record in; out, the model (None when it is rejected) and what was found on the way."""

Precise = Callable[[Sequence[tuple[RawRecord, Record]]], Sequence[tuple[Record, Sequence[Issue]]]]
"""Accepted records in; out, in the same order, each with what an outside service adds, and what was found. It may wait
for the network: no lock is held then.
"""

BATCH = 500
"""Records staged by one statement: larger ones gain nothing measurable."""


def take_in(
    connection: Connection,
    records: Iterable[RawRecord],
    normalise: Normalise,
    report: ImportReport,
    advance: Callable[[int], None],
    precise: Precise | None = None,
) -> None:
    """Stages every accepted record once, and counts all of them in the report. ImportHeldError for a reserved id."""
    batch: list[tuple[int, RawRecord, Record]] = []
    for seq, raw in enumerate(records, start=1):
        record = _normalised(raw, normalise, report)
        if record is not None:
            batch.append((seq, raw, record))
        if seq % BATCH == 0:
            stage(connection, _rows(batch, precise, report))
            batch = []
            advance(seq)
    stage(connection, _rows(batch, precise, report))
    advance(report.read)
    for duplicate in take_out_duplicates(connection):
        _count_duplicate(duplicate, report)


def _rows(
    batch: list[tuple[int, RawRecord, Record]], precise: Precise | None, report: ImportReport
) -> list[dict[str, Any]]:
    if precise is None:
        return [build_staged(*row) for row in batch]
    rows: list[dict[str, Any]] = []
    precised = precise([(raw, record) for _, raw, record in batch])
    for (seq, raw, _), (record, issues) in zip(batch, precised, strict=True):
        for issue in issues:
            report.note(issue)
        rows.append(build_staged(seq, raw, record))
    return rows


def _normalised(raw: RawRecord, normalise: Normalise, report: ImportReport) -> Record | None:
    tally = report.tallies[raw.kind]
    tally.read += 1
    record, issues = normalise(raw)
    for issue in issues:
        report.note(issue, dropped=_is_dropped(issue, record))
    if record is None:
        tally.rejected += 1
    else:
        refuse_reserved_id(record.id, f"{raw.file}, ligne {raw.row},")
        tally.accepted += 1
    return record


def _is_dropped(issue: Issue, record: Record | None) -> bool:
    """Whether a value that was given is not in the record that is kept."""
    if record is None or issue.gravite is not Severity.WARNING or issue.valeur == "":
        return False
    if issue.champ in ("latitude", "longitude") and record.position_approximative:
        return True  # the centre of its commune stands for the point that was set aside
    return getattr(record, issue.champ, "") is None


def _count_duplicate(duplicate: Duplicate, report: ImportReport) -> None:
    tally = report.tallies[Kind(duplicate.kind)]
    tally.accepted -= 1
    if duplicate.identical:
        tally.identical_duplicates += 1
        return
    tally.duplicates += 1
    report.note(
        Issue(
            flux=report.flux,
            fichier=duplicate.file,
            ligne=duplicate.row,
            id=shown(duplicate.record_id),
            champ="id",
            valeur=shown(duplicate.record_id),
            regle="doublon",
            gravite=Severity.WARNING,
            message=f"Cet identifiant est déjà celui de la ligne {duplicate.first_row} de {duplicate.first_file}, "
            "dont le contenu diffère : la première fiche est gardée, celle-ci est laissée de côté.",
        )
    )
