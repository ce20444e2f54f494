"""The rate limit: so many requests an address, in a moving window kept in the memory of each process."""

import math
import time
from typing import Final

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.client_address import Networks, bucket_of, client_of, is_forwarded
from search_api.errors import answer_problem
from search_api.problems import Problem

_FREE: Final = ("/healthz", "/readyz", "/metrics", "/assets/")
"""Probes must answer whatever happens; a page's own files are not requests of a person."""


class RateLimit:
    """Middleware. Requests from this machine without a forwarding header are never limited."""

    def __init__(self, app: ASGIApp, limit: str, trusted: Networks) -> None:
        """`limit` as the setting says it: `600/minute`."""
        self._app = app
        self._limit: RateLimitItem = parse(limit)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_free(scope):
            await self._app(scope, receive, send)
            return
        bucket = bucket_of(client_of(scope, self._trusted))
        allowed = self._limiter.hit(self._limit, bucket)
        headers, wait = self._headers(bucket)
        if not allowed:
            response = answer_problem(Request(scope), self._problem(headers, wait))
            await response(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, send_marked)

    def _is_free(self, scope: Scope) -> bool:
        if scope["path"].startswith(_FREE):
            return True
        address = client_of(scope, self._trusted)
        return address is not None and address.is_loopback and not is_forwarded(Headers(scope=scope))

    def _headers(self, bucket: str) -> tuple[dict[str, str], int]:
        """The three usual headers, and the seconds until a request leaves the window."""
        stats = self._limiter.get_window_stats(self._limit, bucket)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        return {
            "RateLimit-Limit": str(self._limit.amount),
            "RateLimit-Remaining": str(max(0, stats.remaining)),
            "RateLimit-Reset": str(wait),
        }, wait

    def _problem(self, headers: dict[str, str], wait: int) -> Problem:
        detail = f"Trop de requêtes depuis cette adresse. Réessayez dans {wait} s."
        return Problem(429, "trop-de-requetes", "Trop de requêtes", detail, headers | {"Retry-After": str(wait)})
