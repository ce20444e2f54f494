"""`/espace/personnes/{id}/partenaires` asks for ideas; `/espace/situations` is where partners give them."""

from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts import Actor
from indexer.dossiers import RefusedAnswers
from indexer.dossiers.situations import Situations
from ui import urls as site_urls
from ui.dossiers import urls
from ui.dossiers.partner_pages import Refused, build_ask, build_situations
from ui.dossiers.people import Names
from ui.dossiers.roles import Follower
from ui.espace.guard import Sent, workspace_of
from ui.espace.navigation import frame_of
from ui.lookups import may_be_id
from ui.rendering import NEVER, Renderer
from ui.services import services_of

_HEADERS = {"Cache-Control": NEVER}
_NO_OFFER = "Cette offre n’est pas au catalogue. Copiez l’adresse de sa page, ou laissez la case vide."


def add_partner_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.PARTNERS_ROUTE, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.PARTNERS_ROUTE, _ask(renderer), methods=["POST"])
    router.add_api_route(urls.SITUATIONS, _list(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.SITUATIONS, _answer(renderer), methods=["POST"])


def _show(renderer: Renderer) -> Callable[..., Response]:
    def show(request: Request, dossier_id: str, actor: Follower) -> Response:
        return _ask_page(renderer, request, actor, dossier_id, "", {})

    return show


def _ask(renderer: Renderer) -> Callable[..., Response]:
    def ask(request: Request, dossier_id: str, actor: Follower, form: Sent) -> Response:
        situations = Situations(workspace_of(request).dossiers)
        try:
            if form.get("reprendre"):
                situations.end(actor, dossier_id)
            else:
                situations.ask(actor, dossier_id, form.get("texte"))
        except RefusedAnswers as error:
            return _ask_page(renderer, request, actor, dossier_id, form.get("texte"), error.errors)
        return RedirectResponse(urls.partners(dossier_id), 303, _HEADERS)

    return ask


def _ask_page(
    renderer: Renderer, request: Request, actor: Actor, dossier_id: str, typed: str, errors: Mapping[str, str]
) -> Response:
    workspace = workspace_of(request)
    dossier = workspace.dossiers.get(actor, dossier_id)
    asked = Situations(workspace.dossiers).of(actor, dossier_id)
    page = build_ask(frame_of(request, actor), dossier, asked, Names(workspace), typed, errors)
    return renderer.response("dossiers/ask_partners.html", page, NEVER, 422 if errors else 200)


def _list(renderer: Renderer) -> Callable[..., Response]:
    def situations(request: Request, actor: Follower) -> Response:
        told = "Votre réponse est envoyée." if request.query_params.get("fait") == "oui" else ""
        return _list_page(renderer, request, actor, told)

    return situations


def _answer(renderer: Renderer) -> Callable[..., Response]:
    def answer(request: Request, actor: Follower, form: Sent) -> Response:
        texte, typed, situation_id = form.get("texte"), form.get("offre"), form.get("situation")
        try:
            offer_id = _read_offer(request, typed)
            Situations(workspace_of(request).dossiers).answer(actor, situation_id, texte, offer_id)
        except RefusedAnswers as error:
            return _list_page(renderer, request, actor, "", Refused(situation_id, texte, typed, str(error)))
        return RedirectResponse(f"{urls.SITUATIONS}?fait=oui", 303, _HEADERS)

    return answer


def _list_page(
    renderer: Renderer, request: Request, actor: Actor, told: str, refused: Refused | None = None
) -> Response:
    workspace = workspace_of(request)
    found = Situations(workspace.dossiers).open_to(actor)
    page = build_situations(frame_of(request, actor), found, Names(workspace), told, refused)
    return renderer.response("dossiers/situations.html", page, NEVER, 422 if refused else 200)


def _read_offer(request: Request, typed: str) -> str | None:
    """The id of the offer whose page, or id, was pasted; None for nothing. RefusedAnswers."""
    if not typed:
        return None
    path = unquote(urlsplit(typed).path)
    offer_id = path.partition(f"{site_urls.OFFERS}/")[2] or typed
    found = services_of(request).catalogue.get_offer(offer_id) if may_be_id(offer_id) else None
    if found is None:
        raise RefusedAnswers({"offre": _NO_OFFER})
    return offer_id
