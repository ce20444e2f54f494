"""The page of one source: what its import held, and what is to be mended."""

import threading
import time
from collections.abc import Callable
from typing import Any, Final, cast

from fastapi import HTTPException, Request
from fastapi.responses import Response

from indexer.errors import SettingError
from indexer.late import importing
from ui import urls
from ui.contexts.source_report import build_source_page
from ui.head import Head, holds_real_offers
from ui.rendering import PUBLIC, Renderer
from ui.services import PageServices, services_of

LIFETIME_S: Final = 60.0
"""A report walks the records of its flux: it is made once a minute, however often the page is asked for."""


class SourceReports:
    """The last reports, by flux; only those of the catalogue are ever made. Shared by the threads of a process."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._made: dict[str, tuple[float, dict[str, Any]]] = {}

    def get(self, services: PageServices, flux: str) -> dict[str, Any] | None:
        """None for a flux that the catalogue does not have."""
        known = {source.flux: source.licence for source in services.sources.get()}
        if flux not in known:
            return None
        with self._lock:
            made = self._made.get(flux)
            if made is None or self._monotonic() - made[0] >= LIFETIME_S:
                self._made[flux] = made = (self._monotonic(), _build(services, flux, known[flux]))
            return made[1]


def source_page(renderer: Renderer) -> Callable[[Request, str], Response]:
    def page(request: Request, flux: str) -> Response:
        services = services_of(request)
        values = cast(SourceReports, request.app.state.source_reports).get(services, flux)
        if values is None:
            raise HTTPException(404)
        head = Head(urls.source_report(flux), holds_real_offers(services.sources.get()))
        return renderer.response("source.html", build_source_page(values), PUBLIC, head=head)

    return page


def _build(services: PageServices, flux: str, licence: str | None) -> dict[str, Any]:
    with importing():  # the readers of feeds come with them: a server's start does not wait
        from indexer.sources.keep import SourceFolder
        from indexer.sources.load import load_sources
        from indexer.sources.quality import build_source_report, undeclared_source

    settings = services.settings
    try:
        source = load_sources(settings).sources.get(flux) or undeclared_source(flux, licence)
    except SettingError:  # a folder of sources that is not there: told by « maillage sources », not to the public
        source = undeclared_source(flux, licence)
    state = SourceFolder(settings.sync_dir, flux).read()
    return build_source_report(source, services.catalogue, state, services.catalogue.clock()).as_dict()
