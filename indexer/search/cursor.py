"""The cursor: where a reader is in a list that a page number could not reach, or must not lose."""

import base64
import binascii
import math
import re
from dataclasses import dataclass

import orjson

from indexer.engines.base import SortKey
from indexer.errors import QueryError

_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
"""A version's name comes back from outside and becomes a folder's, or an index's."""

_REFUSED = "Ce curseur n'est pas lisible : reprenez la recherche depuis la première page."


@dataclass(frozen=True, slots=True)
class Cursor:
    """The search it belongs to, the index version it walks (as the first page saw it), the last hit it gave."""

    fingerprint: str
    version: str
    key: SortKey


def write_cursor(cursor: Cursor) -> str:
    """Safe in an address."""
    key = cursor.key
    distance = None if math.isinf(key.distance) else key.distance
    facts = [cursor.fingerprint, cursor.version, key.stage, key.rank, distance, key.start, key.id]
    return base64.urlsafe_b64encode(orjson.dumps(facts)).decode().rstrip("=")


def read_cursor(text: str, fingerprint: str) -> Cursor:
    """QueryError for anything that we did not write, or wrote for another search."""
    try:
        facts = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        own, version, stage, rank, distance, start, last = facts
        key = SortKey(int(stage), int(rank), math.inf if distance is None else float(distance), int(start), str(last))
    except (binascii.Error, ValueError, TypeError, OverflowError) as error:
        raise QueryError("curseur", _REFUSED) from error
    if not isinstance(version, str) or _VERSION.fullmatch(version) is None:
        raise QueryError("curseur", _REFUSED)
    if own != fingerprint:
        raise QueryError("curseur", "Ce curseur vient d'une autre recherche : gardez les mêmes critères.")
    return Cursor(str(own), version, key)
