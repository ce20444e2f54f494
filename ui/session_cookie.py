"""Where the session's cookie stands: all that the portal's pages need to know that nobody is signed in."""

from typing import Final

from fastapi import Request

from ui.services import services_of

_SECURE: Final = "__Host-maillage"
"""A browser takes this prefix only over https, for this very host (RFC 6265bis)."""

_PLAIN: Final = "maillage"


def is_https(request: Request) -> bool:
    """As the site's address says it: behind a proxy, the request itself comes by http."""
    return request.url.scheme == "https" or services_of(request).settings.base_url.startswith("https://")


def read_token(request: Request) -> str | None:
    return request.cookies.get(name_of(request))


def name_of(request: Request) -> str:
    return _SECURE if is_https(request) else _PLAIN
