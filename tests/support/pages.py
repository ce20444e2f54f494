"""A small application with the pages and their suggestions, on a real catalogue and the real embedded engine.

No network, no model.

`PagesWorld` is filled with records of `tests.support.small_feeds` form, indexed with a quick encoder.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from indexer.catalogue import Catalogue, open_catalogue
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.embedded import EmbeddedEngine
from indexer.geocode.communes import load_communes
from indexer.labour.service import Labour
from indexer.language.needs import NeedReader
from indexer.late import Late
from indexer.matching.build import build_matcher, open_around
from indexer.matching.matcher import Matcher
from indexer.metiers.service import Jobs
from indexer.publish.live import Shared
from indexer.rebuild import Indexing, reindex
from indexer.schema import Kind
from indexer.search import OfferSearch, build_offer_search
from indexer.search.dead_links import DeadLinks
from indexer.search.structure_names import StructureNames
from indexer.search.suggest import Suggester
from indexer.settings import Settings
from indexer.workspace import Workspace, open_workspace
from search_api.metrics import Metrics
from search_api.routers import suggest
from search_api.source_list import SourceList
from tests.support.catalogues import lay_tables
from tests.support.counting_encoder import CountingEncoder
from tests.support.small_feeds import bring
from ui.routes import Pages, build_pages, mount
from ui.site import Site, demonstration_site

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TODAY = date(2026, 3, 2)
KEY = "une clé de test qui a trente-deux caractères au moins"
RENT = "logement-hebergement--reduire-les-impayes-de-loyer"
BELFORT = {"commune": "Belfort", "code_postal": "90000", "code_insee": "90010"}

Records = Iterable[tuple[Kind, dict[str, Any]]]


@dataclass(frozen=True)
class Services:
    """The part of the application's state that pages use."""

    catalogue: Catalogue
    settings: Settings
    search: OfferSearch
    matcher: Matcher
    sources: SourceList
    suggest: Suggester
    metiers: Jobs
    labour: Labour
    late_workspace: Late[Workspace]

    @property
    def workspace(self) -> Workspace:
        return self.late_workspace.get()


@cache
def demonstration_pages() -> Pages:
    """The pages of the demonstration's site, built once a run: they remember nothing of what they served."""
    return build_pages(demonstration_site())


class PagesWorld:
    """A catalogue, its index and the application that shows them, in a folder."""

    def __init__(
        self,
        folder: Path,
        needs: NeedReader | None = None,
        site: Site | None = None,
        settings: Settings | None = None,
        clock: Callable[[], datetime] = lambda: NOW,
    ) -> None:
        """`settings` may name another database than the SQLite one of the folder; its data folder is `folder`."""
        encoder = CountingEncoder()
        settings = settings or Settings(data_dir=folder, secret_key=SecretStr(KEY))
        self.clock = clock
        self.catalogue = open_catalogue(lay_tables(settings.catalogue_url))
        self._engine = EmbeddedEngine(folder / "index", dimensions=encoder.dimensions)
        self._indexing = Indexing(self.catalogue, self._engine, encoder, VectorCache(folder / "vectors.sqlite"), TODAY)
        search = build_offer_search(self._engine, encoder, clock, needs, dead_links=DeadLinks(self.catalogue))
        around = open_around(settings, encoder)
        self.app = FastAPI()
        self.app.state.services = Services(
            self.catalogue,
            settings,
            search,
            build_matcher(search, self._engine, encoder, around),
            SourceList(self.catalogue),
            Suggester(load_communes(), StructureNames(self.catalogue)),
            around.metiers,
            around.labour,
            Late(lambda: self._open_workspace(settings, encoder)),
        )
        self.app.state.metrics = Metrics()
        self.app.include_router(suggest.router)
        mount(self.app, demonstration_pages() if site is None else build_pages(site))

    def _open_workspace(self, settings: Settings, encoder: CountingEncoder) -> Workspace:
        """What is published there goes to the index of these pages."""
        workspace = open_workspace(self.catalogue, settings, self.clock)
        workspace.publications.parts.live.share(Shared(self._engine, encoder, None))
        return workspace

    def bring(self, records: Records, **options: Any) -> None:
        """Imports records as one flux, without indexing them."""
        bring(self.catalogue, records, **({"now": NOW} | options))

    def index(self) -> None:
        reindex(self._indexing, accept_loss=True)


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """A real server on a free port of loopback; gives its address, and stops it at the end."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port_of(server, thread)}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def _port_of(server: uvicorn.Server, thread: threading.Thread) -> int:
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("The server did not start.")
        time.sleep(0.01)
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port
