"""One changed record: what is written for it, and the revision that tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row

from indexer.catalogue.canonical import build_difference
from indexer.catalogue.stored import Change
from indexer.schema import Kind, Statut

ID_LENGTH = 512
"""No structure has a longer id: a longer reference finds nothing, and PostgreSQL could not index it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and by which import a change is made."""

    import_id: int
    now: datetime


def change_of(row: Row[Any]) -> Change:
    """What happens to a record, from its state before (`old_…`, null when it is new)."""
    if row.old_body is None:
        return Change.CREATED
    return Change.RESTORED if row.old_statut == Statut.RETIREE else Change.UPDATED


def build_values(kind: Kind, row: Row[Any], stamp: Stamp) -> dict[str, Any]:
    """The columns of a record, but its id and `created_at`."""
    body: dict[str, Any] = orjson.loads(row.new_body)
    values = {
        "source": body["source"],
        "statut": Statut.SUSPENDUE if body.get("suspendue") else Statut.PUBLIEE,
        "flux": row.flux,
        "content_hash": row.content_hash,
        "body": row.new_body,
        "date_maj": row.date_maj,
        "located": body.get("latitude") is not None,
        "changed_at": row.old_changed_at if row.old_body == row.new_body else stamp.now,
        "retired_at": None,
    }
    if kind is Kind.OFFER:
        values["structure_id"] = _reference(body.get("structure_id"))
        values["themed"] = bool(body.get("thematiques"))
    return values


def build_revision(kind: Kind, row: Row[Any], stamp: Stamp) -> dict[str, Any]:
    """The columns of a revision; the fields that differ, unless the record is new."""
    return {
        "kind": kind,
        "record_id": row.record_id,
        "at": stamp.now,
        "import_id": stamp.import_id,
        "change": change_of(row),
        "fields": [] if row.old_body is None else build_difference(row.old_body, row.new_body),
    }


def _reference(structure_id: str | None) -> str | None:
    return None if structure_id is None or len(structure_id) > ID_LENGTH else structure_id
