"""The search that saved searches are asked of, where no server holds one: the nightly command."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indexer.search import OfferSearch
    from indexer.workspace import Workspace


def opening_search(workspace: "Workspace") -> "Callable[[], OfferSearch]":
    """Opens the same search as the pages', when it is called."""

    def open_search() -> "OfferSearch":
        from indexer.embeddings.encoder import load_encoder
        from indexer.engines.factory import build_engine
        from indexer.language.needs import load_need_reader
        from indexer.metiers.service import Jobs
        from indexer.search import build_offer_search

        settings = workspace.settings
        encoder = load_encoder(settings)
        engine = build_engine(settings, encoder.dimensions)
        needs = load_need_reader(encoder, settings.encoder_dir)
        jobs = Jobs(encoder, settings.loaded_reference_dir).reader
        return build_offer_search(engine, encoder, needs=needs, jobs=jobs, stale_days=settings.stale_days)

    return open_search
