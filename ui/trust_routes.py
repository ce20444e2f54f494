"""Routes of the pages of trust."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from ui import urls
from ui.contexts.trust import ABOUT, ACCESSIBILITY, LEGAL, PRIVACY, PlainPage, build_site_map, build_sources
from ui.head import Head, holds_real_offers
from ui.rendering import PUBLIC, Renderer
from ui.services import services_of
from ui.source_pages import source_page

METHODS: Final = ["GET", "HEAD"]
_PLAIN: Final = (
    (urls.ABOUT, "about.html", ABOUT),
    (urls.ACCESSIBILITY, "accessibility.html", ACCESSIBILITY),
    (urls.PRIVACY, "privacy.html", PRIVACY),
    (urls.LEGAL, "legal.html", LEGAL),
)


def add_trust_pages(router: APIRouter, renderer: Renderer) -> None:
    for path, template, page in _PLAIN:
        _add(router, path, _plain(renderer, path, template, page))
    _add(router, urls.SOURCES, _sources(renderer))
    router.add_api_route(urls.SOURCE_ROUTE, source_page(renderer), methods=METHODS, response_class=HTMLResponse)
    _add(router, urls.SITE_MAP, _site_map(renderer))


def _add(router: APIRouter, path: str, endpoint: Callable[[Request], Response]) -> None:
    router.add_api_route(path, endpoint, methods=METHODS, response_class=HTMLResponse)


def _plain(renderer: Renderer, path: str, template: str, content: PlainPage) -> Callable[[Request], Response]:
    def page(request: Request) -> Response:
        head = Head(path, holds_real_offers(services_of(request).sources.get()))
        return renderer.response(template, content, PUBLIC, head=head)

    return page


def _sources(renderer: Renderer) -> Callable[[Request], Response]:
    def page(request: Request) -> Response:
        sources = services_of(request).sources.get()
        head = Head(urls.SOURCES, holds_real_offers(sources))
        return renderer.response("sources.html", build_sources(sources), PUBLIC, head=head)

    return page


def _site_map(renderer: Renderer) -> Callable[[Request], Response]:
    def page(request: Request) -> Response:
        head = Head(urls.SITE_MAP, holds_real_offers(services_of(request).sources.get()))
        return renderer.response("site_map.html", build_site_map(), PUBLIC, head=head)

    return page
