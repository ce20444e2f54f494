"""`/espace/personnes` and « Nouvelle personne »."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts import Actor
from indexer.dossiers import NewDossier, RefusedAnswers, Statut
from indexer.dossiers.kept_answers import KeptAnswers
from indexer.dossiers.model import Consent
from indexer.dossiers.start import FIELD, read_pasted
from indexer.errors import ExpiredLinkError, TooManyAttemptsError
from indexer.matching.diagnostic_usager.by_words import words_reader
from ui.dossiers import urls
from ui.dossiers.full_names import find_name_warning
from ui.dossiers.people import Names
from ui.dossiers.people_pages import MAX_PASTED, Around, build_new, build_people
from ui.dossiers.roles import Follower
from ui.espace.forms import Form
from ui.espace.guard import Sent, workspace_of
from ui.espace.navigation import frame_of
from ui.plans.people_follow import FILTER, PeopleFollow, read_choice
from ui.rendering import NEVER, Renderer
from ui.services import services_of
from ui.site import Site

_CONSENT_MISSING = "Demandez d’abord son accord à la personne, puis cochez une case. Sans accord, rien n’est gardé."
_TOLD = {"efface": "Le dossier est effacé, avec son plan et ses liens.", "transmis": "Le dossier est transmis."}


def add_people_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.PEOPLE, _list(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.NEW, _new(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.NEW, _create(renderer, site), methods=["POST"])


def _list(renderer: Renderer) -> Callable[..., Response]:
    def people(request: Request, actor: Follower) -> Response:
        workspace = workspace_of(request)
        closed = request.query_params.get("clos") == "oui"
        files = list(workspace.dossiers.iter_for(actor, Statut.CLOS if closed else Statut.ACTIF))
        followed = {} if closed else workspace.plans.followed(one.id for one in files)
        choice = read_choice(request.query_params.get(FILTER, ""))
        follow = PeopleFollow(followed, workspace.dossiers.clock(), choice)
        names = Names(workspace)
        around = Around(
            actor.user_id, actor.organisation_id, names.user, names.organisation, workspace.dossiers.clock()
        )
        told = _TOLD.get(request.query_params.get("fait", ""), "")
        page = build_people(frame_of(request, actor), files, around, follow, closed=closed, told=told)
        return renderer.response("dossiers/people.html", page, NEVER)

    return people


def _new(renderer: Renderer) -> Callable[..., Response]:
    def new(request: Request, actor: Follower) -> Response:
        return renderer.response("dossiers/new.html", build_new(frame_of(request, actor), Form()), NEVER)

    return new


def _create(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def create(request: Request, actor: Follower, form: Sent) -> Response:
        errors = {} if form.get("accord") in tuple(Consent) else {"accord": _CONSENT_MISSING}
        noticed = find_name_warning(form)
        errors |= {} if noticed is None else {"nom": noticed}
        answers: dict[str, str] = {}
        try:
            answers = _start(request, actor, form, site)
        except RefusedAnswers as error:
            errors |= error.errors
        except (ExpiredLinkError, TooManyAttemptsError) as error:
            errors["code"] = str(error)
        if not errors:
            new = NewDossier(form.get("nom"), Consent(form.get("accord")), answers)
            try:
                made = workspace_of(request).dossiers.create(actor, new)
            except RefusedAnswers as error:
                errors = {name if name == "nom" else FIELD: text for name, text in error.errors.items()}
            else:
                ask = "?lire=oui" if answers else ""
                return RedirectResponse(urls.situation(made.id) + ask, 303, {"Cache-Control": NEVER})
        page = build_new(frame_of(request, actor), form, errors, asks_to_keep=noticed is not None)
        return renderer.response("dossiers/new.html", page, NEVER, 422)

    return create


def _start(request: Request, actor: Actor, form: Form, site: Site) -> dict[str, str]:
    """The answers that the person brings: by a code, then by what is pasted, which counts more."""
    answers: dict[str, str] = {}
    if form.get("code"):
        answers = KeptAnswers(workspace_of(request).dossiers).read(actor, form.get("code"))
    pasted = form.get("colle")
    if len(pasted) > MAX_PASTED:
        raise RefusedAnswers({FIELD: f"Ce texte est trop long : {MAX_PASTED} caractères au plus."})
    read_words = words_reader(services_of(request).search.understander)
    return answers | read_pasted(pasted, site.territory.code_commune, read_words)
