"""`/espace/personnes/{id}/acces`: sharing, handing over, and who read."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts import Actor
from indexer.dossiers import NotFound, RefusedAnswers
from indexer.dossiers.sharing import Sharing
from indexer.errors import NotFoundError
from ui.dossiers import urls
from ui.dossiers.access_page import LINES, MOST_LINES, Told, build_access
from ui.dossiers.people import Names
from ui.dossiers.reading_forms import read_number
from ui.dossiers.roles import Follower
from ui.espace.forms import Form
from ui.espace.guard import Sent, workspace_of
from ui.espace.navigation import frame_of
from ui.rendering import NEVER, Renderer

_HEADERS = {"Cache-Control": NEVER}
_CHOOSE_PERSON = "Choisissez la personne à qui transmettre le dossier."
_CHOOSE_ORGANISATION = "Choisissez l’organisation avec qui partager le dossier."
_NOT_AGREED = "Demandez d’abord son accord à la personne, puis cochez la case."


def add_access_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.ACCESS_ROUTE, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.ACCESS_ROUTE, _change(renderer), methods=["POST"])


def _show(renderer: Renderer) -> Callable[..., Response]:
    def show(request: Request, dossier_id: str, actor: Follower) -> Response:
        return _page(renderer, request, actor, dossier_id)

    return show


def _change(renderer: Renderer) -> Callable[..., Response]:
    def change(request: Request, dossier_id: str, actor: Follower, form: Sent) -> Response:
        workspace_of(request).dossiers.get_governed(actor, dossier_id)
        try:
            gone = _do(request, actor, dossier_id, form)
        except RefusedAnswers as error:
            return _page(renderer, request, actor, dossier_id, dict(error.errors))
        target = f"{urls.PEOPLE}?fait=transmis" if gone else urls.access(dossier_id)
        return RedirectResponse(target, 303, _HEADERS)

    return change


def _do(request: Request, actor: Actor, dossier_id: str, form: Form) -> bool:
    """Whether the file left the actor's organisation."""
    workspace, action = workspace_of(request), form.get("faire")
    sharing = Sharing(workspace.dossiers)
    if action == "reprendre":
        sharing.revoke(actor, dossier_id, form.get("partage"))
        return False
    if form.get("accord") != "oui":
        raise RefusedAnswers({f"accord-{'partager' if action == 'partager' else 'transmettre'}": _NOT_AGREED})
    if action == "partager":
        if form.get("organisation") not in Names(workspace).organisations:
            raise RefusedAnswers({"organisation": _CHOOSE_ORGANISATION})
        sharing.share(actor, dossier_id, form.get("organisation"), read_number(form.get("jours")))
        return False
    if action != "transmettre":
        raise NotFound
    try:
        to = workspace.accounts.get_user(form.get("referent"))
    except NotFoundError as error:
        raise RefusedAnswers({"referent": _CHOOSE_PERSON}) from error
    keep = form.get("garder") == "oui"
    sharing.hand_over(actor, dossier_id, to, keep_access=keep)
    return to.organisation_id != actor.organisation_id and not keep


def _page(
    renderer: Renderer, request: Request, actor: Actor, dossier_id: str, errors: dict[str, str] | None = None
) -> Response:
    workspace = workspace_of(request)
    dossier = workspace.dossiers.get(actor, dossier_id)
    shares = Sharing(workspace.dossiers).of(actor, dossier_id)
    most = MOST_LINES if request.query_params.get("tout") == "oui" else LINES
    told = Told(dossier, shares, workspace.accounts.accesses(dossier_id, most + 1), most)
    page = build_access(frame_of(request, actor), actor, told, Names(workspace), errors)
    return renderer.response("dossiers/access.html", page, NEVER, 422 if errors else 200)
