"""The form that orients a person, the list of what was asked, and one request."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts import Actor, Role
from indexer.errors import MailError, RequestError
from ui.espace.forms import Form
from ui.espace.guard import Sent, allow, workspace_of
from ui.espace.navigation import frame_of
from ui.relais import urls
from ui.relais.orientation_form import Asked, Desk, build_page, error_of, list_people, read_request
from ui.relais.orientation_pages import build_list, build_one
from ui.relais.target import build_target, find_offer
from ui.relais.wording import say_moment
from ui.rendering import NEVER, Renderer
from ui.services import services_of

Follower = Annotated[Actor, Depends(allow(Role.REFERENT, Role.COORDINATEUR))]
_GET = ["GET", "HEAD"]


def add_orientation_routes(router: APIRouter, renderer: Renderer) -> None:
    """The form before the requests, whose ids may hold anything."""
    router.add_api_route(urls.NEW_ROUTE, _show_form(renderer), methods=_GET)
    router.add_api_route(urls.NEW_ROUTE, _take_form(renderer), methods=["POST"])
    router.add_api_route(urls.ORIENTATIONS, _show_list(renderer), methods=_GET)
    router.add_api_route(urls.ORIENTATION_ROUTE, _show_one(renderer), methods=_GET)
    router.add_api_route(urls.ORIENTATION_ROUTE, _change_one, methods=["POST"])


def _show_form(renderer: Renderer) -> Callable[[Request, Actor], Response]:
    def show(request: Request, actor: Follower) -> Response:
        return _form(request, renderer, actor, _asked(request), Form())

    return show


def _take_form(renderer: Renderer) -> Callable[..., Response]:
    def take(request: Request, form: Sent, actor: Follower) -> Response:
        workspace, asked = workspace_of(request), _asked(request, form.get("dossier"))
        try:
            request_id = workspace.relay.ask(read_request(workspace, actor, asked, form))
        except (RequestError, MailError) as error:
            return _form(request, renderer, actor, asked, form, error_of(error))
        return RedirectResponse(urls.orientation(request_id, "envoyee"), 303, {"Cache-Control": NEVER})

    return take


def _form(
    request: Request, renderer: Renderer, actor: Actor, asked: Asked, form: Form, error: RequestError | None = None
) -> Response:
    workspace, now = workspace_of(request), _now(request)
    desk = Desk(frame_of(request, actor), actor, list_people(workspace, actor), say_moment(now, now))
    page = build_page(desk, asked, form, error)
    return renderer.response("relais/orientation_form.html", page, NEVER, 200 if error is None else 422)


def _asked(request: Request, dossier_id: str = "") -> Asked:
    services = services_of(request)
    stored = find_offer(services, request.query_params.get("offre", ""))
    named = dossier_id or request.query_params.get("personne", "")
    return Asked(stored.offer, build_target(services, stored), named)


def _show_list(renderer: Renderer) -> Callable[[Request, Actor], Response]:
    def show(request: Request, actor: Follower) -> Response:
        page = build_list(frame_of(request, actor), workspace_of(request).relay.of_actor(actor), _now(request))
        return renderer.response("relais/orientations.html", page, NEVER)

    return show


def _show_one(renderer: Renderer) -> Callable[..., Response]:
    def show(request: Request, request_id: str, actor: Follower) -> Response:
        found = workspace_of(request).relay.get(actor, request_id)
        page = build_one(frame_of(request, actor), found, _now(request), request.query_params.get("fait", ""))
        return renderer.response("relais/orientation.html", page, NEVER)

    return show


def _change_one(request: Request, request_id: str, form: Sent, actor: Follower) -> Response:
    """« Cette date convient », « Retirer la demande »."""
    relay, what = workspace_of(request).relay, form.get("action")
    if what == "convient":
        relay.agree(actor, request_id)
    elif what == "retirer":
        relay.close(actor, request_id)
    else:
        raise HTTPException(422)
    return RedirectResponse(urls.orientation(request_id, what), 303, {"Cache-Control": NEVER})


def _now(request: Request) -> datetime:
    return workspace_of(request).clock()
