"""A password forgotten or first chosen: by a link, which serves once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts.letters import Letters
from indexer.accounts.passwords import SHORTEST
from indexer.errors import AccountError, MaillageError, TooManyAttemptsError
from ui.contexts.report import FieldError
from ui.espace import urls
from ui.espace.forms import Form, parse_form
from ui.espace.guard import workspace_of
from ui.espace.sign_in_page import field_errors
from ui.espace.sign_in_routes import status_of
from ui.rendering import NEVER, Renderer
from ui.services import sender_of

Posted = Annotated[Form, Depends(parse_form)]


@dataclass(frozen=True, slots=True)
class ForgottenPage:
    """`sent`: the request was taken; nothing says whether an account was found."""

    title: str
    description: str
    email: str
    sent: bool
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class PasswordPage:
    title: str
    description: str
    email: str
    action: str
    shortest: int
    errors: tuple[FieldError, ...]


def letters_of(request: Request) -> Letters:
    workspace = workspace_of(request)
    return Letters(workspace.accounts, workspace.outbox)


def add_password_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.FORGOTTEN, _show_forgotten(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.FORGOTTEN, _take_forgotten(renderer), methods=["POST"])
    router.add_api_route(urls.PASSWORD_ROUTE, _show_choice(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.PASSWORD_ROUTE, _take_choice(renderer), methods=["POST"])


def _show_forgotten(renderer: Renderer) -> Callable[[], Response]:
    def show() -> Response:
        return renderer.response("espace/forgotten.html", _forgotten(), NEVER)

    return show


def _take_forgotten(renderer: Renderer) -> Callable[[Request, Form], Response]:
    def take(request: Request, form: Posted) -> Response:
        email = form.get("courriel")[:254]
        try:
            letters_of(request).ask_reset(email, sender_of(request))
        except TooManyAttemptsError as error:
            return renderer.response("espace/forgotten.html", _forgotten(email, error), NEVER, status_of(error))
        return renderer.response("espace/forgotten.html", _forgotten(email, sent=True), NEVER)

    return take


def _show_choice(renderer: Renderer) -> Callable[[Request, str], Response]:
    def show(request: Request, token: str) -> Response:
        user = workspace_of(request).accounts.user_of_link(token)
        return renderer.response("espace/password.html", _choice(user.email, token), NEVER)

    return show


def _take_choice(renderer: Renderer) -> Callable[[Request, str, Form], Response]:
    def take(request: Request, token: str, form: Posted) -> Response:
        accounts = workspace_of(request).accounts
        user = accounts.user_of_link(token)
        try:
            accounts.choose_password(token, form.raw("mot_de_passe"))
        except AccountError as error:
            return renderer.response("espace/password.html", _choice(user.email, token, error), NEVER, 422)
        if not user.invited:
            letters_of(request).tell_change(user.id, "Votre mot de passe a changé.")
        return RedirectResponse(f"{urls.SIGN_IN}?fait=mot-de-passe", 303, {"Cache-Control": NEVER})

    return take


def _forgotten(email: str = "", error: MaillageError | None = None, sent: bool = False) -> ForgottenPage:
    title = "Regardez vos courriels" if sent else "Mot de passe oublié"
    return ForgottenPage(title, "Demander un nouveau mot de passe.", email, sent, field_errors(error))


def _choice(email: str, token: str, error: MaillageError | None = None) -> PasswordPage:
    title, action = "Choisir mon mot de passe", urls.password(token)
    return PasswordPage(title, "Le mot de passe de votre compte.", email, action, SHORTEST, field_errors(error))
