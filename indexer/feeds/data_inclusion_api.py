"""The paged API of data·inclusion (v1): every row once, even when rows move between pages while they are read.

`GET {base}/structures` and `/services`, with `page` and `size`, answer `{items, total, page, size, pages}`; the token
goes in the `Authorization` header. A table that changes during the reading shifts its rows: one may come twice, another
not at all. Rows are told apart by their id, and a reading that found fewer rows than `total` is done again.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final

import httpx
import orjson

from indexer.errors import FeedError
from indexer.feeds.download import asked_seconds, shown_address

TABLES: Final = ("structures", "services")
PAGE_SIZE: Final = 1_000
PASSES: Final = 3
RETRIES: Final = 4
MAX_PAGES: Final = 10_000
MAX_WAIT: Final = 120.0
"""Seconds waited at most when the server asks for patience."""


@dataclass
class PagesRead:
    """What a reading brought: rows received, kept (each id once), and `missing` ones that the total promised."""

    received: int = 0
    kept: int = 0
    missing: int = 0
    tables: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PagedApi:
    """Where and how to read. `sleep` is a parameter so that tests do not wait."""

    base: str
    token: str | None
    client: httpx.Client
    size: int = PAGE_SIZE
    sleep: Callable[[float], None] = time.sleep

    def fetch(self, into: IO[bytes], tables: tuple[str, ...] = TABLES) -> PagesRead:
        """Writes the rows to `into`, as JSON by lines, structures first. FeedError when a page cannot be had."""
        read = PagesRead()
        for table in tables:
            self._fetch_table(table, into, read)
        return read

    def _fetch_table(self, table: str, into: IO[bytes], read: PagesRead) -> None:
        seen: set[str] = set()
        total = 0
        for _ in range(PASSES):
            for page in self._pages(table):
                total = int(page.get("total") or 0)
                read.received += len(page["items"])
                for row in page["items"]:
                    _write_once(row, seen, into)
            if len(seen) >= total:
                break
        read.tables[table] = len(seen)
        read.kept += len(seen)
        read.missing += max(0, total - len(seen))

    def _pages(self, table: str) -> Iterator[dict[str, Any]]:
        before: list[Any] = []
        for number in range(1, MAX_PAGES + 1):
            page = self._page(table, number)
            if not page["items"]:
                return
            if page["items"] == before:
                raise FeedError(
                    f"{self._name(table)} : la page {number} répète la précédente. Signalez-le au producteur."
                )
            before = page["items"]
            yield page
            if number >= int(page.get("pages") or MAX_PAGES):
                return

    def _page(self, table: str, number: int) -> dict[str, Any]:
        response = self._get(table, number)
        try:
            page = orjson.loads(response.content)
        except orjson.JSONDecodeError as error:
            raise FeedError(f"{self._name(table)}, page {number} : la réponse n'est pas du JSON.") from error
        if not isinstance(page, dict) or not isinstance(page.get("items"), list):
            raise FeedError(
                f"{self._name(table)}, page {number} : pas de liste « items ». Vérifiez l'adresse de l'API."
            )
        return page

    def _get(self, table: str, number: int) -> httpx.Response:
        headers = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        parameters = {"page": number, "size": self.size}
        status = "aucune réponse"
        for attempt in range(RETRIES):
            wait = float(2**attempt)
            try:
                response = self.client.get(f"{self.base.rstrip('/')}/{table}", params=parameters, headers=headers)
            except httpx.HTTPError as error:
                status = type(error).__name__
            else:
                if response.status_code == httpx.codes.OK:
                    return response
                _refuse(response, self._name(table))
                status, wait = str(response.status_code), _asked_wait(response, wait)
            if attempt + 1 < RETRIES:
                self.sleep(wait)
        raise FeedError(f"{self._name(table)}, page {number} : {status}, après {RETRIES} essais. Réessayez plus tard.")

    def _name(self, table: str) -> str:
        return shown_address(f"{self.base.rstrip('/')}/{table}")


def _refuse(response: httpx.Response, name: str) -> None:
    """What trying again will not mend."""
    if response.status_code in (401, 403):
        raise FeedError(
            f"{name} : jeton refusé ({response.status_code}). Demandez-en un autre, ou vérifiez le réglage."
        )
    if response.status_code != 429 and response.status_code < 500:
        raise FeedError(f"{name} : le serveur a répondu {response.status_code}. Vérifiez l'adresse.")


def _asked_wait(response: httpx.Response, default: float) -> float:
    """Seconds of `Retry-After`, bounded; its date form is not worth a clock."""
    asked = asked_seconds(response)
    return default if asked is None else min(MAX_WAIT, asked)


def _write_once(row: Any, seen: set[str], into: IO[bytes]) -> None:
    identity = str(row.get("id")) if isinstance(row, dict) and row.get("id") else orjson.dumps(row).decode()
    if identity not in seen:
        seen.add(identity)
        into.write(orjson.dumps(row) + b"\n")
