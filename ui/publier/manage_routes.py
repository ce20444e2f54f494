"""`/ma-publication/{jeton}`: what a publisher does afterwards, each in one click."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.publish.contacts import Contacts
from indexer.publish.errors import PublicationError
from indexer.publish.managing import Managing
from indexer.publish.publication import Publication
from indexer.publish.states import State
from ui import urls as portal_urls
from ui.publier import urls
from ui.publier.forms import Fields, first, read_fields
from ui.publier.pages import build_manage_page, say_session_row
from ui.publier.preview import build_preview
from ui.publier.step_routes import publications_of
from ui.publier.telling import telling
from ui.rendering import NEVER, Renderer
from ui.services import services_of

Sent = Annotated[Fields, Depends(read_fields)]

TOLD: Final = {
    "confirmee": "Merci, votre adresse est confirmée. Une personne du territoire relit votre publication.",
    "en-ligne": "Votre publication est en ligne.",
    "envoyee": "Votre modification est envoyée. Ce qui est en ligne ne change pas d’ici là.",
    "pause": "Votre publication n’est plus montrée. Un clic la remet en ligne.",
    "reprise": "Votre publication est de nouveau en ligne.",
    "fermeture": "Votre publication est retirée.",
    "actualite": "Merci : nous ne vous le redemanderons pas avant six mois.",
    "places": "Le nombre de places est à jour.",
    "contact": "Un courriel vient de partir à cette adresse, pour qu’elle confirme.",
    "contact-retire": "Ce contact est retiré.",
    "adresse": "Deux courriels viennent de partir : l’ancienne et la nouvelle adresse doivent confirmer.",
}


def add_manage_routes(router: APIRouter, renderer: Renderer) -> None:
    told = telling(renderer)
    router.add_api_route(urls.MANAGE_ROUTE, told(_show(renderer)), methods=["GET", "HEAD"])
    router.add_api_route(urls.MANAGE_ROUTE, told(_act(renderer)), methods=["POST"])


def _show(renderer: Renderer) -> Callable[..., Response]:
    def show(request: Request, jeton: str) -> Response:
        told = TOLD.get(request.query_params.get("fait", ""), "")
        return _page(request, renderer, jeton, told=told)

    return show


def _act(renderer: Renderer) -> Callable[..., Response]:
    def act(request: Request, jeton: str, fields: Sent) -> Response:
        action = _ACTIONS.get(first(fields, "action"))
        if action is None:
            raise HTTPException(422)
        try:
            done = action(request, jeton, fields)
        except PublicationError as error:
            return _page(request, renderer, jeton, errors=error.errors)
        return RedirectResponse(urls.manage(jeton, done), 303, {"Cache-Control": NEVER})

    return act


def _pause(request: Request, token: str, fields: Fields) -> str:
    Managing(publications_of(request)).pause_until(token, first(fields, "jusqu_au"))
    return "pause"


def _resume(request: Request, token: str, _: Fields) -> str:
    Managing(publications_of(request)).resume(token)
    return "reprise"


def _close(request: Request, token: str, _: Fields) -> str:
    Managing(publications_of(request)).close(token)
    return "fermeture"


def _still_true(request: Request, token: str, _: Fields) -> str:
    Managing(publications_of(request)).still_true(token)
    return "actualite"


def _seats(request: Request, token: str, fields: Fields) -> str:
    typed = first(fields, "places").strip()
    left = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else -1
    Managing(publications_of(request)).set_seats(token, first(fields, "seance"), left)
    return "places"


def _add_contact(request: Request, token: str, fields: Fields) -> str:
    Contacts(publications_of(request)).add(token, first(fields, "courriel"))
    return "contact"


def _remove_contact(request: Request, token: str, fields: Fields) -> str:
    Contacts(publications_of(request)).remove(token, first(fields, "contact"))
    return "contact-retire"


def _change_mail(request: Request, token: str, fields: Fields) -> str:
    Contacts(publications_of(request)).ask_change(token, first(fields, "courriel"))
    return "adresse"


_ACTIONS: Final[dict[str, Callable[[Request, str, Fields], str]]] = {
    "pause": _pause,
    "reprise": _resume,
    "fermeture": _close,
    "actualite": _still_true,
    "places": _seats,
    "contact": _add_contact,
    "contact-retire": _remove_contact,
    "adresse": _change_mail,
}


def _page(
    request: Request, renderer: Renderer, token: str, *, told: str = "", errors: dict[str, str] | None = None
) -> Response:
    publications = publications_of(request)
    managing = Managing(publications)
    publication = managing.open(token)
    offer = managing.shown_offer(publication)
    content = publications.read(publication.kind, publication.answers, publication.submitted_at).content
    page = build_manage_page(
        publication,
        token,
        told=told,
        offer_url=_offer_url(publication),
        preview=build_preview(publications, publication, content, services_of(request).search.today()),
        sessions=tuple(
            (session.debut.isoformat(), say_session_row(session.debut), session.places, session.places_restantes or 0)
            for session in (() if offer is None else offer.sessions)
            if session.places is not None
        ),
        contacts=tuple(publications.contacts(publication.id)),
        errors=errors,
    )
    return renderer.response("publier/manage.html", page, NEVER, 422 if errors else 200)


def _offer_url(publication: Publication) -> str | None:
    """Where the public sees it; None while it is not shown."""
    shown = publication.state in (State.PUBLISHED, State.TO_MODERATE, State.TO_CHANGE)
    return portal_urls.offer(publication.offer_id) if shown and publication.offer_id is not None else None
