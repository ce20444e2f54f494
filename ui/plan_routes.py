"""`/plan`: a form, then the plan. Sent by POST: no address holds what a person says, and nothing is kept."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from indexer.geocode.communes import load_communes
from ui import urls
from ui.contexts.plan import build_plan_page
from ui.contexts.plan_form import build_plan_form
from ui.places import commune_label
from ui.plan_form import MAX_BODY, SentPlan, parse_plan
from ui.posted import read_body
from ui.rendering import NEVER, Renderer
from ui.services import services_of
from ui.site import Site


def add_plan_page(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.PLAN, _form(renderer, site), methods=["GET", "HEAD"], response_class=HTMLResponse)
    router.add_api_route(urls.PLAN, _plan(renderer), methods=["POST"], response_class=HTMLResponse)


async def read_sent_plan(request: Request) -> SentPlan:
    """What the form sent."""
    return parse_plan(await read_body(request, MAX_BODY), load_communes())


def _form(renderer: Renderer, site: Site) -> Callable[[Request], Response]:
    def form(request: Request) -> Response:  # noqa: ARG001 — a route's
        home = load_communes().resolve(site.territory.code_commune)
        known = SentPlan() if home is None else SentPlan(lieu=commune_label(home), code_commune=home.code)
        return renderer.response("plan_form.html", build_plan_form(known), NEVER)

    return form


def _plan(renderer: Renderer) -> Callable[..., Response]:
    def plan(request: Request, sent: Annotated[SentPlan, Depends(read_sent_plan)]) -> Response:
        if sent.profile is None:
            return renderer.response("plan_form.html", build_plan_form(sent), NEVER, 422)
        services = services_of(request)
        page = build_plan_page(services.matcher.match(sent.profile), sent, services.search.today())
        return renderer.response("plan.html", page, NEVER)

    return plan
