"""`/espace/personnes/{id}/situation`: the questionnaire, saved by its button and, as one types, by itself."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from indexer.accounts import Actor
from indexer.dossiers import RefusedAnswers
from indexer.dossiers.checking import check_answers
from indexer.dossiers.saving import read_changes, save_answers, with_name
from indexer.dossiers.store import Dossiers
from ui.dossiers import urls
from ui.dossiers.full_names import find_name_warning
from ui.dossiers.labels import say_value
from ui.dossiers.people import Names
from ui.dossiers.reading_forms import find_place_error, read_answers, read_number
from ui.dossiers.roles import Follower
from ui.dossiers.situation_page import Outcome, build_clashes, build_situation
from ui.dossiers.texts_read import SaidThings, read_texts
from ui.espace.forms import Form
from ui.espace.guard import Sent, workspace_of
from ui.espace.navigation import frame_of
from ui.rendering import NEVER, Renderer
from ui.services import services_of

_JSON = "application/json"
_HEADERS = {"Cache-Control": NEVER}
_SAVED = "Enregistré."


def add_situation_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.SITUATION_ROUTE, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.SITUATION_ROUTE, _save(renderer), methods=["POST"])
    router.add_api_route(urls.READING_ROUTE, _read, methods=["POST"])


def _show(renderer: Renderer) -> Callable[..., Response]:
    def show(request: Request, dossier_id: str, actor: Follower) -> Response:
        dossier = workspace_of(request).dossiers.get(actor, dossier_id)
        said = _said(request, dossier.answers) if request.query_params.get("lire") == "oui" else None
        told = _SAVED if request.query_params.get("fait") == "oui" else ""
        page = build_situation(frame_of(request, actor), Outcome(dossier), str, said=said, told=told)
        return renderer.response("dossiers/situation.html", page, NEVER)

    return show


def _save(renderer: Renderer) -> Callable[..., Response]:
    def save(request: Request, dossier_id: str, actor: Follower, form: Sent) -> Response:
        files, version = workspace_of(request).dossiers, read_number(form.get("version"))
        outcome = save_form(files, actor, dossier_id, version, form)
        who = _who_changed(request, files, dossier_id, version)
        if _JSON in request.headers.get("accept", ""):
            return JSONResponse(_told(outcome, form, who), 422 if outcome.errors else 200, _HEADERS)
        said = _said(request, outcome.dossier.answers) if "lire" in form else None
        if outcome.errors or outcome.conflicts or said is not None:
            page = build_situation(frame_of(request, actor), outcome, who, said=said, told=_SAVED)
            status = 422 if outcome.errors else 409 if outcome.conflicts else 200
            return renderer.response("dossiers/situation.html", page, NEVER, status)
        return RedirectResponse(f"{urls.situation(dossier_id)}?fait=oui", 303, _HEADERS)

    return save


def _read(request: Request, dossier_id: str, actor: Follower, form: Sent) -> Response:
    """What the texts of the page say, kept nowhere."""
    workspace_of(request).dossiers.get(actor, dossier_id)
    return JSONResponse(_said(request, read_answers(form)).as_json(), 200, _HEADERS)


def save_form(files: Dossiers, actor: Actor, dossier_id: str, version: int, form: Form) -> Outcome:
    """Keeps all that can be: one wrong field does not hold back the others. NotFound."""
    sent, errors = read_answers(form), {}
    try:
        check_answers(sent)
    except RefusedAnswers as error:
        errors = dict(error.errors)
    noticed = find_name_warning(form)
    if noticed is not None and files.get(actor, dossier_id).nom != sent.get("nom"):
        errors.setdefault("nom", noticed)
    typed = {name: sent[name] for name in errors}
    saved = save_answers(files, actor, dossier_id, version, {k: v for k, v in sent.items() if k not in errors})
    place = find_place_error(form)
    errors |= {} if place is None else {"lieu": place}
    return Outcome(saved.dossier, saved.conflicts, errors, typed, None if place is None else form.get("lieu"))


def _said(request: Request, answers: Mapping[str, str]) -> SaidThings:
    return read_texts(services_of(request).search, answers)


def _who_changed(request: Request, files: Dossiers, dossier_id: str, version: int) -> Callable[[str], str]:
    """The name of whoever last changed a field since a version."""
    names = Names(workspace_of(request))

    def who(field: str) -> str:
        with files.database.reading() as connection:
            changes = read_changes(files, connection, dossier_id, version)
        return next((names.user(change.author_id) for change in changes if change.field == field), "Quelqu’un")

    return who


def _told(outcome: Outcome, form: Form, who: Callable[[str], str]) -> dict[str, Any]:
    """For the script of the page: `champs` are values that others changed meanwhile and that this page shows old."""
    now, clashing = with_name(outcome.dossier), {one.field for one in outcome.conflicts}
    shown = read_answers(form)
    others = {name: now.get(name, "") for name, value in shown.items() if value != now.get(name, "")}
    clashes = build_clashes(outcome.conflicts, who)
    raw = {one.field: one for one in outcome.conflicts}
    return {
        "version": outcome.dossier.version,
        "champs": {name: value for name, value in others.items() if name not in clashing | set(outcome.errors)},
        "lieu": say_value("code_commune", now["code_commune"])
        if "code_commune" in others and now.get("code_commune")
        else "",
        "conflits": [
            {
                "champ": c.field,
                "label": c.label,
                "qui": c.who,
                "leur": c.theirs,
                "mien": c.mine,
                "valeur_leur": raw[c.field].theirs,
                "valeur_mien": raw[c.field].mine,
            }
            for c in clashes
        ],
        "erreurs": dict(outcome.errors),
    }
