"""The outermost middleware: every request is numbered, measured and logged, and no error gets past it."""

import secrets
import time
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import FilteringBoundLogger

from search_api.errors import problem_of
from search_api.logs import where_it_failed
from search_api.metrics import Metrics

_SECURITY: Final = {
    "Referrer-Policy": "no-referrer",  # addresses hold what a person looks for
    "X-Content-Type-Options": "nosniff",
}
NO_ROUTE: Final = "(aucune)"


@dataclass
class _Seen:
    status: int = 0


class Observe:
    """Adds `X-Request-Id` and the security headers. Routes are told by their template, never by their address."""

    def __init__(self, app: ASGIApp, log: FilteringBoundLogger, metrics: Metrics) -> None:
        self._app, self._log, self._metrics = app, log, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        seen, started = _Seen(), time.perf_counter()

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
                _add_headers(message, request_id)
            await send(message)

        try:
            await self._app(scope, receive, send_marked)
        except Exception as error:  # noqa: BLE001  nothing may go unlogged, and no detail may reach the client
            self._log.error("erreur interne", requete=request_id, erreurs=where_it_failed(error))
            if not seen.status:
                await problem_of(error).response()(scope, receive, send_marked)
        finally:
            self._tell(scope, request_id, seen.status or 499, time.perf_counter() - started)

    def _tell(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        route = route_of(scope)
        self._metrics.observe_request(scope["method"], route, status, seconds)
        self._log.info(
            "requete",
            methode=scope["method"],
            route=route,
            statut=status,
            ms=round(seconds * 1000, 2),
            requete=request_id,
        )


def route_of(scope: Scope) -> str:
    """The template of the route that answered, like `/v1/offers/{offer_id}`."""
    return getattr(scope.get("route"), "path_format", None) or getattr(scope.get("route"), "path", None) or NO_ROUTE


def _add_headers(message: Message, request_id: str) -> None:
    headers = MutableHeaders(scope=message)
    headers["X-Request-Id"] = request_id
    for name, value in _SECURITY.items():
        headers.setdefault(name, value)
