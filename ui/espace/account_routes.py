"""« Mon compte »: who one is here, the password, the second factor."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from indexer.accounts import Actor, User
from indexer.accounts.passwords import SHORTEST
from indexer.errors import AccountError, MaillageError, SealError, TooManyAttemptsError
from ui.contexts.report import FieldError
from ui.espace import urls
from ui.espace.guard import Sent, SignedIn, workspace_of
from ui.espace.navigation import Frame, frame_of
from ui.espace.password_routes import letters_of
from ui.espace.sign_in_page import field_errors
from ui.espace.sign_in_routes import status_of
from ui.qr_code import draw_qr_code
from ui.rendering import NEVER, Renderer
from ui.session_cookie import read_token
from ui.site import Site


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`told` is what was just done."""

    espace: Frame
    title: str
    description: str
    user: User
    role: str
    shortest: int
    told: str
    errors: tuple[FieldError, ...]
    password_url: str = urls.OWN_PASSWORD
    second_factor_url: str = urls.SECOND_FACTOR
    second_factor_end_url: str = urls.SECOND_FACTOR_END


@dataclass(frozen=True, slots=True)
class SecondFactorPage:
    """`sealed` is the secret on offer, which is kept only once a code of it was typed; `qr` a drawing."""

    espace: Frame
    title: str
    description: str
    secret: str
    sealed: str
    qr: Markup | None
    errors: tuple[FieldError, ...]
    action: str = urls.SECOND_FACTOR


@dataclass(frozen=True, slots=True)
class CodesPage:
    espace: Frame
    title: str
    description: str
    codes: tuple[str, ...]
    back: str = urls.ACCOUNT


_TOLD = {
    "mot-de-passe": "Votre mot de passe a changé. Vos autres appareils sont déconnectés.",
    "sans-code": "La double vérification est arrêtée.",
}


def add_account_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.ACCOUNT, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.OWN_PASSWORD, _change_password(renderer), methods=["POST"])
    router.add_api_route(urls.SECOND_FACTOR, _offer(renderer, site), methods=["GET", "HEAD"])
    router.add_api_route(urls.SECOND_FACTOR, _enable(renderer, site), methods=["POST"])
    router.add_api_route(urls.SECOND_FACTOR_END, _disable(renderer), methods=["POST"])


def _show(renderer: Renderer) -> Callable[[Request, Actor], Response]:
    def show(request: Request, actor: SignedIn) -> Response:
        told = _TOLD.get(request.query_params.get("fait", ""), "")
        return _account(request, renderer, actor, told=told)

    return show


def _account(
    request: Request, renderer: Renderer, actor: Actor, *, told: str = "", error: MaillageError | None = None
) -> Response:
    page = AccountPage(
        espace=frame_of(request, actor),
        title="Mon compte",
        description="Votre compte dans l’espace de travail.",
        user=workspace_of(request).accounts.get_user(actor.user_id),
        role=actor.role_label,
        shortest=SHORTEST,
        told=told,
        errors=field_errors(error),
    )
    status = status_of(error) if isinstance(error, AccountError | TooManyAttemptsError) else 200
    return renderer.response("espace/account.html", page, NEVER, status)


def _change_password(renderer: Renderer) -> Callable[..., Response]:
    def change(request: Request, actor: SignedIn, form: Sent) -> Response:
        old, new = form.raw("ancien"), form.raw("mot_de_passe")
        try:
            workspace_of(request).accounts.change_password(actor.user_id, old, new, read_token(request))
        except (AccountError, TooManyAttemptsError) as error:
            return _account(request, renderer, actor, error=error)
        letters_of(request).tell_change(actor.user_id, "Votre mot de passe a changé.")
        return RedirectResponse(f"{urls.ACCOUNT}?fait=mot-de-passe", 303, {"Cache-Control": NEVER})

    return change


def _offer(renderer: Renderer, site: Site) -> Callable[[Request, Actor], Response]:
    def offer(request: Request, actor: SignedIn) -> Response:
        return _enrolment(request, renderer, site, actor, workspace_of(request).accounts.new_secret())

    return offer


def _enrolment(
    request: Request, renderer: Renderer, site: Site, actor: Actor, secret: str, error: MaillageError | None = None
) -> Response:
    workspace = workspace_of(request)
    email = workspace.accounts.get_user(actor.user_id).email
    enrolment = workspace.accounts.enrolment_of(secret, email, site.territory.nom)
    page = SecondFactorPage(
        espace=frame_of(request, actor),
        title="La double vérification",
        description="Un code de votre téléphone, en plus du mot de passe.",
        secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        sealed=workspace.sealer.seal(secret),
        qr=draw_qr_code(enrolment.uri),
        errors=field_errors(error),
    )
    status = 200 if error is None else 422
    return renderer.response("espace/second_factor.html", page, NEVER, status)


def _enable(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def enable(request: Request, actor: SignedIn, form: Sent) -> Response:
        workspace = workspace_of(request)
        try:
            secret = workspace.sealer.unseal(form.get("cle"))
        except SealError:
            return RedirectResponse(urls.SECOND_FACTOR, 303, {"Cache-Control": NEVER})
        try:
            codes = workspace.accounts.enable_second_factor(actor.user_id, secret, form.get("code"))
        except AccountError as error:
            return _enrolment(request, renderer, site, actor, secret, error)
        letters_of(request).tell_change(actor.user_id, "La double vérification est en place sur votre compte.")
        title, about = "Vos codes de secours", "Ce qui remplace le téléphone perdu."
        page = CodesPage(frame_of(request, actor), title, about, codes)
        return renderer.response("espace/codes.html", page, NEVER)

    return enable


def _disable(renderer: Renderer) -> Callable[..., Response]:
    def disable(request: Request, actor: SignedIn, form: Sent) -> Response:
        accounts = workspace_of(request).accounts
        try:
            accounts.confirm_password(actor.user_id, form.raw("mot_de_passe_actuel"), "mot_de_passe_actuel")
        except (AccountError, TooManyAttemptsError) as error:
            return _account(request, renderer, actor, error=error)
        accounts.disable_second_factor(actor.user_id)
        letters_of(request).tell_change(actor.user_id, "La double vérification est arrêtée sur votre compte.")
        return RedirectResponse(f"{urls.ACCOUNT}?fait=sans-code", 303, {"Cache-Control": NEVER})

    return disable
