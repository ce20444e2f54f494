"""« M'avertir des nouvelles offres »: ask, confirm, stop; and those that a user saved."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from indexer.accounts import Actor
from indexer.alerts.model import AlertState, SavedSearch
from indexer.dossiers.errors import NotFound
from indexer.errors import MailError, RequestError
from indexer.geocode.communes import load_communes
from ui import urls as portal
from ui.contexts.facts import Link
from ui.contexts.report import FieldError
from ui.espace.forms import Form, parse_form
from ui.espace.guard import SignedIn, csrf_token, current_actor, signed_in, workspace_of
from ui.espace.navigation import Frame, frame_of
from ui.form_limits import form_limits_of
from ui.params import read_search
from ui.relais import urls
from ui.relais.orientation_form import list_people
from ui.rendering import NEVER, Renderer
from ui.reporting import TRAP
from ui.state import SearchState

Typed = Annotated[Form, Depends(parse_form)]
_ONE_CLICK = ("List-Unsubscribe", "One-Click")  # RFC 8058


@dataclass(frozen=True, slots=True)
class NewAlertPage:
    """`token` is a signed-in user's, to whom the address is not asked; `people` are the files to save it for."""

    title: str
    description: str
    back: Link
    search: str
    action: str
    address: str
    token: str
    people: tuple[tuple[str, str], ...]
    errors: tuple[FieldError, ...]
    trap: str = TRAP


@dataclass(frozen=True, slots=True)
class AlertPage:
    """`confirm`: nothing is sent before the click."""

    title: str
    description: str
    search: str
    offers_url: str
    action: str
    confirm: bool


@dataclass(frozen=True, slots=True)
class DonePage:
    title: str
    description: str
    lines: tuple[str, ...]
    link: Link


@dataclass(frozen=True, slots=True)
class OwnLine:
    label: str
    person: str
    offers_url: str
    stop_url: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    espace: Frame
    title: str
    description: str
    lines: tuple[OwnLine, ...]
    offers_url: str = portal.OFFERS


