"""Asking the API from the pages of any other site: without credentials, the API only, and nothing that it keeps."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from search_api.errors import is_api

_EXPOSED = ("ETag", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "X-Request-Id")


_ASKED_BY_POST = frozenset({"/v1/understand", "/v1/match"})
"""Questions whose answer depends on what is sent alone: nothing is kept, so any site may ask them too."""


class ReadingFromAnywhere:
    """Middleware: pages of the portal stay out of it, and so does whatever publishes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._read = _build_open(app, ("GET",), ("If-None-Match",))
        self._asked = _build_open(app, ("POST",), ("Content-Type",))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_api(scope["path"]):
            opened = self._app
        else:
            opened = self._asked if scope["path"] in _ASKED_BY_POST else self._read
        await opened(scope, receive, send)


def _build_open(app: ASGIApp, methods: tuple[str, ...], headers: tuple[str, ...]) -> ASGIApp:
    return CORSMiddleware(app, ("*",), methods, headers, expose_headers=_EXPOSED)
