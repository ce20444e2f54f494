"""A record as the catalogue keeps it: canonical JSON, and the hash that tells whether its content changed."""

import hashlib
from datetime import date
from typing import Any

import orjson

from indexer.schema import Kind, Offer, Structure

Record = Offer | Structure


def kind_of(record: Record) -> Kind:
    return Kind.OFFER if isinstance(record, Offer) else Kind.STRUCTURE


def build_body(record: Record) -> str:
    """Sorted JSON without `date_maj`: in real feeds it is the day of the export, the same for every row.

    Defaults (nulls first of all) are left out, so that a field added to the schema later changes no hash.
    """
    values = record.model_dump(mode="json", exclude_defaults=True, exclude={"date_maj"})
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()


def build_hash(body: str) -> str:
    """sha256 of a canonical body, in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def parse_offer(body: str, date_maj: date | None) -> Offer:
    return Offer.model_validate_json(body).model_copy(update={"date_maj": date_maj})


def parse_structure(body: str, date_maj: date | None) -> Structure:
    return Structure.model_validate_json(body).model_copy(update={"date_maj": date_maj})


def build_difference(before: str, after: str) -> list[dict[str, Any]]:
    """The fields that differ between two bodies, sorted by name, with their two values (null when absent)."""
    old, new = orjson.loads(before), orjson.loads(after)
    return [
        {"champ": name, "avant": old.get(name), "apres": new.get(name)}
        for name in sorted(old.keys() | new.keys())
        if old.get(name) != new.get(name)
    ]
