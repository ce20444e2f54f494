"""The grounds that are kept from one search to the next."""

import threading
from collections.abc import Collection, Hashable, Mapping
from types import MappingProxyType

from indexer.engines.base import SearchQuery
from indexer.engines.embedded.ground import Ground
from indexer.engines.embedded.segment import Segment

KEPT_ROWS = 2_000_000
"""Rows of all grounds that are kept: 25 bytes each, and one for each filter remembered; 50 MB when all are taken."""


class Grounds:
    """The grounds of the places asked for lately: one asks around a place, then refines, turns a page, comes back.

    Shared between threads. Two that ask for the same ground at once may both make it.
    """

    def __init__(self, kept: Mapping[Hashable, Ground] = MappingProxyType({})) -> None:
        self._lock = threading.Lock()
        self._kept = dict(kept)

    def of(self, segment: Segment, query: SearchQuery) -> Ground:
        """What a query sees of a segment; what it excludes is not taken away."""
        key = (id(segment), query.place, query.today, query.starts_from, query.starts_until, query.sort == "date")
        with self._lock:
            ground = self._kept.pop(key, None)
            if ground is not None:
                self._kept[key] = ground  # the last used
        return self._keep(key, Ground(segment, query)) if ground is None else ground

    def of_segments(self, segments: Collection[Segment]) -> "Grounds":
        """The grounds kept of some segments, for a store that goes on without the others."""
        numbers = {id(segment) for segment in segments}
        with self._lock:
            return Grounds({key: ground for key, ground in self._kept.items() if id(ground.segment) in numbers})

    def _keep(self, key: Hashable, ground: Ground) -> Ground:
        with self._lock:
            self._kept[key] = ground
            rows = sum(kept.domain.size for kept in self._kept.values())
            while rows > KEPT_ROWS and len(self._kept) > 1:
                rows -= self._kept.pop(next(iter(self._kept))).domain.size
        return ground