def add_alert_routes(router: APIRouter, renderer: Renderer) -> None:
    """The form before the links, whose tokens may hold anything."""
    router.add_api_route(urls.NEW_ALERT, _show_form(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.NEW_ALERT, _take_form(renderer), methods=["POST"])
    router.add_api_route(urls.ALERT_ROUTE, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.ALERT_ROUTE, _change(renderer), methods=["POST"])
    router.add_api_route(urls.OWN_ALERTS, _own(renderer), methods=["GET", "HEAD"])


def _show_form(renderer: Renderer) -> Callable[[Request], Response]:
    def show(request: Request) -> Response:
        return _form(request, renderer, Form(), None)

    return show


def _take_form(renderer: Renderer) -> Callable[..., Response]:
    async def sender(request: Request) -> Actor | None:
        """A signed-in user's form bears the token of their page; anybody else's only comes from our site."""
        known = await run_in_threadpool(current_actor, request)
        return None if known is None else await signed_in(request)

    def take(request: Request, form: Typed, actor: Annotated[Actor | None, Depends(sender)]) -> Response:
        workspace, search = workspace_of(request), _saved(_state(request))
        try:
            if actor is not None:
                _save(request, actor, search, form.get("dossier") or None)
                return RedirectResponse(urls.OWN_ALERTS, 303, {"Cache-Control": NEVER})
            form_limits_of(request).alerts.check(request)
            if not form.get(TRAP):
                workspace.alerts.ask(form.get("courriel"), search)
        except (MailError, RequestError) as error:
            return _form(request, renderer, form, error)
        return renderer.response("relais/done.html", _asked(search), NEVER)

    return take


def _save(request: Request, actor: Actor, search: SavedSearch, dossier_id: str | None) -> None:
    workspace = workspace_of(request)
    if dossier_id is not None:
        try:
            workspace.dossiers.get(actor, dossier_id)
        except NotFound as error:
            raise RequestError("Choisissez une personne de la liste.", "dossier") from error
    address = workspace.accounts.get_user(actor.user_id).email
    workspace.alerts.save(actor, address, search, dossier_id)


def _form(request: Request, renderer: Renderer, form: Form, error: MailError | RequestError | None) -> Response:
    state, actor = _state(request), current_actor(request)
    search = _saved(state)
    page = NewAlertPage(
        title="M’avertir des nouvelles offres",
        description="Un courriel par semaine, quand il y a du nouveau.",
        back=Link("Retour aux offres", search.path),
        search=search.label,
        action=urls.new_alert(search.path.partition("?")[2]),
        address=form.get("courriel"),
        token="" if actor is None else csrf_token(request),
        people=() if actor is None or not actor.follows_people else list_people(workspace_of(request), actor),
        errors=() if error is None else (FieldError(getattr(error, "field", None) or "courriel", str(error)),),
    )
    return renderer.response("relais/new_alert.html", page, NEVER, 200 if error is None else 422)


def _show(renderer: Renderer) -> Callable[[Request, str], Response]:
    def show(request: Request, token: str) -> Response:
        alert = workspace_of(request).alerts.read(token)
        confirm = alert.state is AlertState.TO_CONFIRM
        page = AlertPage(
            title="Confirmer votre alerte" if confirm else "Votre alerte",
            description="Un courriel par semaine, quand il y a du nouveau.",
            search=alert.search.label,
            offers_url=alert.search.path,
            action=urls.alert(token),
            confirm=confirm,
        )
        return renderer.response("relais/alert.html", page, NEVER)

    return show


def _change(renderer: Renderer) -> Callable[..., Response]:
    def change(request: Request, token: str, form: Typed) -> Response:
        alerts, what = workspace_of(request).alerts, form.get("action")
        if what == "confirmer":
            search = alerts.confirm(token).search
            lines = (
                f"Vous serez averti des nouvelles offres pour « {search.label} ».",
                "Un courriel par semaine au plus.",
            )
            page = DonePage("Votre alerte est prête", lines[0], lines, Link("Voir les offres", search.path))
            return renderer.response("relais/done.html", page, NEVER)
        if what != "arreter" and form.get(_ONE_CLICK[0]) != _ONE_CLICK[1]:
            raise HTTPException(422)
        alerts.stop(token)
        told = ("Vous ne recevrez plus ces courriels.", "Rien n’est gardé de votre adresse pour cette alerte.")
        return renderer.response(
            "relais/done.html", DonePage("Alerte arrêtée", told[0], told, Link("Les offres", portal.OFFERS)), NEVER
        )

    return change


def _own(renderer: Renderer) -> Callable[[Request, Actor], Response]:
    def own(request: Request, actor: SignedIn) -> Response:
        workspace = workspace_of(request)
        names = dict(list_people(workspace, actor)) if actor.follows_people else {}
        lines = tuple(
            OwnLine(
                alert.search.label, names.get(alert.dossier_id or "", ""), alert.search.path, urls.alert(alert.token)
            )
            for alert in workspace.alerts.of_user(actor)
        )
        page = OwnPage(frame_of(request, actor), "Mes alertes", "Vos recherches suivies.", lines)
        return renderer.response("relais/own_alerts.html", page, NEVER)

    return own


def _state(request: Request) -> SearchState:
    """The search of a results page, without its page and its dates: those of a day do not last."""
    state = read_search(request.query_params, load_communes()).state
    return replace(state.without_dates(), tri="pertinence", page=1)


def _saved(state: SearchState) -> SavedSearch:
    where = state.lieu or ("autour de moi" if state.has_place else "")
    return SavedSearch(
        state.request(),
        ", ".join(part for part in (state.q, where) if part) or "toutes les offres",
        portal.offers(state),
    )


def _asked(search: SavedSearch) -> DonePage:
    lines = (
        "Ouvrez vos courriels : un lien y attend votre clic.",
        "Sans ce clic, aucun autre courriel ne viendra. Rien ? Regardez dans les indésirables.",
    )
    return DonePage("Encore un clic", lines[0], lines, Link("Retour aux offres", search.path))
