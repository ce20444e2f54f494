"""Brings what an address holds, if it has changed: polite, patient, and never without a limit."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Final

import httpx

from indexer.errors import FeedError
from indexer.feeds.download import asked_seconds, shown_address
from indexer.sources.model import Access

AGENT: Final = "Maillage/0.1 (catalogue de l-insertion, collecte des sources)"
FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 120.0
"""Seconds; a server that asks for more is left until the next sync."""

_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_FORBIDDEN: Final = frozenset({401, 403, 407})
_PAGE_STARTS: Final = (b"<!doctype html", b"<html")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server said of the content that we hold: the two keys of a conditional request."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value is not None}


NOTHING_SEEN: Final = Seen()


@dataclass(frozen=True)
class Waits:
    """The clock, the patience and the chance of retries: tests give their own."""

    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: Callable[[], float] = random.random


REAL_WAITS: Final = Waits()


class _Again(Exception):
    """A failure that may pass; `wait` is what the server asked for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class Fetcher:
    """Fetches one address. `pages` tells that HTML is what is asked for."""

    access: Access
    client: httpx.Client
    waits: Waits = REAL_WAITS
    pages: bool = False

    def fetch(self, seen: Seen, into: IO[bytes]) -> Seen | None:
        """Writes the content to `into`; None, and nothing is written, when it has not changed since `seen`.

        FeedError, in French, when it cannot be had: refused, absent, too large, too slow, a page in place of data.
        """
        url = self.access.url or ""
        name = shown_address(url)
        deadline = self.waits.monotonic() + self.access.delai_s
        failure = ""
        for attempt in range(self.access.essais):
            try:
                return self._once(url, name, seen, into, deadline)
            except _Again as error:
                failure = str(error)
                if not self._pause(attempt, error.wait, deadline):
                    break
        raise FeedError(f"{name} : {failure}. Réessayez plus tard, ou prévenez le producteur.")

    def _pause(self, attempt: int, asked: float | None, deadline: float) -> bool:
        """Waits before another attempt; False when there is none left, or no time."""
        wait = FIRST_WAIT * 2**attempt * (0.5 + self.waits.chance()) if asked is None else asked
        last = attempt + 1 >= self.access.essais
        if last or wait > LONGEST_WAIT or self.waits.monotonic() + wait >= deadline:
            return False
        self.waits.sleep(wait)
        return True

    def _once(self, url: str, name: str, seen: Seen, into: IO[bytes], deadline: float) -> Seen | None:
        into.seek(0)
        into.truncate()
        try:
            with self.client.stream("GET", url, params=self._params(), headers=self._headers(seen)) as response:
                if response.status_code == httpx.codes.NOT_MODIFIED:
                    return None
                self._check_status(response, name)
                self._copy(response, name, into, deadline)
                return Seen(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        except httpx.TooManyRedirects as error:
            raise FeedError(f"{name} : l'adresse renvoie sans fin vers une autre. Vérifiez-la.") from error
        except httpx.TimeoutException as error:
            raise _Again("pas de réponse à temps") from error
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise FeedError(f"{name} : adresse impossible. Vérifiez-la.") from error
        except httpx.HTTPError as error:
            raise _Again(f"adresse injoignable ({type(error).__name__})") from error

    def _params(self) -> dict[str, str] | None:
        return self.access.parametres or None

    def _headers(self, seen: Seen) -> dict[str, str]:
        headers = {"User-Agent": AGENT, **seen.headers()}
        token = self.access.token()
        return headers if token is None else headers | {self.access.entete: f"{self.access.prefixe}{token}"}

    def _check_status(self, response: httpx.Response, name: str) -> None:
        status = response.status_code
        if status in _AGAIN:
            raise _Again(f"le serveur a répondu {status}", self._asked_wait(response))
        if status in _FORBIDDEN:
            jeton = self.access.jeton
            advice = "Il faut sans doute un jeton." if jeton is None else f"Vérifiez le jeton de la variable {jeton}."
            raise FeedError(f"{name} : accès refusé ({status}). {advice}")
        if status in (404, 410):
            raise FeedError(
                f"{name} : il n'y a plus rien à cette adresse ({status}). Demandez la nouvelle au producteur."
            )
        if status != httpx.codes.OK:
            raise FeedError(f"{name} : le serveur a répondu {status}. Vérifiez l'adresse.")

    def _asked_wait(self, response: httpx.Response) -> float | None:
        """Seconds of `Retry-After`, a number or a date (RFC 9110, 10.2.3)."""
        seconds = asked_seconds(response)
        if seconds is not None:
            return seconds
        text = response.headers.get("Retry-After", "")
        try:
            return max(0.0, (parsedate_to_datetime(text) - self.waits.now()).total_seconds()) if text else None
        except (ValueError, TypeError):
            return None

    def _copy(self, response: httpx.Response, name: str, into: IO[bytes], deadline: float) -> None:
        limit = self.access.taille_max_mo * 1_000_000
        size = 0
        for chunk in response.iter_bytes():
            if (
                size == 0
                and not self.pages
                and chunk[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE_STARTS)
            ):
                raise FeedError(
                    f"{name} : le serveur a répondu une page (connexion, erreur ou travaux ?) au lieu des données. "
                    "Ouvrez l'adresse dans un navigateur, puis prévenez le producteur."
                )
            size += len(chunk)
            if size > limit:
                raise FeedError(f"{name} : plus de {self.access.taille_max_mo} Mo (taille_max_mo). Rien n'a été lu.")
            if self.waits.monotonic() > deadline:
                raise FeedError(f"{name} : pas fini en {self.access.delai_s} s (delai_s). Rien n'a été lu.")
            into.write(chunk)


def build_client(access: Access) -> httpx.Client:
    """A client that never carries the token to another site: redirections there are refused when there is one."""

    def refuse_to_leave(response: httpx.Response) -> None:
        if access.jeton is None or not response.has_redirect_location:
            return
        asked = response.request.url
        target = asked.join(response.headers["Location"])
        if (target.scheme, target.host, target.port) != (asked.scheme, asked.host, asked.port):
            raise FeedError(
                f"{shown_address(str(asked))} : renvoie vers un autre site ({target.host}) : "
                "le jeton n'y est pas envoyé. Déclarez la nouvelle adresse."
            )

    timeout = httpx.Timeout(min(60, access.delai_s), connect=10)
    hooks = {"response": [refuse_to_leave]}
    return httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=5, event_hooks=hooks)
