"""Brings an address to a temporary file, within limits."""

import tempfile
from typing import IO, Final
from urllib.parse import urlsplit

import httpx

from indexer.errors import FeedError

TIMEOUT: Final = httpx.Timeout(60, connect=10)


def is_address(location: str) -> bool:
    return location.lower().startswith(("http://", "https://"))


def shown_address(url: str) -> str:
    """An address as reports and logs show it: neither password nor query, which may hold a key."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "adresse illisible"
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path}"


def asked_seconds(response: httpx.Response) -> float | None:
    """Seconds of a `Retry-After` written as a number (RFC 9110, 10.2.3); None without one."""
    text = response.headers.get("Retry-After", "").strip()
    return float(text) if text.isdecimal() and len(text) < 9 else None


def fetch_to_file(url: str, limit: int, client: httpx.Client | None = None) -> IO[bytes]:
    """The body of `url`, on disk, at its beginning. FeedError for any failure, or beyond `limit` bytes."""
    name = shown_address(url)
    try:
        if client is not None:
            return _fetch(client, url, name, limit)
        with httpx.Client(timeout=TIMEOUT, follow_redirects=True, max_redirects=5) as own:
            return _fetch(own, url, name, limit)
    except httpx.TimeoutException as error:
        raise FeedError(f"{name} : pas de réponse à temps. Réessayez plus tard, ou téléchargez le fichier.") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FeedError(f"{name} : adresse injoignable ({type(error).__name__}). Vérifiez l'adresse.") from error


def _fetch(client: httpx.Client, url: str, name: str, limit: int) -> IO[bytes]:
    with client.stream("GET", url) as response:
        if response.status_code != httpx.codes.OK:
            raise FeedError(f"{name} : le serveur a répondu {response.status_code}. Vérifiez l'adresse et vos droits.")
        body = tempfile.TemporaryFile()  # noqa: SIM115 (handed to the caller, who closes it)
        try:
            _copy(response, body, name, limit)
        except BaseException:
            body.close()
            raise
    body.seek(0)
    return body


def _copy(response: httpx.Response, body: IO[bytes], name: str, limit: int) -> None:
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit:
            raise FeedError(f"{name} : plus de {limit // 1_000_000} Mo. Demandez un fichier plus petit.")
        body.write(chunk)
