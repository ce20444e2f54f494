"""Signing out at the provider of identity too (OpenID Connect RP-Initiated Logout 1.0), once our own session ended.

A form may not lead to another site (see the content security policy): the answer to « Se déconnecter » is a page of
ours that goes on by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from indexer.errors import ProviderError
from ui.espace import urls
from ui.espace.guard import current_actor
from ui.espace.known_provider import erase_proof, provider_of, read_proof
from ui.rendering import NEVER, Renderer
from ui.services import services_of
from ui.site import Site

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LeavingPage:
    """`next_url` is where the browser goes by itself."""

    title: str
    description: str
    provider: str
    next_url: str


def add_leaving_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.LEAVE, _show(renderer), methods=["GET"])
    router.add_api_route(urls.LEAVE_PROVIDER, _leave(site), methods=["GET"])
    router.add_api_route(urls.LEFT, _come_back, methods=["GET"])


def _show(renderer: Renderer) -> Callable[[Request], Response]:
    def show(request: Request) -> Response:
        name = services_of(request).settings.oidc_name
        page = LeavingPage("Vous êtes déconnecté", f"La déconnexion continue chez {name}.", name, urls.LEAVE_PROVIDER)
        return renderer.response("espace/leaving.html", page, NEVER)

    return show


def _leave(site: Site) -> Callable[[Request], Response]:
    def leave(request: Request) -> Response:
        """Nobody is sent out of the provider by a link of another site while their session here is open."""
        proof = read_proof(request)
        if proof is None or current_actor(request) is not None:
            return _go(urls.SIGNED_OUT)
        try:
            there = provider_of(request).leave(proof, _back(request, site))
        except ProviderError as error:  # our own session is over all the same
            log.warning("fournisseur-absent-a-la-sortie", raison=str(error))
            there = None
        response = _go(there or urls.SIGNED_OUT)
        erase_proof(request, response)
        return response

    return leave


def _come_back() -> Response:
    """Without a parameter: the provider must know this address letter by letter, and adds its own."""
    return _go(urls.SIGNED_OUT)


def _go(address: str) -> Response:
    return RedirectResponse(address, 303, {"Cache-Control": NEVER})


def _back(request: Request, site: Site) -> str:
    return site.absolute(urls.LEFT) or f"{request.url.scheme}://{request.url.netloc}{urls.LEFT}"
