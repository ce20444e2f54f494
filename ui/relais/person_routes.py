"""« Demander cette immersion »: a person asks by themselves, and confirms by a mail before anything leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from indexer.catalogue import StoredOffer
from indexer.errors import RequestError
from indexer.relay.model import MAX_LINE, MAX_TEXT, Asker, ContactBy, NewRequest, Words
from ui import urls as portal
from ui.contexts.facts import Link
from ui.contexts.report import FieldError
from ui.espace.forms import Form, parse_form
from ui.espace.guard import workspace_of
from ui.form_limits import form_limits_of
from ui.relais import urls
from ui.relais.alert_routes import DonePage
from ui.relais.target import build_target, find_offer, kind_of, may_be_asked
from ui.rendering import NEVER, Renderer
from ui.reporting import TRAP
from ui.services import services_of

Typed = Annotated[Form, Depends(parse_form)]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The form; `typed` is what was sent and could not leave."""

    title: str
    description: str
    back: Link
    offer_name: str
    structure_name: str
    action: str
    typed: Form
    errors: tuple[FieldError, ...]
    trap: str = TRAP
    max_line: int = MAX_LINE
    max_text: int = MAX_TEXT


def add_person_routes(router: APIRouter, renderer: Renderer) -> None:
    """Before the links, whose tokens may hold anything."""
    router.add_api_route(urls.NEW_REQUEST, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.NEW_REQUEST, _take(renderer), methods=["POST"])


def _show(renderer: Renderer) -> Callable[[Request], Response]:
    def show(request: Request) -> Response:
        return _page(request, renderer, _find(request), Form(), None)

    return show


def _take(renderer: Renderer) -> Callable[..., Response]:
    def take(request: Request, form: Typed) -> Response:
        workspace, stored = workspace_of(request), _find(request)
        form_limits_of(request).requests.check(request)
        try:
            if not form.get(TRAP):
                workspace.relay.ask(_read(request, stored, form))
        except RequestError as error:
            return _page(request, renderer, stored, form, error)
        return renderer.response("relais/done.html", _asked(stored), NEVER)

    return take


def _find(request: Request) -> StoredOffer:
    """HTTPException 404 for an offer that a person cannot ask for here."""
    services = services_of(request)
    stored = find_offer(services, request.query_params.get("offre", ""))
    if not may_be_asked(services, stored):
        raise HTTPException(404)
    return stored


def _read(request: Request, stored: StoredOffer, form: Form) -> NewRequest:
    name, address = form.get("personne"), form.get("courriel")
    return NewRequest(
        kind=kind_of(stored.offer),
        target=build_target(services_of(request), stored),
        asker=Asker(name, address),
        words=Words(
            person=name,
            contact_by=ContactBy.PERSON,
            person_contact=form.get("telephone") or address,
            availability=form.get("disponibilites"),
            message=form.get("message"),
        ),
        consent=form.get("accord") == "oui",
    )


def _page(
    request: Request, renderer: Renderer, stored: StoredOffer, form: Form, error: RequestError | None
) -> Response:
    target = build_target(services_of(request), stored)
    page = PersonPage(
        title="Demander cette immersion",
        description=f"Chez {target.structure_name}",
        back=Link(target.offer_name, portal.offer(stored.offer.id)),
        offer_name=target.offer_name,
        structure_name=target.structure_name,
        action=urls.new_request(stored.offer.id),
        typed=form,
        errors=() if error is None else (FieldError(error.field or "formulaire", str(error)),),
    )
    return renderer.response("relais/person_form.html", page, NEVER, 200 if error is None else 422)


def _asked(stored: StoredOffer) -> DonePage:
    lines = (
        "Ouvrez vos courriels : un lien y attend votre clic.",
        "Votre demande part après ce clic. Rien ? Regardez dans les indésirables.",
    )
    return DonePage("Encore un clic", lines[0], lines, Link("Retour à l’offre", portal.offer(stored.offer.id)))
