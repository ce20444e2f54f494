"""Signing in through a provider of identity: the way out, and the way back."""

import secrets
from collections.abc import Callable
from typing import Final

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts.identities import user_of_identity
from indexer.accounts.provider import Departure
from indexer.errors import AccountError, MaillageError, ProviderError, SealError
from indexer.sealing import Sealer
from ui.espace import urls
from ui.espace.arriving import Arrival, arrive
from ui.espace.guard import workspace_of
from ui.espace.known_provider import keep_proof, provider_of
from ui.espace.leaving_routes import add_leaving_routes
from ui.espace.sign_in_page import build_sign_in
from ui.rendering import NEVER, Renderer
from ui.services import services_of
from ui.session_cookie import is_https
from ui.site import Site

_COOKIE: Final = "maillage-fournisseur"
_SECONDS: Final = 600

_LOST: Final = "La connexion a duré trop longtemps, ou a commencé dans un autre navigateur. Recommencez."
_GIVEN_UP: Final = "La connexion n’a pas abouti. Recommencez, ou entrez par mot de passe."


def add_provider_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.OIDC, _depart(renderer, site), methods=["GET"])
    router.add_api_route(urls.OIDC_BACK, _arrive(renderer, site), methods=["GET"])
    add_leaving_routes(router, renderer, site)


def _depart(renderer: Renderer, site: Site) -> Callable[[Request], Response]:
    """A link, not a form: a form may not lead to another site (see the content security policy)."""

    def depart(request: Request) -> Response:
        then = urls.local_path(request.query_params.get("suite"))
        try:
            departure = provider_of(request).depart(_back(request, site))
        except ProviderError as error:
            return _told(request, renderer, error, 503)
        response = RedirectResponse(departure.url, 303, {"Cache-Control": NEVER})
        sealed = _seal(workspace_of(request).sealer, departure, then)
        response.set_cookie(
            _COOKIE, sealed, max_age=_SECONDS, path=urls.OIDC, secure=is_https(request), httponly=True, samesite="lax"
        )
        return response

    return depart


def _arrive(renderer: Renderer, site: Site) -> Callable[[Request], Response]:
    def arrive_back(request: Request) -> Response:
        provider, workspace = provider_of(request), workspace_of(request)
        try:
            departure, then = _unseal(workspace.sealer, request.cookies.get(_COOKIE, ""))
            identity = provider.arrive(_code(request, departure), departure, _back(request, site))
            user = user_of_identity(workspace.accounts, identity)
        except (AccountError, ProviderError) as error:
            response = _told(request, renderer, error, 422)
        else:
            response = arrive(request, renderer, user, Arrival(then))
            keep_proof(request, response, identity.id_token)
        response.delete_cookie(_COOKIE, path=urls.OIDC, secure=is_https(request), httponly=True, samesite="lax")
        return response

    return arrive_back


def _code(request: Request, departure: Departure) -> str:
    """ProviderError for an answer to another departure than this browser's, and for a refusal."""
    if not secrets.compare_digest(request.query_params.get("state", "").encode(), departure.state.encode()):
        raise ProviderError(_LOST)
    code = request.query_params.get("code")
    if not code:
        raise ProviderError(_GIVEN_UP)
    return code


def _back(request: Request, site: Site) -> str:
    """The address that the provider was told. It refuses any other: a forged `Host` leads nowhere."""
    return site.absolute(urls.OIDC_BACK) or f"{request.url.scheme}://{request.url.netloc}{urls.OIDC_BACK}"


def _told(request: Request, renderer: Renderer, error: MaillageError, status: int) -> Response:
    page = build_sign_in(services_of(request), error=error)
    return renderer.response("espace/sign_in.html", page, NEVER, status)


def _seal(sealer: Sealer, departure: Departure, then: str) -> str:
    return sealer.seal(orjson.dumps([departure.state, departure.nonce, departure.verifier, then]).decode())


def _unseal(sealer: Sealer, cookie: str) -> tuple[Departure, str]:
    try:
        state, nonce, verifier, then = orjson.loads(sealer.unseal(cookie))
    except SealError:
        raise ProviderError(_LOST) from None
    return Departure("", state, nonce, verifier), urls.local_path(then)
