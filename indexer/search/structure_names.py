"""The names of the catalogue's structures, kept in memory for those who type, and followed as the catalogue changes."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence

from indexer.catalogue.store import Catalogue
from indexer.catalogue.stored import StructureName
from indexer.errors import MaillageError
from indexer.search.word_index import WordIndex

CHECK_SECONDS = 5.0
"""How long a change may go unseen: asking the catalogue takes 0.3 ms, too much for each keystroke."""

_log = logging.getLogger(__name__)


class NameTable:
    """Structures found by the words of their names; of those found alike, the ones with the most offers first."""

    def __init__(self, names: Iterable[StructureName]) -> None:
        self._names = sorted(names, key=lambda n: (-n.offers, n.nom.lower(), n.id))
        self._words = WordIndex(name.nom for name in self._names)

    def find(self, typed: Sequence[str], size: int) -> list[StructureName]:
        """At most `size` structures that hold all the folded words typed."""
        return [self._names[row] for row in self._words.find(typed, size)]


def start_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="structure-names", daemon=True).start()


class StructureNames:
    """Loaded at the first call. Later changes are read in the background: no answer waits for them."""

    def __init__(
        self,
        catalogue: Catalogue,
        monotonic: Callable[[], float] = time.monotonic,
        run: Callable[[Callable[[], None]], None] = start_thread,
    ) -> None:
        """`run` runs the reading of changes; by default in a thread of its own."""
        self._catalogue, self._monotonic, self._run = catalogue, monotonic, run
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._loaded: tuple[int, NameTable] | None = None
        self._checked = 0.0

    def find(self, typed: Sequence[str], size: int) -> list[StructureName]:
        """At most `size` structures that hold all the folded words typed, best first. CatalogueError at first."""
        with self._lock:
            if self._loaded is None:
                self._checked = self._monotonic()
                self._loaded = self._load()
            due = self._monotonic() - self._checked >= CHECK_SECONDS
            if due:
                self._checked = self._monotonic()
        if due:
            self._run(self._refresh)
        return self._loaded[1].find(typed, size)

    def _refresh(self) -> None:
        """Reads again if the catalogue changed; one reading at a time. After an error the names stay as they are."""
        if not self._refreshing.acquire(blocking=False):
            return
        try:
            if self._loaded is None or self._catalogue.latest_revision_id() != self._loaded[0]:
                self._loaded = self._load()
        except MaillageError:
            _log.warning("Les noms des structures n'ont pas pu être relus ; nouvel essai bientôt.", exc_info=True)
        finally:
            self._refreshing.release()

    def _load(self) -> tuple[int, NameTable]:
        """The revision is read first: what changes meanwhile is read at the next check."""
        revision = self._catalogue.latest_revision_id()
        return revision, NameTable(self._catalogue.iter_structure_names())
