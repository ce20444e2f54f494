"""What the processes that share a cluster tell each other: who builds, and where what a search saw is still kept."""

import os
import socket
import time
from typing import Any
from uuid import uuid4

from indexer.engines.elasticsearch.client import WRITE_S, Cluster, ConflictError, MissingError, RefusedError
from indexer.errors import BusyError

LEASE_S = 300.0
"""A builder that said nothing for so long is dead: a batch of 512 offers is encoded in two minutes at worst."""

_BUILD = "construction"
_BUSY = "Une construction de l'index est déjà en cours. Attendez qu'elle finisse."
_MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "holder": {"type": "keyword", "index": False},
        "host": {"type": "keyword", "index": False},
        "process": {"type": "long", "index": False},
        "beat": {"type": "double", "index": False},
        "pit": {"type": "keyword", "index": False, "doc_values": False},
    },
}


class Ledger:
    """A small index of its own."""

    def __init__(self, cluster: Cluster, prefix: str) -> None:
        self._cluster, self._index = cluster, f"{prefix}-etat"
        self._holder = uuid4().hex

    def take_build(self, *, busy: bool) -> None:
        """BusyError while somebody builds, ourselves included (`busy`); a builder that died is replaced."""
        if busy:
            raise BusyError(_BUSY)
        self._ensure()
        entry = self._entry()
        try:
            self._cluster.call(lambda c: c.create(index=self._index, id=_BUILD, document=entry), timeout=WRITE_S)
        except ConflictError:
            self._take_over(entry)

    def beat(self) -> None:
        """Says that the builder lives."""
        entry = self._entry()
        self._cluster.call(lambda c: c.index(index=self._index, id=_BUILD, document=entry), timeout=WRITE_S)

    def release(self) -> None:
        """Nothing where somebody else holds it."""
        held = self._get(_BUILD)
        if held is not None and held["_source"]["holder"] == self._holder:
            self._cluster.call(lambda c: c.options(ignore_status=404).delete(index=self._index, id=_BUILD))

    def keep(self, snapshot: str, pit: str) -> None:
        """Tells where what a search saw can be read."""
        self._ensure()
        entry = {"pit": pit}
        self._cluster.call(lambda c: c.index(index=self._index, id=snapshot, document=entry), timeout=WRITE_S)

    def find(self, snapshot: str) -> str | None:
        """The point in time of a snapshot, if it was kept."""
        held = self._get(snapshot)
        return None if held is None else str(held["_source"]["pit"])

    def remove(self) -> None:
        """Forgets all that was told."""
        self._cluster.call(lambda c: c.indices.delete(index=self._index, ignore_unavailable=True), timeout=WRITE_S)

    def _take_over(self, entry: dict[str, Any]) -> None:
        held = self._get(_BUILD)
        if held is None or not (self._is_ours(held["_source"]) or _is_dead(held["_source"])):
            raise BusyError(_BUSY)
        place = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
        try:
            self._cluster.call(lambda c: c.index(index=self._index, id=_BUILD, document=entry, **place))
        except ConflictError as error:
            raise BusyError(_BUSY) from error

    def _is_ours(self, entry: dict[str, Any]) -> bool:
        """Left by a build of ours that ended while the cluster was away: it could not be given back then."""
        return bool(entry["holder"] == self._holder)

    def _entry(self) -> dict[str, Any]:
        return {"holder": self._holder, "host": socket.gethostname(), "process": os.getpid(), "beat": time.time()}

    def _get(self, key: str) -> Any:
        try:
            return self._cluster.call(lambda c: c.get(index=self._index, id=key))
        except MissingError:
            return None

    def _ensure(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
        if self._cluster.call(lambda c: c.indices.exists(index=self._index), timeout=WRITE_S):
            return
        try:
            self._cluster.call(
                lambda c: c.indices.create(index=self._index, settings=settings, mappings=_MAPPING), timeout=WRITE_S
            )
        except RefusedError as error:
            if "resource_already_exists" not in str(error):
                raise


def _is_dead(entry: dict[str, Any]) -> bool:
    """Its last word is too old, or its process is gone from this machine."""
    if time.time() - entry["beat"] > LEASE_S:
        return True
    if entry["host"] != socket.gethostname():
        return False
    try:
        os.kill(entry["process"], 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
