"""Signing in and out."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.errors import AccountError, ExpiredLinkError, TooManyAttemptsError
from ui.espace import urls
from ui.espace.arriving import TICKET, TICKET_SECONDS, Arrival, arrive, ask_code, enter, take_up
from ui.espace.cookies import erase_token
from ui.espace.demonstration import demonstration_accounts
from ui.espace.forms import Form, parse_form
from ui.espace.guard import SignedIn, current_actor, workspace_of
from ui.espace.held import FIELD, unseal_form
from ui.espace.known_provider import read_proof
from ui.espace.sign_in_page import build_sign_in
from ui.rendering import NEVER, Renderer
from ui.services import sender_of, services_of
from ui.session_cookie import read_token

Posted = Annotated[Form, Depends(parse_form)]
"""A form of someone who is not signed in: from our own site all the same."""

_TOLD = {
    "mot-de-passe": "Votre mot de passe est enregistré. Connectez-vous.",
    "sortie": "Vous êtes déconnecté.",
}


def add_sign_in_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.SIGN_IN, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.SIGN_IN, _take(renderer), methods=["POST"])
    router.add_api_route(urls.CODE, _take_code(renderer), methods=["POST"])
    router.add_api_route(urls.TAKE_UP, _take_up(renderer), methods=["POST"])
    router.add_api_route(urls.SIGN_OUT, _sign_out, methods=["POST"])


def status_of(error: AccountError | TooManyAttemptsError) -> int:
    return 429 if isinstance(error, TooManyAttemptsError) else 422


def arrival_of(form: Form) -> Arrival:
    return Arrival(urls.local_path(form.get("suite")), form.get(FIELD))


def _show(renderer: Renderer) -> Callable[[Request], Response]:
    def show(request: Request) -> Response:
        then = urls.local_path(request.query_params.get("suite"))
        if current_actor(request) is not None:
            return RedirectResponse(then, 303, {"Cache-Control": NEVER})
        told = _TOLD.get(request.query_params.get("fait", ""), "")
        shown = demonstration_accounts(workspace_of(request))
        page = build_sign_in(services_of(request), then=then, told=told, demonstration=shown)
        return renderer.response("espace/sign_in.html", page, NEVER)

    return show


def _take(renderer: Renderer) -> Callable[[Request, Form], Response]:
    def take(request: Request, form: Posted) -> Response:
        arrival, email = arrival_of(form), form.get("courriel")
        try:
            user = workspace_of(request).accounts.check_sign_in(email, form.raw("mot_de_passe"), sender_of(request))
        except (AccountError, TooManyAttemptsError) as error:
            page = build_sign_in(
                services_of(request), then=arrival.then, held=arrival.held, email=email[:254], error=error
            )
            return renderer.response("espace/sign_in.html", page, NEVER, status_of(error))
        return arrive(request, renderer, user, arrival)

    return take


def _take_code(renderer: Renderer) -> Callable[[Request, Form], Response]:
    def take(request: Request, form: Posted) -> Response:
        workspace, arrival, ticket = workspace_of(request), arrival_of(form), form.get("billet")
        try:
            user_id = workspace.sealer.read_signed(TICKET, ticket, TICKET_SECONDS)
        except ExpiredLinkError:
            too_late = AccountError("Vous avez mis plus de dix minutes. Recommencez.", "courriel")
            page = build_sign_in(services_of(request), then=arrival.then, held=arrival.held, error=too_late)
            return renderer.response("espace/sign_in.html", page, NEVER, 422)
        try:
            workspace.accounts.check_code(user_id, form.get("code"))
        except (AccountError, TooManyAttemptsError) as error:
            return ask_code(renderer, ticket, arrival, error, status_of(error))
        return enter(request, renderer, user_id, arrival)

    return take


def _take_up(renderer: Renderer) -> Callable[[Request, Form], Response]:
    """For who signed in elsewhere: in another tab, by the provider of identity."""

    def take(request: Request, form: Posted) -> Response:
        held, actor = unseal_form(workspace_of(request).sealer, form.get(FIELD)), current_actor(request)
        if held is None:
            raise HTTPException(422)
        if actor is None:
            page = build_sign_in(services_of(request), held=form.get(FIELD))
            return renderer.response("espace/sign_in.html", page, NEVER, 401)
        return take_up(request, renderer, actor.user_id, held)

    return take


def _sign_out(request: Request, _actor: SignedIn) -> Response:
    token = read_token(request)
    if token is not None:
        workspace_of(request).accounts.end_session(token)
    then = urls.SIGNED_OUT if read_proof(request) is None else urls.LEAVE
    response = RedirectResponse(then, 303, {"Cache-Control": NEVER})
    response.headers["Clear-Site-Data"] = '"cache"'
    erase_token(request, response)
    return response
