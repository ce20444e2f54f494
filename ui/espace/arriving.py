"""From a proven identity to a session: what every way of signing in ends with."""

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from indexer.accounts import User
from indexer.errors import MaillageError
from ui.contexts.report import FieldError
from ui.espace import urls
from ui.espace.cookies import write_token
from ui.espace.guard import token_for, workspace_of
from ui.espace.held import HeldForm, unseal_form
from ui.espace.sign_in_page import field_errors
from ui.rendering import NEVER, Renderer
from ui.session_cookie import read_token

TICKET: Final = "code"
TICKET_SECONDS: Final = 600
"""How long one may look for the telephone."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a person goes next: a local path, or back to what they had typed (`held`, sealed)."""

    then: str = urls.SPACE
    held: str = ""


@dataclass(frozen=True, slots=True)
class CodePage:
    title: str
    description: str
    ticket: str
    then: str
    held: str
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class TakeUpPage:
    """`pairs` are handed on to `action` when the person says so; none when they were another person's."""

    title: str
    description: str
    action: str
    token: str
    pairs: tuple[tuple[str, str], ...]
    is_others: bool
    lost_files: bool


def arrive(request: Request, renderer: Renderer, user: User, arrival: Arrival) -> Response:
    """The code first, for who has a second factor."""
    if user.second_factor:
        ticket = workspace_of(request).sealer.sign(TICKET, user.id)
        return ask_code(renderer, ticket, arrival)
    return enter(request, renderer, user.id, arrival)


def ask_code(
    renderer: Renderer, ticket: str, arrival: Arrival, error: MaillageError | None = None, status: int = 200
) -> Response:
    page = CodePage(
        title="Votre code",
        description="La seconde étape de la connexion.",
        ticket=ticket,
        then=arrival.then,
        held=arrival.held,
        errors=field_errors(error),
    )
    return renderer.response("espace/code.html", page, NEVER, status)


def enter(request: Request, renderer: Renderer, user_id: str, arrival: Arrival) -> Response:
    """A new session, always under a new token."""
    workspace = workspace_of(request)
    token = workspace.accounts.start_session(user_id, replaced=read_token(request))
    held = unseal_form(workspace.sealer, arrival.held)
    if held is None:
        response: Response = RedirectResponse(urls.local_path(arrival.then), 303, {"Cache-Control": NEVER})
    else:
        response = take_up(request, renderer, user_id, held)
    write_token(request, response, token)
    return response


def take_up(request: Request, renderer: Renderer, user_id: str, held: HeldForm) -> Response:
    """What was typed, ready to be sent again. Never by itself: whoever signed in must want it."""
    mine = held.may_go_to(user_id)
    page = TakeUpPage(
        title="Vous êtes connecté",
        description="Reprenez où vous en étiez.",
        action=held.path if mine else urls.SPACE,
        token=token_for(request, user_id),
        pairs=held.pairs if mine else (),
        is_others=not mine,
        lost_files=held.lost_files,
    )
    return renderer.response("espace/take_up.html", page, NEVER)
