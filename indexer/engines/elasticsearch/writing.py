"""From a document to what is written, and back."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import orjson

from indexer.engines import codec
from indexer.engines.base import FACET_FIELDS, Document, Vector
from indexer.engines.elasticsearch.codes import EVERYTHING, codes_of, point_of, spread_of
from indexer.engines.elasticsearch.mapping import FREQUENCY_STEPS, MOST_REPEATS
from indexer.engines.elasticsearch.packed import pack_meaning, pack_ranked, pack_typed
from indexer.engines.shared import FIRST_DAY, LAST_DAY, day_number

STATE = "state"
"""The id of the document that says how many batches of live changes a version has taken."""

_LONGEST_KEY = 480  # Elasticsearch refuses ids beyond 512 bytes
_LONGEST_TERM = 200  # and cuts words at 255


def key_of(document_id: str) -> str:
    """The key under which an offer is kept: never that of our own documents."""
    encoded = document_id.encode()
    if len(encoded) <= _LONGEST_KEY:
        return f"o:{document_id}"
    return f"h:{hashlib.blake2b(encoded, digest_size=32).hexdigest()}"


def index_term(term: str) -> str:
    """A term as one word without a blank."""
    plain = "_".join(term.split())
    return plain if len(plain) <= _LONGEST_TERM else hashlib.blake2b(term.encode(), digest_size=16).hexdigest()


def build_source(document: Document) -> dict[str, Any]:
    """The fields of `mapping.py`."""
    source: dict[str, Any] = {
        "id": document.id,
        "ranked": _b64(pack_ranked(document)),
        "typed": _b64(pack_typed(document)),
        "meaning": _b64(pack_meaning(document)),
        "facts": _b64(orjson.dumps(codec.facts_of(document))),
        "body": _b64(document.body),
        "exact": _b64(document.vector.astype(np.float32).tobytes()),
        "words": " ".join(_repeated(document.terms)),
        "own_name": _names(document.names.own, document.names.own_short),
        "holder_name": _names(document.names.holder, document.names.holder_short),
        "codes": {field: codes_of(document, field) for field in FACET_FIELDS},
        "predicted": document.predicted,
        "faint": document.faint,
        "spread": spread_of(document),
        "zone": document.zone or (EVERYTHING,),
        "remote": document.remote,
        "valid_from": FIRST_DAY if document.valid_from is None else day_number(document.valid_from),
        "valid_until": LAST_DAY if document.valid_until is None else day_number(document.valid_until),
        "slots": [{"day": slot.day, "start": slot.start} for slot in document.slots],
    }
    if document.vector.any():  # a vector of zeros is near nothing, and has no cosine
        source["vector"] = document.vector.astype(np.float32)
    if (point := point_of(document)) is not None:
        source["point"] = {"lat": point[0], "lon": point[1]}
        source["near"] = [{"point": source["point"]}]
    return source


def build_action(key: str, source: Mapping[str, Any]) -> bytes:
    """The two lines of a bulk request that write a document."""
    head = orjson.dumps({"index": {"_id": key}})
    return head + b"\n" + orjson.dumps(source, option=orjson.OPT_SERIALIZE_NUMPY) + b"\n"


def build_removal(key: str) -> bytes:
    return orjson.dumps({"delete": {"_id": key}}) + b"\n"


def read_document(fields: Mapping[str, Any]) -> Document:
    """A whole document from the fields of a hit: facts, body, exact."""
    facts = orjson.loads(base64.b64decode(fields["facts"][0]))
    return codec.document_of(facts, read_body(fields), read_vector(fields["exact"][0]))


def read_body(fields: Mapping[str, Any]) -> bytes:
    return base64.b64decode(fields["body"][0]) if "body" in fields else b""


def read_vector(text: str) -> Vector:
    return np.frombuffer(base64.b64decode(text), dtype=np.float32)


def count_terms(documents: Iterable[Document]) -> Counter[str]:
    """In how many documents each term is."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(document.terms.keys())
    return counts


def _repeated(terms: Mapping[str, float]) -> Iterable[str]:
    for term, frequency in terms.items():
        times = min(MOST_REPEATS, max(1, round(FREQUENCY_STEPS * frequency)))
        yield from [index_term(term)] * times


def _names(*names: tuple[str, ...]) -> list[str]:
    return [" ".join(map(index_term, dict.fromkeys(name))) for name in names if name]


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
