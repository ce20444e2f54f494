"""A document as bytes, for the stored documents and for the live log.

A record is: length of the facts (u32), the facts (JSON), the body as it is served. The vector is kept beside.
"""

import struct
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from typing import Any

import orjson

from indexer.engines.base import Document, Names, Slot, Vector

_LENGTH = struct.Struct("<I")
_FACTS = (
    "id", "terms", "codes", "latitude", "longitude", "on_site", "remote", "zone", "valid_from", "valid_until", "fold",
    "structure", "quality", "changed", "predicted", "faint", "age_min", "age_max",
)  # fmt: skip


def encode(document: Document) -> tuple[bytes, int]:
    """(record, where the body starts in it)."""
    head = orjson.dumps(facts_of(document))
    return _LENGTH.pack(len(head)) + head + document.body, _LENGTH.size + len(head)


def facts_of(document: Document) -> dict[str, Any]:
    """What JSON can hold of a document: neither its body nor its vector."""
    facts: dict[str, Any] = {name: getattr(document, name) for name in _FACTS}
    facts["anything"] = sorted(document.anything)
    facts["slots"] = [(slot.day, slot.start, slot.full) for slot in document.slots]
    facts["names"] = astuple(document.names)
    return facts


def decode(record: bytes, vector: Vector) -> Document:
    """The document of a record."""
    (length,) = _LENGTH.unpack_from(record)
    head = record[_LENGTH.size : _LENGTH.size + length]
    return document_of(orjson.loads(head), record[_LENGTH.size + length :], vector)


def document_of(facts: Mapping[str, Any], body: bytes, vector: Vector) -> Document:
    """The document whose facts were read from JSON."""
    return Document(
        **dict(facts)
        | {
            "body": body,
            "vector": vector,
            "codes": {field: tuple(values) for field, values in facts["codes"].items()},
            "anything": frozenset(facts["anything"]),
            "zone": tuple(facts["zone"]),
            "slots": tuple(Slot(*slot) for slot in facts["slots"]),
            "names": Names(*map(tuple, facts["names"])),
            "predicted": tuple(facts["predicted"]),
            "faint": tuple(facts["faint"]),
            "valid_from": _day(facts["valid_from"]),
            "valid_until": _day(facts["valid_until"]),
            "changed": date.fromisoformat(facts["changed"]),
        }
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
