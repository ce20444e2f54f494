"""« Mon équipe »: who has an account in one's organisation; for an administrator, in all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts import Accounts, Actor, Organisation, Role, User
from indexer.accounts.model import ROLE_LABELS
from indexer.accounts.team import check_manages, may_manage, roles_given_by
from indexer.accounts.users import NewUser
from indexer.errors import AccountError, MaillageError
from ui.contexts.report import FieldError
from ui.espace import urls
from ui.espace.forms import Form
from ui.espace.guard import Sent, allow, workspace_of
from ui.espace.navigation import Frame, frame_of
from ui.espace.password_routes import letters_of
from ui.espace.sign_in_page import field_errors
from ui.rendering import NEVER, Renderer

Keeper = Annotated[Actor, Depends(allow(Role.COORDINATEUR, Role.ADMINISTRATEUR))]
Administrator = Annotated[Actor, Depends(allow(Role.ADMINISTRATEUR))]


@dataclass(frozen=True, slots=True)
class Member:
    """`state` in words; `action` where what may be done is sent, None when nothing may.

    `moderates` is None for who has no such right to be given: other roles moderate by themselves.
    """

    name: str
    email: str
    role: str
    organisation: str
    state: str
    disabled: bool
    invited: bool
    moderates: bool | None
    action: str | None


@dataclass(frozen=True, slots=True)
class TeamPage:
    """`organisations` are those that the actor may invite to; `all_of_them`, for an administrator."""

    espace: Frame
    title: str
    description: str
    members: tuple[Member, ...]
    roles: tuple[tuple[str, str], ...]
    organisations: tuple[Organisation, ...]
    all_of_them: bool
    told: str
    errors: tuple[FieldError, ...]
    typed: Form
    action: str = urls.TEAM
    organisations_url: str = urls.ORGANISATIONS


_TOLD = {
    "invitation": "L’invitation est partie par courriel.",
    "fermeture": "Le compte est fermé. Ce qu’il a écrit reste.",
    "ouverture": "Le compte est ouvert de nouveau.",
    "organisation": "L’organisation est ajoutée.",
    "moderation": "Le droit de modérer est donné : « Publications » apparaît dans son espace.",
    "fin-moderation": "Le droit de modérer est retiré.",
}


_CHANGES: Final[dict[str, tuple[Callable[[Accounts, str], None], str]]] = {
    "fermer": (lambda accounts, user_id: accounts.disable_user(user_id), "fermeture"),
    "ouvrir": (lambda accounts, user_id: accounts.disable_user(user_id, False), "ouverture"),
    "moderer": (lambda accounts, user_id: accounts.let_moderate(user_id, True), "moderation"),
    "ne-plus-moderer": (lambda accounts, user_id: accounts.let_moderate(user_id, False), "fin-moderation"),
}
"""What a button of a member sends: the change, and how the page then says it."""


def add_team_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.TEAM, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.TEAM, _invite(renderer), methods=["POST"])
    router.add_api_route(urls.TEAM_MEMBER_ROUTE, _change(renderer), methods=["POST"])
    router.add_api_route(urls.ORGANISATIONS, _add_organisation(renderer), methods=["POST"])


def _show(renderer: Renderer) -> Callable[[Request, Actor], Response]:
    def show(request: Request, actor: Keeper) -> Response:
        return _team(request, renderer, actor, told=_TOLD.get(request.query_params.get("fait", ""), ""))

    return show


def _invite(renderer: Renderer) -> Callable[..., Response]:
    def invite(request: Request, form: Sent, actor: Keeper) -> Response:
        try:
            letters_of(request).invite(_read_new_user(actor, form), actor)
        except AccountError as error:
            return _team(request, renderer, actor, error=error, typed=form)
        return _done("invitation")

    return invite


def _change(renderer: Renderer) -> Callable[..., Response]:
    def change(request: Request, user_id: str, form: Sent, actor: Keeper) -> Response:
        accounts = workspace_of(request).accounts
        what = form.get("action")
        try:
            check_manages(actor, accounts.get_user(user_id))
            if what == "inviter":
                letters_of(request).invite_again(user_id, actor)
                return _done("invitation")
        except AccountError as error:
            return _team(request, renderer, actor, error=error)
        if what not in _CHANGES:
            raise HTTPException(422)
        change, done = _CHANGES[what]
        try:
            change(accounts, user_id)
        except AccountError as error:
            return _team(request, renderer, actor, error=error)
        return _done(done)

    return change


def _add_organisation(renderer: Renderer) -> Callable[..., Response]:
    def add(request: Request, form: Sent, actor: Administrator) -> Response:
        try:
            workspace_of(request).accounts.add_organisation(form.get("nom_organisation"), form.get("siret"))
        except AccountError as error:
            told = AccountError(str(error), "nom_organisation" if error.field == "nom" else error.field)
            return _team(request, renderer, actor, error=told, typed=form)
        return _done("organisation")

    return add


def _done(what: str) -> Response:
    return RedirectResponse(f"{urls.TEAM}?fait={what}", 303, {"Cache-Control": NEVER})


def _read_new_user(actor: Actor, form: Form) -> NewUser:
    """AccountError for a role that the actor cannot give. Only an administrator invites to another organisation."""
    role = next((role for role in roles_given_by(actor) if role == form.get("role")), None)
    if role is None:
        raise AccountError("Choisissez un rôle dans la liste.", "role")
    own = actor.role is not Role.ADMINISTRATEUR
    return NewUser(
        form.get("courriel"), form.get("nom"), role, actor.organisation_id if own else form.get("organisation")
    )


def _team(
    request: Request,
    renderer: Renderer,
    actor: Actor,
    *,
    told: str = "",
    error: MaillageError | None = None,
    typed: Form | None = None,
) -> Response:
    accounts, everywhere = workspace_of(request).accounts, actor.role is Role.ADMINISTRATEUR
    users = accounts.users(None if everywhere else actor.organisation_id)
    page = TeamPage(
        espace=frame_of(request, actor),
        title="Les comptes" if everywhere else "Mon équipe",
        description="Qui peut entrer dans l’espace de travail.",
        members=tuple(_member(actor, user) for user in users),
        roles=tuple((role.value, ROLE_LABELS[role]) for role in roles_given_by(actor)),
        organisations=tuple(accounts.organisations()) if everywhere else (),
        all_of_them=everywhere,
        told=told,
        errors=field_errors(error),
        typed=typed or Form(),
    )
    return renderer.response("espace/team.html", page, NEVER, 200 if error is None else 422)


def _member(actor: Actor, user: User) -> Member:
    return Member(
        name=user.name,
        email=user.email,
        role=_role(user),
        organisation=user.organisation_name,
        state=_state(user),
        disabled=user.disabled,
        invited=user.invited,
        moderates=user.moderates if user.role is Role.REFERENT else None,
        action=urls.team_member(user.id) if may_manage(actor, user) else None,
    )


def _role(user: User) -> str:
    label = ROLE_LABELS[user.role]
    return f"{label}, modère les publications" if user.moderates else label


def _state(user: User) -> str:
    if user.disabled:
        return "Compte fermé"
    if user.last_sign_in_at is None:
        return "Invité, pas encore venu"
    return f"Venu le {user.last_sign_in_at:%d/%m/%Y}"
