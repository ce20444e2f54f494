"""« Ajouter au plan de … »: a choice that follows the professional through the portal's own pages.

A cookie says for whom one chooses; what is chosen is put in the plan at once, so that nothing is lost on the way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from indexer.errors import MaillageError
from indexer.plans.proposals import build_offer_line
from ui import urls as portal
from ui.doors import CHOOSING
from ui.espace.guard import Sent, SignedIn, csrf_token, current_actor, workspace_of
from ui.espace.urls import local_path
from ui.lookups import may_be_id
from ui.plans import urls
from ui.plans.base import go, open_visit
from ui.session_cookie import is_https
from ui.state import SearchState
from ui.wording import say_count

_LIFE: Final = 4 * 3600
"""Seconds: a morning of appointments, not the next day's."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """The bar shown on the portal's pages. `back` is where one comes back to after adding an offer."""

    name: str
    count: str
    held: frozenset[str]
    token: str
    add_url: str
    stop_url: str
    plan_url: str
    back: str


def choosing_of(request: Request, dossier_id: str) -> Choosing | None:
    """The bar of who chooses offers for this person; None for who may not."""
    try:
        return _build(request, dossier_id)
    except MaillageError:  # signed out, no longer shared, deleted: the portal is then everyone's
        return None


def add_search_routes(router: APIRouter) -> None:
    router.add_api_route(urls.SEARCH_ROUTE, _start(), methods=["GET"])
    router.add_api_route(urls.ADD_ROUTE, _put(), methods=["POST"])
    router.add_api_route(urls.STOP_ROUTE, _stop(), methods=["POST"])


def _start() -> Callable[..., Response]:
    def start(request: Request, actor: SignedIn, dossier_id: str) -> Response:
        """The portal's search around the person's home, with the bar."""
        visit = open_visit(request, actor, dossier_id)
        profile = visit.dossier.profil
        state = SearchState()
        if profile is not None and profile.lieu.code_commune is not None:
            state = state.near(profile.lieu.code_commune, "")
        response = go(portal.offers(state))
        secure = is_https(request)
        response.set_cookie(CHOOSING, dossier_id, _LIFE, httponly=True, samesite="lax", secure=secure)
        return response

    return start


def _put() -> Callable[..., Response]:
    def put(request: Request, actor: SignedIn, form: Sent, dossier_id: str) -> Response:
        """Puts an offer of the catalogue at the end of the plan; twice is once."""
        visit = open_visit(request, actor, dossier_id)
        offer_id = form.get("offre")
        stored = visit.workspace.catalogue.get_offer(offer_id) if may_be_id(offer_id) else None
        if stored is not None:
            visit.plans.add(actor, dossier_id, [build_offer_line(stored, None, visit.today)])
        return go(local_path(form.get("retour")))

    return put


def _stop() -> Callable[..., Response]:
    def stop(request: Request, actor: SignedIn, form: Sent, dossier_id: str) -> Response:  # noqa: ARG001  a checked form
        open_visit(request, actor, dossier_id)
        response = go(urls.plan(dossier_id))
        response.delete_cookie(CHOOSING)
        return response

    return stop


def _build(request: Request, dossier_id: str) -> Choosing | None:
    actor = current_actor(request)
    if actor is None or not dossier_id.isascii() or not dossier_id.isprintable():
        return None
    workspace = workspace_of(request)
    dossier = workspace.dossiers.get(actor, dossier_id)
    plan = workspace.plans.of(actor, dossier_id)
    query = f"?{request.url.query}" if request.url.query else ""
    return Choosing(
        name=dossier.nom,
        count=say_count(len(plan.lines), "étape"),
        held=plan.offer_ids,
        token=csrf_token(request),
        add_url=urls.add(dossier_id),
        stop_url=urls.stop(dossier_id),
        plan_url=urls.plan(dossier_id),
        back=quote(request.url.path) + query,
    )
