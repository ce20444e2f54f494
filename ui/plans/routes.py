"""Routes of the plan of a person, for those who accompany them."""

from collections.abc import Callable

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from indexer.errors import EncoderError, EngineError
from indexer.plans.errors import LineGone, PlanError, StaleLine
from indexer.plans.model import Fields, Line
from indexer.plans.proposals import Proposals, build_basis
from ui.espace.forms import Form
from ui.espace.guard import Sent, SignedIn
from ui.plans import urls
from ui.plans.base import Visit, go, open_visit
from ui.plans.conflict import build_conflict_page
from ui.plans.fields import read_choices, read_line, read_version
from ui.plans.follow_routes import add_follow_routes
from ui.plans.history_page import build_history_page
from ui.plans.lines import Refused
from ui.plans.link_routes import add_link_routes
from ui.plans.others_routes import add_other_offers_routes
from ui.plans.person_routes import add_person_routes
from ui.plans.plan_page import build_plan_page
from ui.plans.proposals_page import build_proposals_page
from ui.plans.proposed import build_proposed, read_chosen
from ui.plans.search_routes import add_search_routes
from ui.plans.sheet_routes import add_sheet_routes
from ui.rendering import NEVER, Renderer
from ui.site import Site

READING = ["GET", "HEAD"]

log = structlog.get_logger(__name__)


def add_plan_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    """All the pages of plans: for professionals, and the one of their own person."""
    _add(router, urls.PLAN_ROUTE, _plan(renderer), READING)
    _add(router, urls.PROPOSALS_ROUTE, _proposals(renderer), READING)
    _add(router, urls.PROPOSALS_ROUTE, _choose(), ["POST"])
    _add(router, urls.HISTORY_ROUTE, _history(renderer), READING)
    _add(router, urls.LINES_ROUTE, _add_free_line(renderer), ["POST"])
    _add(router, urls.LINE_ROUTE, _change(renderer), ["POST"])
    _add(router, urls.MOVE_ROUTE, _move(), ["POST"])
    _add(router, urls.REMOVE_ROUTE, _remove(renderer), ["POST"])
    add_other_offers_routes(router, renderer)
    add_search_routes(router)
    add_sheet_routes(router, renderer)
    add_link_routes(router, renderer, site)
    add_follow_routes(router, renderer)
    add_person_routes(router, renderer)


def _add(router: APIRouter, path: str, endpoint: Callable[..., Response], methods: list[str]) -> None:
    router.add_api_route(path, endpoint, methods=methods, response_class=HTMLResponse)


def _plan(renderer: Renderer) -> Callable[..., Response]:
    def plan(request: Request, actor: SignedIn, dossier_id: str) -> Response:
        return _show(renderer, open_visit(request, actor, dossier_id))

    return plan


def _show(
    renderer: Renderer, visit: Visit, *, error: str = "", free_title: str = "", refused: Refused | None = None
) -> Response:
    """An empty plan shows what could be put in it."""
    proposals, closed = (None, False) if visit.plan.lines else _try_proposals(visit)
    page = build_plan_page(
        visit.frame,
        visit.dossier,
        visit.plan,
        visit.noticed(),
        visit.today,
        proposed=None if proposals is None else build_proposed(proposals, visit.today),
        error=error,
        free_title=free_title,
        refused=refused,
        search_closed=closed,
    )
    return renderer.response("plans/plan.html", page, NEVER, 422 if error or refused is not None else 200)


def _try_proposals(visit: Visit) -> tuple[Proposals | None, bool]:
    """With True when offers cannot be searched now: the page is worth showing, steps in words can be written."""
    try:
        return visit.proposals(), False
    except (EngineError, EncoderError) as error:
        log.warning("propositions-indisponibles", erreur=type(error).__name__, message=str(error))
        return None, True


def _proposals(renderer: Renderer) -> Callable[..., Response]:
    def proposals(request: Request, actor: SignedIn, dossier_id: str) -> Response:
        """Says that the professional looked, once what is new was told."""
        visit = open_visit(request, actor, dossier_id)
        found = visit.proposals()
        page = build_proposals_page(visit.frame, visit.dossier, found, visit.noticed().turning, visit.today)
        if found is not None and request.method == "GET":
            visit.plans.look(actor, dossier_id)
        return renderer.response("plans/proposals.html", page, NEVER)

    return proposals


def _choose() -> Callable[..., Response]:
    def choose(request: Request, actor: SignedIn, form: Sent, dossier_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id)
        profile = visit.dossier.profil
        lines = read_chosen(form.all("choix"), visit.workspace.catalogue.get_offers, visit.today)
        visit.plans.add(actor, dossier_id, lines, None if profile is None else build_basis(profile))
        if visit.plans.last_look(actor, dossier_id) is None:
            visit.plans.look(actor, dossier_id)
        return go(urls.plan(dossier_id))

    return choose


def _history(renderer: Renderer) -> Callable[..., Response]:
    def history(request: Request, actor: SignedIn, dossier_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id)
        changes = visit.plans.history(actor, dossier_id)
        page = build_history_page(visit.frame, visit.dossier, changes, visit.today)
        return renderer.response("plans/history.html", page, NEVER)

    return history


def _add_free_line(renderer: Renderer) -> Callable[..., Response]:
    def add_free_line(request: Request, actor: SignedIn, form: Sent, dossier_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id)
        try:
            [line] = visit.plans.add(actor, dossier_id, [read_line(form, Fields(titre=""))])
        except PlanError as error:
            return _show(renderer, visit, error=str(error), free_title=form.get("titre"))
        return go(urls.at_line(dossier_id, line.id))

    return add_free_line


def _change(renderer: Renderer) -> Callable[..., Response]:
    def change(request: Request, actor: SignedIn, form: Sent, dossier_id: str, line_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id, line_id)
        try:
            _write(visit, line_id, read_choices(form))
        except StaleLine as stale:
            return _show_conflict(renderer, visit, stale)
        except LineGone as gone:
            told = f"{gone} Vous pouvez l’ajouter de nouveau."
            return _show(renderer, visit, error=told, free_title=form.get("titre"))
        except PlanError as error:
            return _show(renderer, visit, refused=Refused(line_id, str(error), dict(form.typed())))
        return go(urls.at_line(dossier_id, line_id))

    return change


def _write(visit: Visit, line_id: str, form: Form) -> Line:
    """What the form does not show stays as it was in the version that was read."""
    version = read_version(form)
    read = visit.plans.fields_at(visit.actor, visit.dossier_id, line_id, version)
    return visit.plans.change(visit.actor, visit.dossier_id, line_id, version, read_line(form, read))


def _show_conflict(renderer: Renderer, visit: Visit, stale: StaleLine) -> Response:
    page = build_conflict_page(visit, stale)
    return renderer.response("plans/conflict.html", page, NEVER, 409)


def _move() -> Callable[..., Response]:
    def move(request: Request, actor: SignedIn, form: Sent, dossier_id: str, line_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id, line_id)
        visit.plans.move(actor, dossier_id, line_id, -1 if form.get("sens") == "haut" else 1)
        return go(urls.at_line(dossier_id, line_id))

    return move


def _remove(renderer: Renderer) -> Callable[..., Response]:
    def remove(request: Request, actor: SignedIn, form: Sent, dossier_id: str, line_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id, line_id)
        try:
            visit.plans.remove(actor, dossier_id, line_id, read_version(form))
        except StaleLine as stale:
            return _show_conflict(renderer, visit, stale)
        return go(urls.plan(dossier_id))

    return remove
