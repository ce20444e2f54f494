"""How a version's index is made: strict fields, no `_source` (the catalogue is the truth)."""

from typing import Any

from indexer.engines.base import FACET_FIELDS
from indexer.engines.shared import SATURATION

SCHEMA = 3
"""Raised when the mapping changes: an older version is then refused and must be rebuilt."""

FREQUENCY_STEPS = 4
"""A word of weighted frequency f is written 4f times: Lucene counts whole words only."""

MOST_REPEATS = 120
"""Beyond, a word has no more to gain (.96), and the index would swell."""

_FLAG = {"type": "boolean"}
_DAY = {"type": "integer"}
_CODES = {"type": "keyword"}
_STORED = {"type": "binary", "store": True}
_COLUMN = {"type": "binary", "doc_values": True}
_NAME = {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": True, "similarity": "noms"}


def build_settings() -> dict[str, Any]:
    """While it is being built: no copy, nothing shown."""
    return {
        "number_of_shards": 1,
        "number_of_replicas": 0,
        "refresh_interval": -1,
        "similarity": {
            # No part for the length: it is already in the weighted frequencies.
            "mots": {"type": "BM25", "k1": SATURATION * FREQUENCY_STEPS, "b": 0.0},
            "noms": {"type": "BM25", "k1": 1.2, "b": 1.0},
        },
    }


def live_settings() -> dict[str, Any]:
    """Once built: a copy where there is a second node. Changes are shown by whoever writes them, a batch at once."""
    return {"auto_expand_replicas": "0-1"}


def build_mapping(dimensions: int, meta: dict[str, Any]) -> dict[str, Any]:
    """`meta` is what the version says of itself."""
    point = {"type": "geo_point"}
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "_meta": meta,
        "properties": {
            "id": {"type": "keyword"},
            # What the ranking reads of hundreds of offers (`packed.py`), then what only a page or a writer reads.
            "ranked": _COLUMN,
            "typed": _COLUMN,
            "meaning": _COLUMN,
            "body": _STORED,
            "facts": _STORED,
            "exact": _STORED,
            "words": {
                "type": "text",
                "analyzer": "whitespace",
                "similarity": "mots",
                "norms": False,
                "index_options": "freqs",
            },
            "own_name": _NAME,
            "holder_name": _NAME,
            "codes": {"properties": dict.fromkeys(FACET_FIELDS, _CODES)},
            "predicted": {**_CODES, "doc_values": False},
            "faint": {**_CODES, "doc_values": False},
            # What a need counts for in an offer of so many thématiques: read while scoring, never searched.
            "spread": {"type": "float", "index": False},
            "zone": {**_CODES, "doc_values": False},
            "remote": _FLAG,
            "valid_from": _DAY,
            "valid_until": _DAY,
            "point": point,
            # The same point again: an order by distance that leaves out what is beyond reach asks for a nested one.
            "near": {"type": "nested", "properties": {"point": point}},
            "slots": {"type": "nested", "properties": {"day": _DAY, "start": {"type": "long"}}},
            "vector": {
                "type": "dense_vector",
                "dims": dimensions,
                "similarity": "cosine",
                "index": True,
                "index_options": {"type": "int8_hnsw"},
            },
            # The state of a version, kept beside its offers so that both become visible together.
            "changes": {"type": "long"},
            "written": {"type": "long"},
            "frequencies": _STORED,
        },
    }
