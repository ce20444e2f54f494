"""What the routes work with, opened once in a process and shared by its threads."""

import gc
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from fastapi import Request
from structlog.typing import FilteringBoundLogger

from indexer.catalogue import Catalogue, open_catalogue
from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.engines.base import SearchEngine
from indexer.engines.factory import build_engine
from indexer.errors import MaillageError
from indexer.geocode.communes import load_communes
from indexer.labour.service import Labour
from indexer.language.needs import LexiconReader, NeedReader, load_need_reader
from indexer.late import Late, importing
from indexer.matching.build import build_matcher, open_around
from indexer.matching.matcher import Matcher
from indexer.metiers.service import Jobs
from indexer.search import OfferSearch, SearchRequest, build_offer_search
from indexer.search.dead_links import DeadLinks
from indexer.search.service import Clock, now_in_france
from indexer.search.structure_names import StructureNames
from indexer.search.suggest import Suggester
from indexer.settings import Settings
from indexer.understanding.understander import load_rules
from search_api.source_list import SourceList

if TYPE_CHECKING:
    from indexer.workspace import Workspace

_FIRST = (
    SearchRequest(code_commune="59350", facettes=("thematiques", "publics")),
    SearchRequest(lat=50.63, lon=3.07),
)
"""Searches that touch every column of an index, by both kinds of place."""

_THEN = (
    SearchRequest(q="aide pour payer mon loyer", code_commune="59350"),
    SearchRequest(q="payer mon permis", lat=50.63, lon=3.07),
)
"""By words and meaning: they read our lexicons, once, in 0.3 s."""


@dataclass(frozen=True)
class Services:
    """`warm` is set once the first searches are done: before, answers would be slow."""

    settings: Settings
    catalogue: Catalogue
    engine: SearchEngine
    encoder: Encoder
    search: OfferSearch
    suggest: Suggester
    metiers: Jobs
    labour: Labour
    matcher: Matcher
    sources: SourceList
    clock: Clock
    late_workspace: "Late[Workspace]"
    warm: threading.Event = field(default_factory=threading.Event)

    @property
    def workspace(self) -> "Workspace":
        """Opened at its first use. WorkspaceError when its key is absent or wrong: the public pages do without it."""
        return self.late_workspace.get()

    def close(self) -> None:
        self.catalogue.close()


def open_services(
    settings: Settings,
    *,
    encoder: Callable[[], Encoder] | None = None,
    clock: Clock | None = None,
    needs: NeedReader | None = None,
    names: StructureNames | None = None,
) -> Services:
    """Opens catalogue, index and encoder. An index that is not built yet is no error; a catalogue out of reach is.

    What is given stands for what the settings say.
    """
    with ThreadPoolExecutor(1) as pool:  # the tables are read while the encoder is: half a second less to wait
        tables = pool.submit(_read_tables)
        chosen = load_encoder(settings, threads=1) if encoder is None else encoder()
    tables.result()
    engine = build_engine(settings, chosen.dimensions)
    catalogue = open_catalogue(settings.catalogue_url)
    around = open_around(settings, chosen)
    needs = needs or load_need_reader(chosen, settings.encoder_dir)
    dead_links = DeadLinks(catalogue)
    search = build_offer_search(engine, chosen, clock, needs, around.metiers.reader, dead_links, settings.stale_days)
    return Services(
        settings=settings,
        catalogue=catalogue,
        engine=engine,
        encoder=chosen,
        search=search,
        suggest=Suggester(load_communes(), names or StructureNames(catalogue)),
        metiers=around.metiers,
        labour=around.labour,
        matcher=build_matcher(search, engine, chosen, around),
        sources=SourceList(catalogue),
        clock=clock or now_in_france,
        late_workspace=Late(
            partial(_open_workspace, catalogue, settings, clock or now_in_france, engine, chosen, needs)
        ),
    )


def _open_workspace(
    catalogue: Catalogue, settings: Settings, clock: Clock, engine: SearchEngine, encoder: Encoder, needs: NeedReader
) -> "Workspace":
    """What is published goes to the index of this process, encoded by its encoder."""
    with importing():  # 0.3 s that no search waits for
        from indexer.publish.live import Shared
        from indexer.workspace import open_workspace

    workspace = open_workspace(catalogue, settings, clock)
    workspace.publications.parts.live.share(
        Shared(engine, encoder, needs if isinstance(needs, LexiconReader) else None)
    )
    return workspace


def _read_tables() -> None:
    load_communes()
    load_rules()


def warm_up(services: Services, log: FilteringBoundLogger, pages: Callable[[], object] = lambda: None) -> None:
    """Makes what a search makes at its first use, then, behind the first answers, what words and rarer questions need.

    `pages` makes those that are not made yet.

    A search by words that comes in that third of a second waits for its end. What fails is logged, and does not stop
    the start.
    """
    with _failures_logged(log):
        _search_all(services, _FIRST)
    if not gc.isenabled():  # as `maillage serve` starts
        gc.freeze()
        gc.enable()
    services.warm.set()
    threading.Thread(target=_warm_rest, args=(services, log, pages), name="mise en route", daemon=True).start()


def _warm_rest(services: Services, log: FilteringBoundLogger, pages: Callable[[], object]) -> None:
    with _failures_logged(log):
        _search_all(services, _THEN)
        services.suggest.suggest("a")
        services.search.understander.warm_up()
        services.metiers.warm_up()
        services.matcher.warm_up()
    with _failures_logged(log):  # last, as it makes no search faster; a key that is wrong is said here
        _ = services.workspace
    pages()


def _search_all(services: Services, requests: Iterable[SearchRequest]) -> None:
    if services.engine.health().ready:
        for request in requests:
            services.search.search(request)


@contextmanager
def _failures_logged(log: FilteringBoundLogger) -> Iterator[None]:
    try:
        yield
    except MaillageError as error:
        log.warning("mise en route incomplète", erreur=type(error).__name__, message=str(error))


def services_of(request: Request) -> Services:
    """The services of the application that a request is for."""
    services: Services = request.app.state.services
    return services
