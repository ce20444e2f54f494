"""Routes for the robots that list pages: robots.txt and the sitemap."""

from collections.abc import Callable, Iterator

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import PlainTextResponse, Response, StreamingResponse

from ui import urls
from ui.services import services_of
from ui.site import Site
from ui.sitemap import Sitemap, build_robots

_CACHE = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}


def add_machine_pages(router: APIRouter, site: Site) -> None:
    """A sitemap holds whole addresses only: without a public one there is none."""
    router.add_api_route(urls.ROBOTS, _robots(site), methods=["GET", "HEAD"], response_class=PlainTextResponse)
    router.add_api_route(urls.SITEMAP, _sitemap(site), methods=["GET"], response_class=Response)
    router.add_api_route(urls.SITEMAP_ROUTE, _sitemap_file(site), methods=["GET"], response_class=Response)


def _robots(site: Site) -> Callable[[], Response]:
    def robots() -> Response:
        return PlainTextResponse(build_robots(site), headers=_CACHE)

    return robots


def _sitemap(site: Site) -> Callable[[Request], Response]:
    def sitemap(request: Request) -> Response:
        return _stream(_of(request, site).iter_root())

    return sitemap


def _sitemap_file(site: Site) -> Callable[[Request, str], Response]:
    def sitemap_file(request: Request, name: str) -> Response:
        parts = _of(request, site).iter_file(name)
        if parts is None:
            raise HTTPException(404)
        return _stream(parts)

    return sitemap_file


def _of(request: Request, site: Site) -> Sitemap:
    if site.base_url is None:
        raise HTTPException(404)
    return Sitemap(services_of(request).catalogue, site.base_url)


def _stream(parts: Iterator[str]) -> Response:
    return StreamingResponse(parts, media_type="application/xml", headers=_CACHE)
