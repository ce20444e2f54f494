"""The sources of the catalogue, read at most once in a while: counting them walks all its records."""

import threading
import time
from collections.abc import Callable

from indexer.catalogue import Catalogue
from indexer.catalogue.stored import SourceSummary

KEPT_SECONDS = 30.0


class SourceList:
    """Shared by all threads of a process."""

    def __init__(self, catalogue: Catalogue, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._catalogue, self._monotonic = catalogue, monotonic
        self._lock = threading.Lock()
        self._read: tuple[float, list[SourceSummary]] | None = None

    def get(self) -> list[SourceSummary]:
        """One line a producer and flux, at most 30 seconds old. CatalogueError."""
        with self._lock:
            now = self._monotonic()
            if self._read is None or now - self._read[0] > KEPT_SECONDS:
                self._read = (now, self._catalogue.sources())
            return self._read[1]
