"""One file: its page, the link of the person and what they answered, closing it, taking it away, deleting it."""

from collections.abc import Callable

import orjson
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts import Actor
from indexer.dossiers import Statut
from indexer.dossiers.export import export_file
from indexer.dossiers.prefills import Prefills
from ui.dossiers import urls
from ui.dossiers.export_page import build_export
from ui.dossiers.file_page import Seen, build_file, build_proposals
from ui.dossiers.people import Names
from ui.dossiers.reading_forms import read_number
from ui.dossiers.roles import Follower
from ui.dossiers.situation_page import Outcome, build_situation
from ui.espace.guard import Sent, workspace_of
from ui.espace.navigation import frame_of
from ui.rendering import NEVER, Renderer
from ui.site import Site
from ui.take_away import whole_address

_HEADERS = {"Cache-Control": NEVER}
_TOLD = {
    "lien": "Le lien est fermé.",
    "clos": "Le dossier est clos.",
    "ouvert": "Le dossier est rouvert.",
    "repris": "Les réponses choisies sont dans le dossier.",
}


def add_file_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.DOSSIER_ROUTE, _file(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.LINK_ROUTE, _make_link(renderer, site), methods=["POST"])
    router.add_api_route(urls.PROPOSALS_ROUTE, _proposals(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.PROPOSALS_ROUTE, _settle(renderer), methods=["POST"])
    router.add_api_route(urls.EXPORT_ROUTE, _export(renderer), methods=["GET"])
    router.add_api_route(urls.STATUS_ROUTE, _set_status, methods=["POST"])
    router.add_api_route(urls.DELETE_ROUTE, _confirm_delete(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.DELETE_ROUTE, _delete(renderer), methods=["POST"])


def _file(renderer: Renderer) -> Callable[..., Response]:
    def file(request: Request, dossier_id: str, actor: Follower) -> Response:
        told = _TOLD.get(request.query_params.get("fait", ""), "")
        return _show(renderer, request, actor, dossier_id, told=told)

    return file


def _make_link(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def make_link(request: Request, dossier_id: str, actor: Follower, form: Sent) -> Response:
        """The link is shown in this answer only: nothing here can show it again."""
        prefills = Prefills(workspace_of(request).dossiers)
        if form.get("fermer"):
            prefills.revoke(actor, dossier_id)
            return RedirectResponse(f"{urls.dossier(dossier_id)}?fait=lien", 303, _HEADERS)
        token = prefills.make(actor, dossier_id)
        return _show(renderer, request, actor, dossier_id, link=whole_address(request, site, urls.answer(token)))

    return make_link


def _show(
    renderer: Renderer, request: Request, actor: Actor, dossier_id: str, *, link: str = "", told: str = ""
) -> Response:
    workspace = workspace_of(request)
    files = workspace.dossiers
    dossier = files.get(actor, dossier_id)
    prefills = tuple(Prefills(files).of(actor, dossier_id))
    owned = dossier.organisation_id == actor.organisation_id
    seen = Seen(dossier, prefills, owned, files.clock(), link, told)
    page = build_file(frame_of(request, actor), seen, Names(workspace))
    return renderer.response("dossiers/file.html", page, NEVER)


def _proposals(renderer: Renderer) -> Callable[..., Response]:
    def proposals(request: Request, dossier_id: str, actor: Follower) -> Response:
        files = workspace_of(request).dossiers
        dossier = files.get(actor, dossier_id)
        answered = next((one for one in Prefills(files).of(actor, dossier_id) if one.answered_at), None)
        if answered is None:
            raise HTTPException(404)
        page = build_proposals(frame_of(request, actor), dossier, answered)
        return renderer.response("dossiers/proposals.html", page, NEVER)

    return proposals


def _settle(renderer: Renderer) -> Callable[..., Response]:
    def settle(request: Request, dossier_id: str, actor: Follower, form: Sent) -> Response:
        version, key, files = read_number(form.get("version")), form.get("cle"), workspace_of(request).dossiers
        saved = Prefills(files).settle(actor, dossier_id, key, form.all("reprendre"), version)
        if not saved.conflicts:
            return RedirectResponse(f"{urls.dossier(dossier_id)}?fait=repris", 303, _HEADERS)
        outcome = Outcome(saved.dossier, saved.conflicts)
        page = build_situation(frame_of(request, actor), outcome, lambda _: "Quelqu’un")
        return renderer.response("dossiers/situation.html", page, NEVER, 409)

    return settle


def _export(renderer: Renderer) -> Callable[..., Response]:
    def export(request: Request, dossier_id: str, actor: Follower) -> Response:
        """The file as JSON to keep, or as a page to read and print."""
        workspace = workspace_of(request)
        exported = export_file(workspace.dossiers, actor, dossier_id)
        if request.query_params.get("format") == "json":
            named = {"Content-Disposition": f'attachment; filename="dossier-{dossier_id}.json"'}
            told = orjson.dumps(exported, option=orjson.OPT_INDENT_2)
            return Response(told, media_type="application/json", headers=_HEADERS | named)
        dossier = workspace.dossiers.get(actor, dossier_id)
        page = build_export(frame_of(request, actor), dossier, exported, Names(workspace))
        return renderer.response("dossiers/export.html", page, NEVER)

    return export


def _set_status(request: Request, dossier_id: str, actor: Follower, form: Sent) -> Response:
    closing = form.get("statut") == Statut.CLOS
    workspace_of(request).dossiers.set_statut(actor, dossier_id, Statut.CLOS if closing else Statut.ACTIF)
    done = "clos" if closing else "ouvert"
    return RedirectResponse(f"{urls.dossier(dossier_id)}?fait={done}", 303, _HEADERS)


def _confirm_delete(renderer: Renderer) -> Callable[..., Response]:
    def confirm(request: Request, dossier_id: str, actor: Follower) -> Response:
        return _ask_to_delete(renderer, request, actor, dossier_id, 200)

    return confirm


def _delete(renderer: Renderer) -> Callable[..., Response]:
    def delete(request: Request, dossier_id: str, actor: Follower, form: Sent) -> Response:
        if form.get("sur") != "oui":
            return _ask_to_delete(renderer, request, actor, dossier_id, 422)
        workspace_of(request).dossiers.delete(actor, dossier_id)
        return RedirectResponse(f"{urls.PEOPLE}?fait=efface", 303, _HEADERS)

    return delete


def _ask_to_delete(renderer: Renderer, request: Request, actor: Actor, dossier_id: str, status: int) -> Response:
    files = workspace_of(request).dossiers
    seen = Seen(files.get_governed(actor, dossier_id), (), True, files.clock())
    page = build_file(frame_of(request, actor), seen, Names(workspace_of(request)))
    return renderer.response("dossiers/delete.html", page, NEVER, status)
