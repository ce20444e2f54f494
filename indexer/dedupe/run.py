"""From the catalogue to its groups: what changed since the last time is compared, and what differs told in revisions.

A group may change because of a record far from the one that was imported; `compared.py` finds how far.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from indexer.catalogue import Catalogue
from indexer.catalogue.compared import forget_compared, write_compared
from indexer.catalogue.duplicates import Duplicate, read_decisions, read_duplicates, write_duplicates
from indexer.catalogue.work import Work
from indexer.dedupe.cluster import Decisions
from indexer.dedupe.compared import Compared, compare_changes
from indexer.dedupe.reading import Reading, read_changes
from indexer.dedupe.rules_version import build_rules_version
from indexer.schema import Kind


@dataclass(frozen=True, slots=True)
class KindReport:
    """Records compared with each other, groups, duplicates in them (a group of three holds two).

    `relues` are those read this time, because they are new or differ.
    """

    fiches: int
    groupes: int
    doublons: int
    relues: int


@dataclass(frozen=True, slots=True)
class DedupeReport:
    """`changements`: lines that differ from the last time."""

    structures: KindReport
    offres: KindReport
    changements: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def run_dedupe(catalogue: Catalogue, *, anew: bool = False) -> DedupeReport:
    """Brings the groups up to date with the catalogue; `anew` compares everything, whatever is known.

    BusyError when it runs already, CatalogueError.
    """
    with catalogue.doing("dedupe", "recherche de doublons") as work:
        if anew:
            forget_compared(catalogue.database)
        readings = [_read(catalogue, kind, work) for kind in (Kind.STRUCTURE, Kind.OFFER)]
        work.tell(f"Comparaison de {sum(len(reading.changed) for reading in readings)} fiches")
        passes = [(reading, _compare(catalogue, reading)) for reading in readings]
        former = read_duplicates(catalogue.database)
        groups = [line for reading, found in passes for line in _iter_lines(former, reading, found, anew)]
        changed = _keep(catalogue, passes, groups)
    told = [_report(reading, groups) for reading in readings]
    return DedupeReport(told[0], told[1], changed)


def _read(catalogue: Catalogue, kind: Kind, work: Work) -> Reading:
    work.tell("Lecture des structures" if kind is Kind.STRUCTURE else "Lecture des offres")
    return read_changes(catalogue.database, kind, build_rules_version(), catalogue.clock().date())


def _compare(catalogue: Catalogue, reading: Reading) -> Compared:
    decisions = _decisions(catalogue, reading.kind)
    return compare_changes(reading.known, reading.changed, reading.gone, decisions, reading.load)


def _iter_lines(former: list[Duplicate], reading: Reading, found: Compared, anew: bool) -> Iterator[Duplicate]:
    """All the lines of one kind: those that nothing reached stay."""
    settled = found.reached | reading.gone | reading.forgotten
    yield from (d for d in former if d.kind is reading.kind and not anew and d.record_id not in settled)
    for cluster in found.clusters:
        for record_id, verdict in cluster.others:
            yield Duplicate(reading.kind, record_id, cluster.best, verdict.score, verdict.reason)


def _keep(catalogue: Catalogue, passes: list[tuple[Reading, Compared]], groups: list[Duplicate]) -> int:
    """Groups and what they come from, together; how many lines differ."""
    with catalogue.database.writing() as connection:
        catalogue.database.lock_records(connection)
        changed = write_duplicates(connection, groups, catalogue.clock())
        for reading, found in passes:
            write_compared(
                connection,
                reading.kind,
                build_rules_version(),
                records=reading.records,
                gone=reading.forgotten,
                undone=found.undone,
                made=found.made,
            )
    return changed


def _decisions(catalogue: Catalogue, kind: Kind) -> Decisions:
    said = [decision for decision in read_decisions(catalogue.database) if decision.kind is kind]
    return Decisions(
        same={frozenset((d.a, d.b)) for d in said if d.same},
        different={frozenset((d.a, d.b)) for d in said if not d.same},
    )


def _report(reading: Reading, groups: list[Duplicate]) -> KindReport:
    lines = [line for line in groups if line.kind is reading.kind]
    return KindReport(reading.size, len({line.best_id for line in lines}), len(lines), len(reading.changed))
