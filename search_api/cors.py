"""Reading the API from the pages of any other site: without credentials, and the API only."""

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from search_api.errors import is_api

_EXPOSED = ("ETag", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", "X-Request-Id")


class ReadingFromAnywhere:
    """Middleware: pages of the portal stay out of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open = CORSMiddleware(
            app, allow_origins=("*",), allow_methods=("GET",), allow_headers=("If-None-Match",), expose_headers=_EXPOSED
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        opened = scope["type"] == "http" and is_api(scope["path"])
        await (self._open if opened else self._app)(scope, receive, send)
