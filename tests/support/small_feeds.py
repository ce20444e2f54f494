"""Feeds of a few invented records, and an import of them with the least normaliser: what it is given must be valid."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from indexer.catalogue import Catalogue
from indexer.pipeline import run_import
from indexer.report import ImportReport
from indexer.schema import Issue, Kind, Offer, RawRecord, Severity, Structure

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LATER = datetime(2026, 5, 5, 12, tzinfo=UTC)


def structure(number: int = 1, **fields: Any) -> tuple[Kind, dict[str, Any]]:
    """`ex--s1`, `ex--s2`…"""
    return Kind.STRUCTURE, {"source": "ex", "id": f"ex--s{number}", "nom": f"Structure {number}"} | fields


def offer(number: int = 1, **fields: Any) -> tuple[Kind, dict[str, Any]]:
    """`ex--o1`… of the structure `ex--s1`, unless it is said otherwise."""
    own = {"source": "ex", "id": f"ex--o{number}", "nom": f"Offre {number}", "structure_id": "ex--s1"}
    return Kind.OFFER, own | fields


def small_feed(count: int = 20) -> list[tuple[Kind, dict[str, Any]]]:
    """One structure and `count` offers."""
    return [structure(), *(offer(number) for number in range(1, count + 1))]


def raw_records(records: Iterable[tuple[Kind, dict[str, Any]]], flux: str) -> Iterable[RawRecord]:
    for row, (kind, fields) in enumerate(records, start=1):
        yield RawRecord(kind, flux, "exemple.json", row, fields)


def least_normalise(raw: RawRecord) -> tuple[Offer | Structure | None, list[Issue]]:
    """The model of the fields as they are; a record without a name is rejected."""
    if not raw.fields.get("nom"):
        return None, [build_issue(raw, "nom", "nom-absent", Severity.REJECTION)]
    model = Offer if raw.kind is Kind.OFFER else Structure
    return model.model_validate(raw.fields), []


def build_issue(raw: RawRecord, champ: str, regle: str, gravite: Severity, valeur: str = "") -> Issue:
    return Issue(raw.flux, raw.file, raw.row, raw.fields.get("id"), champ, valeur, regle, gravite, "Message.")


def bring(
    catalogue: Catalogue,
    records: Iterable[tuple[Kind, dict[str, Any]]],
    flux: str = "a",
    now: datetime = NOON,
    **options: Any,
) -> ImportReport:
    """Imports records as one flux."""
    options = {"licence": None, "files": ["exemple.json"], "normalise": least_normalise} | options
    return run_import(catalogue, raw_records(records, flux), flux=flux, now=now, **options)
