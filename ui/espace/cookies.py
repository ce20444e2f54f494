"""The session's cookie: out of reach of scripts, and of other sites."""

from typing import Final

from fastapi import Request
from starlette.responses import Response

from indexer.accounts.sessions import LONGEST
from ui.services import services_of

_SECURE: Final = "__Host-maillage"
"""A browser takes this prefix only over https, for this very host (RFC 6265bis)."""

_PLAIN: Final = "maillage"


def is_https(request: Request) -> bool:
    """As the site's address says it: behind a proxy, the request itself comes by http."""
    return request.url.scheme == "https" or services_of(request).settings.base_url.startswith("https://")


def read_token(request: Request) -> str | None:
    return request.cookies.get(_name(request))


def write_token(request: Request, response: Response, token: str) -> None:
    """For as long as a session may last; the database ends it sooner."""
    secure, seconds = is_https(request), int(LONGEST.total_seconds())
    response.set_cookie(_name(request), token, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax")


def erase_token(request: Request, response: Response) -> None:
    response.delete_cookie(_name(request), path="/", secure=is_https(request), httponly=True, samesite="lax")


def _name(request: Request) -> str:
    return _SECURE if is_https(request) else _PLAIN
