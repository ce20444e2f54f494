"""Live changes: a batch becomes visible at once, and what searches saw before it is kept for those who walk a list."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.engines.base import Document
from indexer.engines.elasticsearch import bulk
from indexer.engines.elasticsearch.client import WRITE_S, Cluster, MissingError
from indexer.engines.elasticsearch.ledger import Ledger
from indexer.engines.elasticsearch.reader import Reader, open_pit
from indexer.engines.elasticsearch.requests import state_body
from indexer.engines.elasticsearch.versions import Versions
from indexer.engines.elasticsearch.vocabulary import build_frequencies
from indexer.engines.elasticsearch.writing import (
    STATE,
    build_action,
    build_removal,
    build_source,
    count_terms,
    key_of,
)
from indexer.engines.shared import snapshot_name


@dataclass(frozen=True, slots=True)
class State:
    """What a version has taken since its build: `changes` batches, `written` documents; `documents` that it holds."""

    version: str
    changes: int
    written: int
    documents: int


def read_state(reader: Reader, versions: Versions) -> State:
    """MissingError for a version that is not finished."""
    held = reader.search(state_body())["aggregations"]
    etat = held["etat"]
    if not etat["index"]["buckets"]:
        raise MissingError("Cette version de l'index n'est pas finie.")
    index = etat["index"]["buckets"][0]["key"]
    changes, written = int(etat["changes"]["value"]), int(etat["written"]["value"])
    return State(versions.name_of(index), changes, written, held["offres"]["doc_count"])


class LiveChanges:
    """Writes to the live version. One writer at a time: `indexer.rebuild` holds a lease of the catalogue."""

    def __init__(self, cluster: Cluster, versions: Versions, ledger: Ledger) -> None:
        self._cluster, self._versions, self._ledger = cluster, versions, ledger
        self._lock = threading.Lock()

    def write(self, documents: Sequence[Document]) -> int:
        """Adds or replaces; nothing is written when one of them does not fit."""
        for document in documents:
            self._versions.check(document)
        actions = [build_action(key_of(document.id), build_source(document)) for document in documents]
        self._apply(actions, documents)
        return len(documents)

    def remove(self, ids: Sequence[str]) -> int:
        self._apply([build_removal(key_of(i)) for i in ids], ())
        return len(ids)

    def _apply(self, actions: Sequence[bytes], documents: Sequence[Document]) -> None:
        """Nothing shows before the refresh at the end: the index refreshes itself never."""
        with self._lock:
            index = self._versions.index(self._versions.live().name)
            state = read_state(Reader(self._cluster, index), self._versions)
            before = snapshot_name(state.version, state.changes)
            self._ledger.keep(before, open_pit(self._cluster, index))
            changes = state.changes + 1
            told = {"changes": changes, "written": state.written + len(documents)}
            last = [build_frequencies(changes, count_terms(documents)), build_action(STATE, told)]
            bulk.write(self._cluster, index, [*actions, *last])
            self._cluster.call(lambda c: c.indices.refresh(index=index), timeout=WRITE_S)
