"""The catalogue: the truth from which every index can be rebuilt."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from sqlalchemy import select

from indexer.catalogue import history, positions, statistics
from indexer.catalogue.addresses import RecordAddress, count_addresses, iter_addresses
from indexer.catalogue.database import Database
from indexer.catalogue.jobs import Job, read_jobs
from indexer.catalogue.queries import (
    PAGE,
    build_offers,
    build_retired_summary,
    build_structure,
    select_offers,
    select_published_offers,
    select_structures,
)
from indexer.catalogue.reports import NewReport, Report, add_report, handle_report, read_reports
from indexer.catalogue.schema_version import upgrade_schema
from indexer.catalogue.stored import (
    Counts,
    ImportSummary,
    RetiredSummary,
    Revision,
    SourceSummary,
    StoredOffer,
    StoredStructure,
    StructureName,
)
from indexer.catalogue.structure_names import iter_structure_names
from indexer.catalogue.tables import offers, structures
from indexer.catalogue.work import Clock, Work, doing
from indexer.schema import Kind, Statut


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_catalogue(url: str, clock: Clock = utc_now) -> "Catalogue":
    """Opens the catalogue at a SQLAlchemy address (`settings.catalogue_url`), making or upgrading its tables."""
    database = Database(url)
    upgrade_schema(database)
    return Catalogue(database, clock)


class Catalogue:
    """Offers and structures, where they come from, and what happened to them. Every verb raises only MaillageErrors.

    Safe to share between threads.
    """

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self.database = database
        self.clock = clock

    def close(self) -> None:
        self.database.close()

    def get_offer(self, offer_id: str) -> StoredOffer | None:
        """One offer, retired or not published ones too (look at `statut` and `published`)."""
        with self.database.reading() as connection:
            rows = connection.execute(select_offers().where(offers.c.id == offer_id)).all()
            found = build_offers(connection, rows)
        return found[0] if found else None

    def get_offers(self, offer_ids: list[str]) -> dict[str, StoredOffer]:
        """Several offers by id; unknown ones are left out."""
        with self.database.reading() as connection:
            rows = [
                row
                for start in range(0, len(offer_ids), PAGE)
                for row in connection.execute(select_offers().where(offers.c.id.in_(offer_ids[start : start + PAGE])))
            ]
            return {stored.offer.id: stored for stored in build_offers(connection, rows)}

    def get_structure(self, structure_id: str) -> StoredStructure | None:
        """One structure, retired or not."""
        with self.database.reading() as connection:
            row = connection.execute(select_structures().where(structures.c.id == structure_id)).one_or_none()
        return None if row is None else build_structure(row)

    def offers_of_structure(self, structure_id: str) -> list[StoredOffer]:
        """The published offers of a structure, in the order of ids."""
        query = select_published_offers().where(offers.c.structure_id == structure_id)
        with self.database.reading() as connection:
            return build_offers(connection, connection.execute(query).all())

    def iter_structure_names(self) -> Iterator[StructureName]:
        """The structures that some flux still lists, in the order of ids."""
        return iter_structure_names(self.database)

    def count_addresses(self, kind: Kind, without_source: str) -> int:
        """How many published offers, or structures that hold one, `without_source` left out."""
        return count_addresses(self.database, kind, without_source)

    def iter_addresses(self, kind: Kind, without_source: str, start: int, count: int) -> Iterator[RecordAddress]:
        """`count` of those after the first `start`, in the order of ids, with the last change of their content."""
        return iter_addresses(self.database, kind, without_source, start, count)

    def iter_offers_for_index(self) -> Iterator[StoredOffer]:
        """All published offers with their structure and provenance, in the order of ids, read 1,000 at a time.

        Reads are short: while it is walked, an import may commit. Take `latest_revision_id()` before, and apply
        `offers_touched_since()` after.
        """
        last = ""
        while True:
            with self.database.reading() as connection:
                rows = connection.execute(select_published_offers().where(offers.c.id > last).limit(PAGE)).all()
                page = build_offers(connection, rows)
            if not page:
                return
            yield from page
            last = page[-1].offer.id

    def summary_of_retired(self, offer_id: str) -> RetiredSummary | None:
        """What to tell of an offer that no flux lists any more; None for any other id."""
        query = (
            select(offers, structures.c.body.label("structure_body"))
            .join_from(offers, structures, structures.c.id == offers.c.structure_id, isouter=True)
            .where(offers.c.id == offer_id, offers.c.statut == Statut.RETIREE)
        )
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else build_retired_summary(row)

    def counts(self) -> Counts:
        with self.database.reading() as connection:
            return statistics.count_records(connection)

    def sources(self) -> list[SourceSummary]:
        """One line a producer and flux, with its licence, freshness and completeness."""
        with self.database.reading() as connection:
            return statistics.read_sources(connection)

    def imports(self, flux: str | None = None, limit: int = 20) -> list[ImportSummary]:
        """The latest imports, newest first, those that were held or failed too."""
        with self.database.reading() as connection:
            return statistics.read_imports(connection, flux, limit)

    def latest_revision_id(self) -> int:
        with self.database.reading() as connection:
            return history.latest_revision_id(connection)

    def iter_changes_since(self, revision_id: int) -> Iterator[Revision]:
        """What happened after a revision, oldest first."""
        return history.iter_revisions_since(self.database, revision_id)

    def offers_touched_since(self, revision_id: int) -> list[str]:
        """Ids of the offers to index again, or to remove: changed themselves, or by their structure."""
        with self.database.reading() as connection:
            return history.read_offers_touched_since(connection, revision_id)

    def index_position(self, version: str) -> int | None:
        """The last revision that a version of the index holds whole; None for a version never told."""
        with self.database.reading() as connection:
            return positions.read_position(connection, version)

    def set_index_position(self, version: str, revision_id: int, kept: Iterable[str]) -> None:
        """Says that a version holds every change up to a revision. Versions not `kept` are forgotten."""
        with self.database.writing() as connection:
            positions.write_position(connection, version, revision_id, kept)

    def history(self, kind: Kind, record_id: str) -> list[Revision]:
        with self.database.reading() as connection:
            return history.read_history(connection, kind, record_id)

    def add_report(self, new: NewReport) -> bool:
        """Keeps what a reader says is wrong; False when too much waits already."""
        return add_report(self.database, new, self.clock())

    def reports(self, with_handled: bool = False, limit: int = 100) -> list[Report]:
        """What readers say is wrong, newest first."""
        return read_reports(self.database, with_handled, limit)

    def handle_report(self, report_id: int) -> None:
        """Marks a report as dealt with. CatalogueError for an unknown one."""
        handle_report(self.database, report_id, self.clock())

    def jobs(self, limit: int = 20) -> list[Job]:
        """The latest long work, newest first; what died is told as failed."""
        with self.database.reading() as connection:
            return read_jobs(connection, self.clock(), limit)

    def doing(self, name: str, nom: str) -> AbstractContextManager[Work]:
        """Runs a block as the only work called `name` (lease), shown as `nom` (job). BusyError when it runs already."""
        return doing(self.database, name, nom, self.clock)
