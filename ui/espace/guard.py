"""Who may come in. Every route of the workspace depends on `signed_in` or on `allow(…)`; a test tries them all.

A request that changes something must come from a page of ours: not from another site (what browsers say of it), and
with the token that the page gave to this user. `signed_in` checks it, so that no route can forget to.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Final

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from indexer.accounts import Actor, Role
from indexer.accounts.sessions import LONGEST
from indexer.errors import ExpiredLinkError
from indexer.workspace import Workspace
from ui.errors import AnswerError
from ui.espace import urls
from ui.espace.forms import TOKEN, Form, parse_form
from ui.espace.held import HeldForm, seal_form
from ui.espace.sign_in_page import build_sign_in
from ui.rendering import NEVER, Renderer
from ui.services import services_of
from ui.session_cookie import read_token

_READING: Final = ("GET", "HEAD")
_PURPOSE: Final = "formulaire"


def workspace_of(request: Request) -> Workspace:
    """WorkspaceError, told by a page, when it is closed."""
    return services_of(request).workspace


def current_actor(request: Request) -> Actor | None:
    """Who is signed in; None for nobody. Reads the database once a request."""
    if not hasattr(request.state, "actor"):
        token = read_token(request)
        request.state.actor = None if token is None else workspace_of(request).accounts.actor_of(token)
    actor: Actor | None = request.state.actor
    return actor


async def signed_in(request: Request) -> Actor:
    """A dependency. Nobody is sent to sign in, and comes back to what they wanted, what they typed included."""
    actor = await run_in_threadpool(current_actor, request)
    if actor is None:
        raise AnswerError(await _ask_to_sign_in(request))
    if request.method not in _READING:
        await _check_token(request, actor)
    return actor


def allow(*roles: Role) -> Callable[[Request], Awaitable[Actor]]:
    """A dependency: the same, for these roles only. To others the page does not exist."""
    return _allow(lambda actor: actor.role in roles, roles)


def allow_moderators() -> Callable[[Request], Awaitable[Actor]]:
    """A dependency: the same, for those who moderate by role, and for référents who were given the right."""
    return _allow(lambda actor: actor.may_moderate, (Role.COORDINATEUR, Role.ADMINISTRATEUR))


def _allow(may: Callable[[Actor], bool], roles: tuple[Role, ...]) -> Callable[[Request], Awaitable[Actor]]:
    """`roles` are those that come in without any right of their own: a test tries each route as each role."""

    async def check(request: Request) -> Actor:
        actor = await signed_in(request)
        if not may(actor):
            raise HTTPException(404)
        return actor

    check.guards = roles  # type: ignore[attr-defined]
    return check


def csrf_token(request: Request) -> str:
    """What the forms of a page bear, for the user who is signed in (HTTPException 403 without one)."""
    actor = current_actor(request)
    if actor is None:
        raise HTTPException(403)
    return token_for(request, actor.user_id)


def token_for(request: Request, user_id: str) -> str:
    """The same for a user who just signed in."""
    return workspace_of(request).sealer.sign(_PURPOSE, user_id)


async def read_form(request: Request) -> Form:
    """A dependency: what was sent, once its sender is known. 403 from another site, 413, 422."""
    await signed_in(request)
    return await parse_form(request)


SignedIn = Annotated[Actor, Depends(signed_in)]
Sent = Annotated[Form, Depends(read_form)]


async def _check_token(request: Request, actor: Actor) -> None:
    """The token is the user's, not the session's: after signing in again in another tab, this one goes on."""
    form = await parse_form(request)
    sealer = workspace_of(request).sealer
    try:
        given = sealer.read_signed(_PURPOSE, form.get(TOKEN), int(LONGEST.total_seconds()))
    except ExpiredLinkError:
        raise HTTPException(403) from None
    if given != actor.user_id:
        raise HTTPException(403)


async def _ask_to_sign_in(request: Request) -> Response:
    if request.method in _READING:
        query = f"?{request.url.query}" if request.url.query else ""
        target = urls.sign_in(urls.local_path(request.url.path + query))
        if request.headers.get("hx-request") == "true":
            return Response(status_code=204, headers={"HX-Redirect": target, "Cache-Control": NEVER})
        return RedirectResponse(target, 303, {"Cache-Control": NEVER})
    form = await parse_form(request)
    return await run_in_threadpool(_hold, request, form)


def _hold(request: Request, form: Form) -> Response:
    """The page that asks to sign in, holding what was typed."""
    workspace, token = workspace_of(request), read_token(request)
    owner = None if token is None else workspace.accounts.whose_session(token)
    held = HeldForm(urls.local_path(request.url.path), form.typed(), owner, bool(form.files))
    renderer: Renderer = request.app.state.renderer
    page = build_sign_in(services_of(request), held=seal_form(workspace.sealer, held))
    return renderer.response("espace/sign_in.html", page, NEVER, 401)
