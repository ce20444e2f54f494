"""What the routes work with, opened once in a process and shared by its threads."""

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from fastapi import Request
from structlog.typing import FilteringBoundLogger

from indexer.catalogue import Catalogue, open_catalogue
from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.engines.base import SearchEngine
from indexer.engines.factory import build_engine
from indexer.errors import MaillageError
from indexer.geocode.communes import load_communes
from indexer.labour.service import Labour
from indexer.language.needs import NeedReader, load_need_reader
from indexer.matching.build import build_matcher
from indexer.matching.jobs import JobMatcher
from indexer.matching.matcher import Matcher
from indexer.metiers.service import Jobs
from indexer.search import OfferSearch, SearchRequest, build_offer_search
from indexer.search.service import Clock, now_in_france
from indexer.search.structure_names import StructureNames
from indexer.search.suggest import Suggester
from indexer.settings import Settings
from indexer.understanding.understander import load_rules
from search_api.source_list import SourceList

_WARMING = (
    SearchRequest(q="aide pour payer mon loyer", code_commune="59350", facettes=("thematiques", "publics")),
    SearchRequest(q="payer mon permis", lat=50.63, lon=3.07),
    SearchRequest(code_commune="97411"),
)
"""Searches that touch every part of an index: words, meaning, facets, both kinds of place."""


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
    warm: threading.Event = field(default_factory=threading.Event)

    def close(self) -> None:
        self.catalogue.close()


def open_services(
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    clock: Clock | None = None,
    needs: NeedReader | None = None,
    names: StructureNames | None = None,
) -> Services:
    """Opens catalogue, index and encoder. An index that is not built yet is no error; a catalogue out of reach is.

    What is given stands for what the settings say.
    """
    with ThreadPoolExecutor(1) as pool:  # the gazetteer is read while the encoder is: half a second less to wait
        communes = pool.submit(load_communes)
        pool.submit(load_rules)
        chosen = load_encoder(settings, threads=1) if encoder is None else encoder
    communes.result()
    engine = build_engine(settings, chosen.dimensions)
    catalogue = open_catalogue(settings.catalogue_url)
    metiers = Jobs(chosen, settings.loaded_reference_dir)
    labour = Labour(settings.loaded_reference_dir)
    needs = needs or load_need_reader(chosen, settings.encoder_dir)
    search = build_offer_search(engine, chosen, clock, needs, metiers.reader)
    return Services(
        settings=settings,
        catalogue=catalogue,
        engine=engine,
        encoder=chosen,
        search=search,
        suggest=Suggester(load_communes(), names or StructureNames(catalogue)),
        metiers=metiers,
        labour=labour,
        matcher=build_matcher(search, engine, chosen, metiers, JobMatcher(labour, metiers)),
        sources=SourceList(catalogue),
        clock=clock or now_in_france,
    )


def warm_up(services: Services, log: FilteringBoundLogger) -> None:
    """Makes what a search makes at its first use, then, behind the first answers, what rarer ones need.

    What fails is logged, and does not stop the start.
    """
    with _failures_logged(log):
        if services.engine.health().ready:
            for request in _WARMING:
                services.search.search(request)
    if not gc.isenabled():  # as `maillage serve` starts
        gc.freeze()
        gc.enable()
    services.warm.set()
    threading.Thread(target=_warm_suggestions, args=(services, log), name="suggestions", daemon=True).start()


def _warm_suggestions(services: Services, log: FilteringBoundLogger) -> None:
    with _failures_logged(log):
        services.suggest.suggest("a")
        services.search.understander.warm_up()
        services.metiers.warm_up()
        services.matcher.warm_up()


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
