"""`/mon-plan/…`: the page that a person opens by their own link, without an account.

The token in the address is the only right; a form from another site is refused all the same.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from indexer.geocode.clocks import MAINLAND
from indexer.plans.errors import LineGone, PlanError, StaleLine
from indexer.plans.lost_offers import find_lost_offers
from indexer.plans.person import PersonPlans
from indexer.workspace import Workspace
from ui.espace.forms import Form, parse_form
from ui.espace.guard import workspace_of
from ui.plans import urls
from ui.plans.base import go
from ui.plans.dates import build_dates
from ui.plans.fields import read_opinion, read_state, read_version
from ui.plans.offer_facts import read_facts
from ui.plans.person import Answer, build_own_page
from ui.plans.sheet_routes import calendar_response
from ui.rendering import NEVER, Renderer

_CHANGED: Final = "Cette étape a changé entre-temps. Relisez-la, puis répondez de nouveau."


async def read_own_form(request: Request) -> Form:
    """What the page's forms send: no file, whoever knows the link. HTTPException 403 from another site, 413, 422."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(422)
    return await parse_form(request)


OwnForm = Annotated[Form, Depends(read_own_form)]


def add_person_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.PERSON_ROUTE, _own(renderer), methods=["GET", "HEAD"], response_class=HTMLResponse)
    router.add_api_route(urls.PERSON_ROUTE, _answer(renderer), methods=["POST"], response_class=HTMLResponse)
    router.add_api_route(urls.PERSON_DATES_ROUTE, _dates(), methods=["GET", "HEAD"])


def _own(renderer: Renderer) -> Callable[..., Response]:
    def own(request: Request, token: str) -> Response:
        return _show(renderer, workspace_of(request), token)

    return own


def _show(renderer: Renderer, workspace: Workspace, token: str, answer: Answer | None = None) -> Response:
    plan, today = workspace.plans.person.open(token), _today(workspace)
    facts = read_facts(plan, workspace.catalogue, today)
    lost = find_lost_offers(plan, workspace.catalogue, today)
    page = build_own_page(token, plan, facts, lost, today, answer)
    response = renderer.response("plans/own.html", page, NEVER, 200 if answer is None else 409)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(renderer: Renderer) -> Callable[..., Response]:
    def answer(request: Request, token: str, form: OwnForm) -> Response:
        workspace, line_id = workspace_of(request), form.get("ligne")
        try:
            _take(workspace.plans.person, token, line_id, form)
        except (StaleLine, LineGone):
            return _show(renderer, workspace, token, Answer(line_id, _CHANGED, form.get("mots")))
        except PlanError as error:
            return _show(renderer, workspace, token, Answer(line_id, str(error), form.get("mots") or form.get("titre")))
        return go(urls.person(token) + (f"#etape-{line_id}" if line_id.isascii() else ""))

    return answer


def _take(person: PersonPlans, token: str, line_id: str, form: Form) -> None:
    """One form of the page, told apart by the button that sent it."""
    action, words = form.get("action"), form.get("mots")
    if action == "proposer":
        person.propose(token, form.get("titre"), words)
    elif action == "commentaire":
        person.comment(token, line_id, read_version(form), words)
    elif action == "avis":
        person.say_how_it_was(token, line_id, read_version(form), read_opinion(form.get("avis")), words)
    else:
        person.set_state(token, line_id, read_version(form), read_state(action), words)


def _dates() -> Callable[..., Response]:
    def dates(request: Request, token: str) -> Response:
        return calendar_response(build_dates(workspace_of(request).plans.person.open(token)))

    return dates


def _today(workspace: Workspace) -> date:
    return workspace.clock().astimezone(MAINLAND).date()
