"""What is published goes live at once: in the index of every process, without a rebuild."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

import structlog

from indexer.catalogue import Catalogue
from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.base import SearchEngine
from indexer.engines.factory import build_engine
from indexer.errors import BusyError, CatalogueError, EncoderError, EngineError
from indexer.language.needs import build_digest, load_need_reader
from indexer.predictions import ThemePredictor, ThemeReader
from indexer.rebuild import Indexing, follow, write_now
from indexer.settings import Settings

MOST_AT_ONCE: Final = 20
"""Late offers that a publication brings along: more would keep a person waiting (encoding one takes 30 ms)."""

WAIT_S: Final = 0.3
"""For another follower; then the publication is written by itself."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Shared:
    """What the process has open already. `themes` reads the needs that a text answers; None: they are not deduced."""

    engine: SearchEngine
    encoder: Encoder
    themes: ThemeReader | None


class LiveIndex:
    """Shared by all threads. Opens engine and encoder from the settings unless the process shares its own."""

    def __init__(self, settings: Settings, catalogue: Catalogue, today: Callable[[], date]) -> None:
        self._settings, self._catalogue, self._today = settings, catalogue, today
        self._shared: Shared | None = None
        self._lock = threading.Lock()

    def share(self, shared: Shared) -> None:
        self._shared = shared

    def show(self, offer_ids: Sequence[str]) -> bool:
        """Brings these offers to the live index as the catalogue has them. False, and logged, when that fails: the
        catalogue is the truth, and the next `follow` will do it.
        """
        try:
            with self._lock, self._indexing() as work:
                if not self._follow(work):
                    write_now(work, offer_ids)
        except (EngineError, EncoderError, CatalogueError) as error:
            _log.warning("publication_pas_encore_indexee", erreur=type(error).__name__)
            return False
        return True

    def catch_up(self) -> int:
        """Follows the catalogue whole; returns how many offers were written or removed."""
        with self._indexing() as work:
            done = follow(work)
        return done.written + done.removed

    def _follow(self, work: Indexing) -> bool:
        """Whether the index now holds all that the catalogue does."""
        try:
            return follow(work, MOST_AT_ONCE, WAIT_S).left == 0 and work.engine.health().version is not None
        except BusyError:
            # Who holds the lease may have read the catalogue before us, and write what it read: it is put right behind.
            threading.Thread(target=self._put_right, name="publications", daemon=True).start()
            return False

    def _put_right(self) -> None:
        try:
            self.catch_up()
        except (BusyError, EngineError, EncoderError, CatalogueError) as error:
            _log.warning("index_en_retard", erreur=type(error).__name__)

    @contextmanager
    def _indexing(self) -> Iterator[Indexing]:
        with ExitStack() as stack:
            shared = self._shared or self._open()
            cache = stack.enter_context(VectorCache(self._settings.vector_cache_path))
            predictor = _build_predictor(shared, cache)
            yield Indexing(self._catalogue, shared.engine, shared.encoder, cache, self._today(), predictor)

    def _open(self) -> Shared:
        """For a command: kept, so that the next publication finds it open."""
        encoder = load_encoder(self._settings)
        engine = build_engine(self._settings, encoder.dimensions)
        self._shared = Shared(engine, encoder, load_need_reader(encoder, self._settings.encoder_dir))
        return self._shared


def _build_predictor(shared: Shared, cache: VectorCache) -> ThemePredictor | None:
    themes = shared.themes
    if themes is None:
        return None
    return ThemePredictor(lambda: themes, partial(build_digest, shared.encoder.name), cache)
