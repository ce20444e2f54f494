"""The dead links, as every answer needs them: read again now and then, never in the way of a search."""

import threading
import time
from collections.abc import Callable
from typing import Final

import structlog

from indexer.catalogue import Catalogue
from indexer.catalogue.links import read_dead_links
from indexer.errors import CatalogueError

LIFETIME_S: Final = 60.0
_log = structlog.get_logger(__name__)


class DeadLinks:
    """Shared by the threads of a process; at most a minute old."""

    def __init__(self, catalogue: Catalogue, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._catalogue, self._monotonic = catalogue, monotonic
        self._lock = threading.Lock()
        self._urls: frozenset[str] = frozenset()
        self._read_at: float | None = None

    def __call__(self) -> frozenset[str]:
        """What was known before when the catalogue cannot be read: a search does not fail for a reserve."""
        with self._lock:
            now = self._monotonic()
            if self._read_at is None or now - self._read_at >= LIFETIME_S:
                self._read_at = now
                try:
                    self._urls = read_dead_links(self._catalogue.database)
                except CatalogueError as error:
                    _log.warning("dead_links_not_read", reason=str(error))
            return self._urls
