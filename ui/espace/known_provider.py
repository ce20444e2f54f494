"""The provider of identity of the settings, and what a browser keeps to sign out there too."""

from threading import Lock
from typing import Final

from fastapi import HTTPException, Request
from starlette.responses import Response

from indexer.accounts.provider import Client, Provider
from indexer.accounts.sessions import LONGEST
from indexer.errors import SealError
from ui.espace import urls
from ui.espace.guard import workspace_of
from ui.services import services_of
from ui.session_cookie import is_https

_COOKIE: Final = "maillage-identite"
_LONGEST: Final = 3_800
"""Bytes: browsers keep cookies of 4,096, name and attributes included (RFC 6265, 6.1). A longer proof is not kept."""


_MAKING: Final = Lock()


def provider_of(request: Request) -> Provider:
    """That of the application that serves this request, made at its first use.

    HTTPException 404 when its settings name none.
    """
    settings, state = services_of(request).settings, request.app.state
    if not settings.oidc_issuer:
        raise HTTPException(404)
    with _MAKING:
        if not hasattr(state, "provider"):
            secret = "" if settings.oidc_client_secret is None else settings.oidc_client_secret.get_secret_value()
            client = Client(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_email_verified)
            state.provider = Provider(client, workspace_of(request).clock)
    provider: Provider = state.provider
    return provider


def keep_proof(request: Request, response: Response, id_token: str) -> None:
    """Sealed, out of reach of scripts, sent to the pages of signing out alone."""
    sealed = workspace_of(request).sealer.seal(id_token)
    if len(sealed) <= _LONGEST:
        seconds, secure = int(LONGEST.total_seconds()), is_https(request)
        response.set_cookie(
            _COOKIE, sealed, max_age=seconds, path=urls.SIGN_OUT, secure=secure, httponly=True, samesite="lax"
        )


def read_proof(request: Request) -> str | None:
    """None for who came in otherwise, and for a cookie that is not ours."""
    try:
        return workspace_of(request).sealer.unseal(request.cookies.get(_COOKIE, ""))
    except SealError:
        return None


def erase_proof(request: Request, response: Response) -> None:
    response.delete_cookie(_COOKIE, path=urls.SIGN_OUT, secure=is_https(request), httponly=True, samesite="lax")
