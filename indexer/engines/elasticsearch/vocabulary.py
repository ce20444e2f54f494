"""Document frequencies of a version: counted at its build, then batch by batch of live changes."""

import base64
import threading
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from indexer.engines.base import VocabularyStatistics
from indexer.engines.elasticsearch.reader import Reader
from indexer.engines.elasticsearch.requests import among_keys
from indexer.engines.elasticsearch.writing import build_action
from indexer.engines.shared import snapshot_name

_REMEMBERED = 4
_AT_ONCE = 500


def frequencies_key(changes: int) -> str:
    """The id of the counts of one batch of changes; 0 for the build's."""
    return f"words-{changes}"


def build_frequencies(changes: int, counts: Mapping[str, int]) -> bytes:
    """The action that writes them."""
    packed = base64.b64encode(zlib.compress(orjson.dumps(counts), 3)).decode()
    return build_action(frequencies_key(changes), {"frequencies": packed})


@dataclass(frozen=True)
class _Known:
    changes: int
    documents: int
    counts: Counter[str]


class Vocabulary:
    """The statistics of the last few versions asked for, each kept up to date by what was written since.

    An offer that is replaced counts twice, as long as the version lives: frequencies only weigh.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, _Known] = {}

    def peek(self, version: str | None) -> VocabularyStatistics | None:
        """What is known already, of a version or of the last one asked for."""
        with self._lock:
            name = version or next(reversed(self._known), None)
            known = None if name is None else self._known.get(name)
        return None if known is None or name is None else _told(name, known)

    def read(self, reader: Reader, version: str, changes: int, documents: int) -> VocabularyStatistics:
        """The statistics after `changes` batches; `documents` is what the version holds then."""
        with self._lock:
            known = self._known.pop(version, None)
            if known is None or known.changes > changes:
                known = _Known(-1, 0, Counter())
            if known.changes < changes:
                counts = known.counts.copy()
                for first in range(known.changes + 1, changes + 1, _AT_ONCE):
                    _add(reader, counts, range(first, min(first + _AT_ONCE, changes + 1)))
                known = _Known(changes, documents, counts)
            self._known[version] = known
            while len(self._known) > _REMEMBERED:
                del self._known[next(iter(self._known))]
        return _told(version, known)


def _told(version: str, known: _Known) -> VocabularyStatistics:
    snapshot = snapshot_name(version, known.changes)
    return VocabularyStatistics(version, known.documents, known.counts, snapshot)


def _add(reader: Reader, counts: Counter[str], batches: range) -> None:
    keys = [frequencies_key(changes) for changes in batches]
    body = {"query": among_keys(keys), "size": len(keys), "stored_fields": ["frequencies"]}
    for hit in reader.hits(body):
        counts.update(orjson.loads(zlib.decompress(base64.b64decode(hit["fields"]["frequencies"][0]))))
