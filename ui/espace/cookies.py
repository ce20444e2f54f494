"""The session's cookie: out of reach of scripts, and of other sites."""

from fastapi import Request
from starlette.responses import Response

from indexer.accounts.sessions import LONGEST
from ui.session_cookie import is_https, name_of


def write_token(request: Request, response: Response, token: str) -> None:
    """For as long as a session may last; the database ends it sooner."""
    secure, seconds = is_https(request), int(LONGEST.total_seconds())
    response.set_cookie(
        name_of(request), token, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax"
    )


def erase_token(request: Request, response: Response) -> None:
    response.delete_cookie(name_of(request), path="/", secure=is_https(request), httponly=True, samesite="lax")
