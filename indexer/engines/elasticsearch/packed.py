"""What the ranking reads of an offer, as bytes: hundreds of offers are read at once, without a loop over their values.

Three columns of the index. `ranked`, read of every candidate: HEAD, the codes, the sessions, then the id. `typed`, read
when words were typed: how many terms and how many of names, the terms, then those of the names. `meaning`, read when
there is a vector to compare: the scale of the offer's own, then its int8 values. Numbers are little-endian. Each ends
with as many zeros as base64 needs to write it without a filling: so many texts are decoded as one.
"""

import struct
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from indexer.engines import ranking
from indexer.engines.base import FACET_FIELDS, Document
from indexer.engines.elasticsearch.codes import codes_of, point_of, spread_of
from indexer.engines.shared import day_number, hash_of, quantise

HEAD: Final = np.dtype(
    [
        ("latitude", "<f8"),  # NaN where the offer is not on site, or has no point
        ("longitude", "<f8"),
        ("spread", "<f8"),  # what a need counts for in an offer of so many thématiques
        ("fold", "<u8"),
        ("structure", "<u8"),
        ("quality", "<f4"),
        ("changed", "<i4"),  # days since 1970-01-01
        ("age_min", "<i4"),
        ("age_max", "<i4"),
        ("remote", "<u4"),
        ("codes", "<u4"),  # how many
        ("slots", "<u4"),  # how many
    ],
)
SLOT: Final = np.dtype([("start", "<i8"), ("day", "<i4"), ("full", "<i4")])
TERM: Final = np.dtype([("hash", "<u4"), ("frequency", "<f2")])
CODE: Final = np.dtype("<u8")
SCALE: Final = np.dtype("<f4")
COUNTS: Final = struct.Struct("<II")

ANY_AGE: Final = (-1, 2**31 - 1)
"""Bounds of an offer that names no age."""

PREDICTED, FAINT, ZONE, JOB_FIELD, PREDICTED_FIELD = "predites", "faibles", "zone", "domaine", "domaine-predit"
"""Fields of codes beside those that are filtered."""


@lru_cache(maxsize=20_000)
def code_of(field: str, value: str) -> int:
    """64 bits that stand for a value of a field."""
    return hash_of(f"{field}={value}")


def term_of(term: str) -> int:
    """32 bits that stand for a term: two of an offer's hundred meet once in a million offers."""
    return zlib.crc32(term.encode())


def pack_ranked(document: Document) -> bytes:
    """HEAD, codes, sessions, id."""
    codes = np.fromiter(dict.fromkeys(_iter_codes(document)), CODE)
    slots = np.array([(slot.start, slot.day, slot.full) for slot in document.slots], SLOT)
    latitude, longitude = point_of(document) or (np.nan, np.nan)
    head = np.array(
        (
            latitude,
            longitude,
            spread_of(document),
            document.fold,
            hash_of(document.structure),
            document.quality,
            day_number(document.changed),
            ANY_AGE[0] if document.age_min is None else document.age_min,
            ANY_AGE[1] if document.age_max is None else document.age_max,
            document.remote,
            len(codes),
            len(slots),
        ),
        HEAD,
    )
    return filled(head.tobytes() + codes.tobytes() + slots.tobytes() + document.id.encode())


def pack_typed(document: Document) -> bytes:
    """The terms with their weighted frequencies, and those of the names as `ranking.iter_codes` says them."""
    terms = np.array([(term_of(term), frequency) for term, frequency in document.terms.items()], TERM)
    names = np.fromiter(ranking.iter_codes(document.names), CODE)
    return filled(COUNTS.pack(len(terms), len(names)) + terms.tobytes() + names.tobytes())


def pack_meaning(document: Document) -> bytes:
    """The vector in int8."""
    values, scale = quantise(document.vector[None, :])
    return filled(scale.astype(SCALE).tobytes() + values.tobytes())


def filled(data: bytes) -> bytes:
    """With zeros up to a multiple of three bytes."""
    return data + bytes(-len(data) % 3)


def _iter_codes(document: Document) -> Iterator[int]:
    for field in FACET_FIELDS:
        yield from (code_of(field, value) for value in codes_of(document, field))
    for other, values in ((PREDICTED, document.predicted), (FAINT, document.faint), (ZONE, document.zone)):
        yield from (code_of(other, value) for value in values)
    if "metiers" not in document.anything:
        for job in document.codes.get("metiers", ()):
            field = PREDICTED_FIELD if job in document.predicted else JOB_FIELD
            yield code_of(field, job[: ranking.FIELD])
