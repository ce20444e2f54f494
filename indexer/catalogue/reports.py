"""What readers say is wrong on a page: kept without anything of the reader, until someone has dealt with it.

Records are never changed by a report: only their producer changes them, through a feed.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

import orjson
from sqlalchemy import func, insert, select, update

from indexer.catalogue.database import Database
from indexer.catalogue.tables import RECORD_TABLES, reports
from indexer.errors import CatalogueError
from indexer.schema import Kind

MAX_TEXT: Final = 1000
MAX_OPEN: Final = 20
"""Reports of one record that wait at the same time: more would teach nothing, and fill the disk."""

MAX_A_DAY: Final = 2000
"""Of all records: a flood stops there, whatever the number of addresses it comes from."""


class ReportReason(StrEnum):
    """What is wrong, from a short list that a page can offer."""

    CLOSED = "plus-proposee"
    CONTACT = "contact"
    PLACE = "adresse"
    TIME = "dates-horaires"
    CONDITIONS = "conditions"
    OTHER = "autre"


REASON_LABELS: Final = {
    ReportReason.CLOSED: "L’offre n’existe plus",
    ReportReason.CONTACT: "Le téléphone, le courriel ou le site est faux",
    ReportReason.PLACE: "L’adresse est fausse",
    ReportReason.TIME: "Les dates ou les horaires sont faux",
    ReportReason.CONDITIONS: "Le prix ou les conditions sont faux",
    ReportReason.OTHER: "Autre chose",
}
"""As the form and the command say them."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """What a reader sends. `text` may be empty."""

    kind: Kind
    record_id: str
    reason: ReportReason
    text: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report, with the name and the source of the record as they are now."""

    id: int
    kind: Kind
    record_id: str
    at: datetime
    reason: ReportReason
    text: str
    handled_at: datetime | None
    nom: str
    source: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def add_report(database: Database, new: NewReport, now: datetime) -> bool:
    """Keeps a report. False, and nothing is kept, when too many wait already. ValueError for a text too long."""
    if len(new.text) > MAX_TEXT:
        raise ValueError(f"un texte de plus de {MAX_TEXT} caractères ne s'enregistre pas")
    of_record = (reports.c.kind == new.kind) & (reports.c.record_id == new.record_id) & reports.c.handled_at.is_(None)
    today = reports.c.at > now - timedelta(days=1)
    count = select(func.count()).select_from(reports)
    with database.writing() as connection:
        waiting = connection.execute(count.where(of_record)).scalar_one()
        received = connection.execute(count.where(today)).scalar_one()
        if waiting >= MAX_OPEN or received >= MAX_A_DAY:
            return False
        connection.execute(insert(reports).values(**asdict(new), at=now))
    return True


def read_reports(database: Database, with_handled: bool, limit: int) -> list[Report]:
    """The latest ones, newest first; those that nobody has dealt with, unless it is said otherwise."""
    found: list[Report] = []
    with database.reading() as connection:
        for kind, table in RECORD_TABLES.items():
            query = (
                select(reports, table.c.body, table.c.source)
                .join_from(reports, table, table.c.id == reports.c.record_id)
                .where(reports.c.kind == kind)
                .order_by(reports.c.id.desc())
                .limit(limit)
            )
            if not with_handled:
                query = query.where(reports.c.handled_at.is_(None))
            found += map(_build, connection.execute(query))
    return sorted(found, key=lambda report: report.id, reverse=True)[:limit]


def handle_report(database: Database, report_id: int, now: datetime) -> None:
    """Marks a report as dealt with; again changes nothing. CatalogueError for a number that no report has."""
    with database.writing() as connection:
        known = connection.execute(select(reports.c.id).where(reports.c.id == report_id)).one_or_none()
        if known is None:
            raise CatalogueError(f"Aucun signalement n'a le numéro {report_id}. « maillage reports » les donne.")
        unhandled = (reports.c.id == report_id) & reports.c.handled_at.is_(None)
        connection.execute(update(reports).where(unhandled).values(handled_at=now))


def _build(row: Any) -> Report:
    return Report(
        id=row.id,
        kind=Kind(row.kind),
        record_id=row.record_id,
        at=row.at,
        reason=ReportReason(row.reason),
        text=row.text,
        handled_at=row.handled_at,
        nom=str(orjson.loads(row.body)["nom"]),
        source=row.source,
    )
