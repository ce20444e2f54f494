"""A whole world in a temporary folder: catalogue, engine, a quick encoder, and the search over them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from indexer.catalogue import Catalogue, open_catalogue
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.embedded import EmbeddedEngine
from indexer.rebuild import Indexing, reindex
from indexer.schema import Kind
from indexer.search import OfferSearch, build_offer_search
from tests.support.catalogues import lay_tables
from tests.support.counting_encoder import CountingEncoder
from tests.support.small_feeds import NOON, bring

TODAY = NOON.date()
BELFORT = {"commune": "Belfort", "code_postal": "90000", "code_insee": "90010", "latitude": 47.638, "longitude": 6.863}


@contextmanager
def open_world(folder: Path, today: date = TODAY) -> Iterator[Indexing]:
    """Nothing imported, nothing indexed."""
    catalogue: Catalogue = open_catalogue(lay_tables(f"sqlite:///{folder / 'catalogue.sqlite'}"))
    encoder = CountingEncoder()
    engine = EmbeddedEngine(folder / "index", dimensions=encoder.dimensions, now=lambda: NOON)
    with VectorCache(folder / "vectors.sqlite") as cache:
        yield Indexing(catalogue, engine, encoder, cache, today)
    catalogue.close()


def fill(work: Indexing, records: Iterable[tuple[Kind, dict[str, Any]]], flux: str = "a") -> None:
    """Imports records as one flux, and builds the index."""
    bring(work.catalogue, records, flux)
    reindex(work)


def search_over(work: Indexing) -> OfferSearch:
    return build_offer_search(work.engine, work.encoder, lambda: NOON)
