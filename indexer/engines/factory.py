"""Which engine the settings ask for."""

from indexer.engines.base import SearchEngine
from indexer.engines.embedded import EmbeddedEngine
from indexer.settings import Settings


def build_engine(settings: Settings, dimensions: int = 384) -> SearchEngine:
    """The engine of a process; nothing is opened yet."""
    return EmbeddedEngine(settings.index_dir, dimensions)
