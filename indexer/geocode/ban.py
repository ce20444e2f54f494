"""The national address service (Base Adresse Nationale), or any that answers alike: an addok of one's own."""

import csv
import io
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import httpx
from geopy.adapters import URLLibAdapter
from geopy.exc import GeocoderParseError, GeocoderQueryError, GeopyError
from geopy.geocoders import BANFrance

from indexer.errors import GeocoderError
from indexer.geocode.found import Found, parse_found

NATIONAL: Final = "https://data.geopf.fr/geocodage"
"""Where the national service is today; it was api-adresse.data.gouv.fr until 2026."""

AGENT: Final = "Maillage/0.1 (catalogue de l-insertion, adresses)"
BATCH: Final = 500
"""Addresses of one file: the service answers about a hundred a second, and TIMEOUT leaves room."""

FEW: Final = 5
"""Up to here, single questions cost the service less than a file."""

DELAY: Final = 0.1
"""Seconds between two questions: a fifth of the 50 a second and address that the national service allows."""

TRIES: Final = 3
TIMEOUT: Final = httpx.Timeout(60, connect=10)
_ONE_TIMEOUT: Final = 10
_MAX_ANSWER: Final = 5_000_000
_NO_FILES: Final = frozenset({404, 405, 501})
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass
class Ban:
    """Asks for addresses, politely. `url` is where `/search` is, without it. GeocoderError when it cannot be reached.

    `sleep` and `monotonic` are the clock that spaces questions.
    """

    url: str
    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    delay: float = DELAY
    _takes_files: bool = field(default=True, init=False)
    _last: float | None = field(default=None, init=False)

    def find(self, addresses: Sequence[str]) -> list[Found | None]:
        """The best answer for each address, in the same order; None for one that the service does not know."""
        if len(addresses) <= FEW or not self._takes_files:
            return self._find_each(addresses)
        found: list[Found | None] = []
        for start in range(0, len(addresses), BATCH):
            part = addresses[start : start + BATCH]
            answers = self._find_file(part) if self._takes_files else None
            found += self._find_each(part) if answers is None else answers
        return found

    def _find_each(self, addresses: Sequence[str]) -> list[Found | None]:
        parts = urlsplit(self.url)
        # Proxies of the machine hold for httpx too; geopy reads them the same way.
        one = BANFrance(
            domain=f"{parts.netloc}{parts.path}".rstrip("/"),
            scheme=parts.scheme,
            timeout=_ONE_TIMEOUT,
            user_agent=AGENT,
            adapter_factory=URLLibAdapter,
        )
        return [self._find_one(one, address) for address in addresses]

    def _find_one(self, service: BANFrance, address: str) -> Found | None:
        """One question by geopy. What the service refuses to read is unknown to it; other failures are tried again."""
        failure: GeopyError | None = None
        for attempt in range(TRIES):
            self._wait(attempt)
            try:
                place = service.geocode(address, limit=1, exactly_one=True)
            except GeocoderQueryError:
                return None
            except (GeocoderParseError, AttributeError, IndexError, TypeError, ValueError) as error:
                raise self._unreadable() from error  # geopy reads an answer without checking its shape
            except GeopyError as error:
                failure = error
            else:
                if place is None:
                    return None
                values = place.raw.get("properties", {})
                return parse_found({**values, "latitude": place.latitude, "longitude": place.longitude})
        raise self._away(type(failure).__name__) from failure

    def _find_file(self, addresses: Sequence[str]) -> list[Found | None] | None:
        """All of them by one file; None when this service takes no file."""
        body = _write_csv(addresses)
        failure = ""
        for attempt in range(TRIES):
            self._wait(attempt)
            try:
                response = self._post(body)
            except httpx.HTTPError as error:
                failure = type(error).__name__
                continue
            if response.status_code in _NO_FILES:
                self._takes_files = False
                return None
            if response.status_code == httpx.codes.OK:
                return self._read_csv(response, len(addresses))
            failure = f"réponse {response.status_code}"
            if response.status_code not in _AGAIN:
                break
        raise self._away(failure)

    def _post(self, body: bytes) -> httpx.Response:
        files = {"data": ("adresses.csv", body, "text/csv")}
        with httpx.Client(timeout=TIMEOUT, headers={"User-Agent": AGENT}) as client:
            return client.post(f"{self.url.rstrip('/')}/search/csv", files=files, data={"columns": "adresse"})

    def _read_csv(self, response: httpx.Response, expected: int) -> list[Found | None]:
        if len(response.content) > _MAX_ANSWER:
            raise self._unreadable()
        rows = list(_iter_rows(response.content.decode("utf-8-sig", "replace")))
        if len(rows) != expected or any(row.get("numero") != str(n) for n, row in enumerate(rows)):
            raise self._unreadable()
        return [parse_found(_unprefixed(row)) for row in rows]

    def _wait(self, attempt: int) -> None:
        """Spaces questions; after a failure, one second, then two."""
        if attempt:
            self.sleep(float(2 ** (attempt - 1)))
        elif self._last is not None:
            left = self.delay - (self.monotonic() - self._last)
            if left > 0:
                self.sleep(left)
        self._last = self.monotonic()

    def _away(self, reason: str) -> GeocoderError:
        host = urlsplit(self.url).hostname
        return GeocoderError(
            f"Le service d'adresses ({host}) ne répond pas : {reason}. Vérifiez MAILLAGE_GEOCODER_URL."
        )

    def _unreadable(self) -> GeocoderError:
        return self._away("sa réponse n'est pas celle d'un service d'adresses")


def _write_csv(addresses: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("numero", "adresse"))
    writer.writerows(enumerate(addresses))
    return text.getvalue().encode()


def _iter_rows(text: str) -> Iterator[dict[str, str]]:
    """The rows, each with the columns that it has: a page in place of a table gives rows without `numero`."""
    reader = csv.DictReader(io.StringIO(text))
    for row in reader:
        yield {str(name): value for name, value in row.items() if isinstance(value, str)}


def _unprefixed(row: dict[str, str]) -> dict[str, str]:
    named = {name.removeprefix("result_"): value for name, value in row.items() if name.startswith("result_")}
    return named | {name: row.get(name, "") for name in ("latitude", "longitude")}
