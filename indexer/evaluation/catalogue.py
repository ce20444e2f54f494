"""A catalogue of its own for a measure: imported, indexed and thrown away, on a day that never changes."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from indexer.catalogue import open_catalogue
from indexer.embeddings.encoder import load_encoder
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.factory import open_passing_engine
from indexer.evaluation.families import Families, build_families
from indexer.evaluation.views import View, ViewedEngine
from indexer.indexing import build_predictor
from indexer.language.needs import load_need_reader
from indexer.metiers.service import Jobs
from indexer.rebuild import Indexing, reindex
from indexer.search import OfferSearch, build_offer_search
from indexer.settings import Settings

JUDGED_ON: Final = datetime(2026, 5, 4, 12, tzinfo=UTC)
"""The day on which sessions are coming or gone, so that a figure does not change with the calendar."""

_NOTHING_LOADED: Final = Path("nulle-part")


@contextmanager
def open_judged_catalogue(settings: Settings, fill: Callable[[Indexing], None]) -> Iterator[Indexing]:
    """Encoder and cached vectors are those of the settings; catalogue and index are in a temporary folder."""
    encoder = load_encoder(settings)
    with tempfile.TemporaryDirectory(prefix="maillage-mesure-") as folder, VectorCache(_cache(settings)) as cache:
        own = settings.model_copy(update={"data_dir": Path(folder), "database_url": None})
        catalogue = open_catalogue(f"sqlite:///{Path(folder) / 'catalogue.sqlite'}")
        try:
            predictor = build_predictor(settings, encoder, cache)
            with open_passing_engine(own, encoder.dimensions) as engine:
                work = Indexing(catalogue, engine, encoder, cache, JUDGED_ON.date(), predictor)
                fill(work)
                reindex(work)
                yield work
        finally:
            catalogue.close()


def families_of(work: Indexing) -> Families:
    """Of the offers that are published."""
    return build_families(stored.offer for stored in work.catalogue.iter_offers_for_index())


def build_search(work: Indexing, settings: Settings, view: View = "complete") -> OfferSearch:
    """The whole search as it is served, or one with less. Job titles that a machine has loaded are left out."""
    needs = load_need_reader(work.encoder, settings.encoder_dir)
    jobs = Jobs(work.encoder, _NOTHING_LOADED).reader
    return build_offer_search(ViewedEngine(work.engine, view), work.encoder, lambda: JUDGED_ON, needs, jobs)


def _cache(settings: Settings) -> Path:
    """Beside the model that made them; those of the live catalogue must not grow with a measure."""
    return settings.encoder_dir / "evaluation.sqlite"
