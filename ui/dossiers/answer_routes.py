"""`/mes-reponses/{jeton}`: a person answers without an account; `/plan/garder`: they keep their answers by a code."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from indexer.dossiers import RefusedAnswers
from indexer.dossiers.kept_answers import LIVES, KeptAnswers
from indexer.dossiers.prefills import Prefills
from indexer.dossiers.profile import read_profile_answers
from ui.contexts.plan_form import build_plan_form
from ui.dossiers import urls
from ui.dossiers.answer_page import ASKED, build_answer
from ui.dossiers.days import say_day_of
from ui.dossiers.reading_forms import find_place_error, read_answers
from ui.espace.forms import Form, parse_form
from ui.espace.guard import workspace_of
from ui.form_limits import form_limits_of
from ui.plan_form import SentPlan
from ui.plan_routes import read_sent_plan
from ui.rendering import NEVER, Renderer

_PLAN_FIELDS = {"note": "texte", "metier1": "metier", "age": "age", "code_commune": "lieu"}
"""The fields of `/plan`, by ours."""

_HEADERS = {"Cache-Control": NEVER}
Posted = Annotated[Form, Depends(parse_form)]


@dataclass(frozen=True, slots=True)
class CodePage:
    title: str
    description: str
    code: str
    until: str


def add_answer_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.ANSWER_ROUTE, _ask(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.ANSWER_ROUTE, _take(renderer), methods=["POST"])
    router.add_api_route(urls.KEEP, _keep(renderer), methods=["POST"])


def _ask(renderer: Renderer) -> Callable[..., Response]:
    def ask(request: Request, token: str) -> Response:
        answers = Prefills(workspace_of(request).dossiers).read(token)
        page = build_answer(token, answers, told=request.query_params.get("fait") == "oui")
        return renderer.response("dossiers/answer.html", page, NEVER)

    return ask


def _take(renderer: Renderer) -> Callable[..., Response]:
    def take(request: Request, token: str, form: Posted) -> Response:
        sent, place, errors = read_answers(form, ASKED), find_place_error(form), {}
        try:
            Prefills(workspace_of(request).dossiers).answer(token, sent)
        except RefusedAnswers as error:
            errors = dict(error.errors)
        errors |= {} if place is None else {"lieu": place}
        if not errors:
            return RedirectResponse(f"{urls.answer(token)}?fait=oui", 303, _HEADERS)
        page = build_answer(token, sent, lieu=None if place is None else form.get("lieu"), errors=errors)
        return renderer.response("dossiers/answer.html", page, NEVER, 422)

    return take


def _keep(renderer: Renderer) -> Callable[..., Response]:
    def keep(request: Request, sent: Annotated[SentPlan, Depends(read_sent_plan)]) -> Response:
        """The code is shown in this answer only."""
        if sent.profile is None:
            return renderer.response("plan_form.html", build_plan_form(sent), NEVER, 422)
        workspace = workspace_of(request)
        form_limits_of(request).answers.check(request)
        try:
            code = KeptAnswers(workspace.dossiers).keep(read_profile_answers(sent.profile))
        except RefusedAnswers as error:
            told = {_PLAN_FIELDS.get(name, "texte"): text for name, text in error.errors.items()}
            return renderer.response("plan_form.html", build_plan_form(replace(sent, errors=told)), NEVER, 422)
        until = say_day_of(workspace.dossiers.clock() + LIVES)
        page = CodePage("Vos réponses sont gardées", "Un code à donner à la personne qui vous accompagne.", code, until)
        return renderer.response("dossiers/code.html", page, NEVER)

    return keep
