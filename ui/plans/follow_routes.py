"""Routes of the follow-up of a person."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from indexer.plans.errors import PlanError
from indexer.plans.meetings import build_meeting
from ui.espace.forms import Form
from ui.espace.guard import Sent, SignedIn
from ui.plans import urls
from ui.plans.base import Visit, go, open_visit
from ui.plans.fields import read_moment
from ui.plans.follow import Followed, build_follow_page
from ui.rendering import NEVER, Renderer


def add_follow_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.FOLLOW_ROUTE, _follow(renderer), methods=["GET", "HEAD"], response_class=HTMLResponse)
    router.add_api_route(urls.MEETINGS_ROUTE, _add_meeting(renderer), methods=["POST"], response_class=HTMLResponse)
    router.add_api_route(urls.MEETING_ROUTE, _settle_meeting(renderer), methods=["POST"], response_class=HTMLResponse)
    router.add_api_route(urls.JOB_ROUTE, _found_job(renderer), methods=["POST"], response_class=HTMLResponse)


def _follow(renderer: Renderer) -> Callable[..., Response]:
    def follow(request: Request, actor: SignedIn, dossier_id: str) -> Response:
        return _show(renderer, open_visit(request, actor, dossier_id))

    return follow


def _show(renderer: Renderer, visit: Visit, error: str = "", typed: str = "") -> Response:
    plans, dossier_id = visit.plans, visit.dossier_id
    followed = Followed(
        plan=visit.plan,
        changes=plans.history(visit.actor, dossier_id),
        noticed=visit.noticed(),
        looked=plans.last_look(visit.actor, dossier_id),
    )
    page = build_follow_page(visit.frame, visit.dossier, followed, visit.now, error, typed)
    return renderer.response("plans/follow.html", page, NEVER, 422 if error else 200)


def _add_meeting(renderer: Renderer) -> Callable[..., Response]:
    def add_meeting(request: Request, actor: SignedIn, form: Sent, dossier_id: str) -> Response:
        """An appointment to come; with what was said today, a review as well: one form at the end of a talk."""
        visit = open_visit(request, actor, dossier_id)
        try:
            _write_meetings(visit, form)
        except PlanError as error:
            return _show(renderer, visit, str(error), form.get("note"))
        return go(urls.follow(dossier_id))

    return add_meeting


def _write_meetings(visit: Visit, form: Form) -> None:
    note, day = form.get("note"), form.get("jour")
    if not note and not day:
        raise PlanError("Écrivez ce qui a été dit, ou le jour du prochain rendez-vous.")
    written = [build_meeting("point", visit.now, "Point d’étape", note)] if note else []
    if day:
        at = read_moment(day, form.get("heure"), "Prochain rendez-vous")
        written.append(build_meeting("rendez-vous", at, form.get("objet"), lieu=form.get("lieu")))
    for meeting in written:
        visit.plans.add_meeting(visit.actor, visit.dossier_id, meeting)


def _settle_meeting(renderer: Renderer) -> Callable[..., Response]:
    def settle(request: Request, actor: SignedIn, form: Sent, dossier_id: str, meeting_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id, meeting_id)
        try:
            if form.get("action") == "retirer":
                visit.plans.drop_meeting(actor, dossier_id, meeting_id)
            else:
                visit.plans.finish_meeting(actor, dossier_id, meeting_id, form.get("note"))
        except PlanError as error:
            return _show(renderer, visit, str(error))
        return go(urls.follow(dossier_id))

    return settle


def _found_job(renderer: Renderer) -> Callable[..., Response]:
    def found_job(request: Request, actor: SignedIn, form: Sent, dossier_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id)
        try:
            visit.plans.found_job(actor, dossier_id, read_moment(form.get("depuis"), "", "Début de l’emploi"))
        except PlanError as error:
            return _show(renderer, visit, str(error))
        return go(urls.follow(dossier_id))

    return found_job
