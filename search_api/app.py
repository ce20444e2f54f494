"""The application: routes, middleware, and the services that they share."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from importlib.metadata import version

from anyio import to_thread
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from structlog.typing import FilteringBoundLogger

from indexer.embeddings.encoder import Encoder
from indexer.settings import Settings, load_settings
from search_api import docs_page
from search_api.client_address import parse_networks
from search_api.cors import ReadingFromAnywhere
from search_api.errors import install_error_handlers
from search_api.head import HeadAsGet
from search_api.limits import RateLimit
from search_api.logs import build_log
from search_api.metrics import Metrics
from search_api.observe import Observe
from search_api.openapi import DESCRIPTION, build_openapi
from search_api.posting import posting
from search_api.routers import (
    doc,
    immersions,
    match,
    metiers,
    offers,
    profiles,
    publications,
    sources,
    state,
    structures,
    suggest,
    tensions,
    understand,
)
from search_api.services import Services, open_services, warm_up

_GZIP_LEVEL = 4  # measured on pages of 20 offers: see docs/api.md
_GZIP_FROM_BYTES = 1024


def create_app(
    settings: Settings | None = None,
    services: Services | None = None,
    log: FilteringBoundLogger | None = None,
    encoder: Callable[[], Encoder] | None = None,
    pages: Callable[[], object] = lambda: None,
) -> FastAPI:
    """The API. Given `services` are used as they are; otherwise they are opened at the start and closed at the end.

    `encoder` gives the one of the settings where it is being read already; `pages` makes, behind the first answers,
    those that no search waits for.
    `app.state.services` holds them. SettingError for a wrong setting; CatalogueError and EncoderError at the start.
    """
    settings = settings or (load_settings() if services is None else services.settings)
    log = log or build_log(settings.log_level)

    app = FastAPI(
        title="Maillage",
        version=version("maillage"),
        description=DESCRIPTION.strip(),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # an identifier may end with a slash
        lifespan=_lifespan(settings, services, log, encoder, pages),
    )
    app.state.metrics = Metrics()
    app.state.problem_page = None
    if services is not None:
        _share(app, services)
    app.openapi = partial(build_openapi, app)  # type: ignore[method-assign]
    for module in (
        offers,
        understand,
        immersions,
        match,
        profiles,
        publications,
        structures,
        suggest,
        metiers,
        tensions,
        sources,
        doc,
        state,
        docs_page,
    ):
        app.include_router(module.router)
    install_error_handlers(app, log)
    _add_middleware(app, settings, log)
    return app


def _add_middleware(app: FastAPI, settings: Settings, log: FilteringBoundLogger) -> None:
    """The last added is the outermost."""
    app.add_middleware(GZipMiddleware, minimum_size=_GZIP_FROM_BYTES, compresslevel=_GZIP_LEVEL)
    if settings.rate_limit != "off":
        app.add_middleware(RateLimit, limit=settings.rate_limit, trusted=parse_networks(settings.trusted_proxies))
    app.add_middleware(ReadingFromAnywhere)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Observe, log=log, metrics=app.state.metrics)


def _share(app: FastAPI, services: Services) -> None:
    app.state.services = services
    app.state.metrics.watch(services)


def _lifespan(
    settings: Settings,
    given: Services | None,
    log: FilteringBoundLogger,
    encoder: Callable[[], Encoder] | None,
    pages: Callable[[], object],
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if given is not None:
            yield
            return
        services = await to_thread.run_sync(partial(open_services, settings, encoder=encoder))
        _share(app, services)
        await to_thread.run_sync(warm_up, services, log, pages)
        delivery = None if settings.smtp_url is None else lambda: services.workspace.delivery
        try:
            with posting(delivery, log):
                yield
        finally:
            services.close()

    return lifespan
