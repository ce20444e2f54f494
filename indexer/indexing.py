"""What a command works with: the catalogue, the engine, the encoder, opened from the settings and closed together."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from indexer.catalogue import open_catalogue
from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.factory import build_engine
from indexer.language.needs import build_digest, load_need_reader
from indexer.predictions import ThemePredictor
from indexer.rebuild import Indexing
from indexer.search.service import now_in_france
from indexer.settings import Settings


@contextmanager
def open_indexing(settings: Settings) -> Iterator[Indexing]:
    """Everything that building documents needs."""
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        encoder = load_encoder(settings)
        engine = build_engine(settings, encoder.dimensions)
        with VectorCache(settings.vector_cache_path) as cache:
            predictor = build_predictor(settings, encoder, cache)
            yield Indexing(catalogue, engine, encoder, cache, now_in_france().date(), predictor)
    finally:
        catalogue.close()


def build_predictor(settings: Settings, encoder: Encoder, cache: VectorCache) -> ThemePredictor:
    """Deduces thématiques with the reader of needs, read when the first offer is silent."""
    load = partial(load_need_reader, encoder, settings.encoder_dir)
    return ThemePredictor(load, partial(build_digest, encoder.name), cache)
