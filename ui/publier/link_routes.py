"""Links of mails that do one thing: a page says what, with the button that does it. Opening it does nothing."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from indexer.publish.contacts import Contacts
from indexer.publish.errors import PublicationError
from indexer.publish.links import Purpose
from indexer.publish.publication import title_of
from indexer.publish.states import State
from ui.contexts.report import FieldError
from ui.publier import urls
from ui.publier.forms import Fields, first, read_fields
from ui.publier.pages import SimplePage
from ui.publier.step_routes import publications_of
from ui.publier.telling import SIMPLE, telling
from ui.rendering import NEVER, Renderer

Sent = Annotated[Fields, Depends(read_fields)]


def add_link_routes(router: APIRouter, renderer: Renderer) -> None:
    """Before the steps of drafts, whose addresses have the same shape."""
    told = telling(renderer)
    router.add_api_route(urls.LOST, _lost(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.LOST, _renew(renderer), methods=["POST"])
    confirming = "Oui, publier", ("Un clic confirme que cette adresse de courriel est la vôtre.",)
    router.add_api_route(
        urls.CONFIRM_ROUTE, told(_ask(renderer, *confirming, Purpose.CONFIRM)), methods=["GET", "HEAD"]
    )
    router.add_api_route(urls.CONFIRM_ROUTE, told(_confirm()), methods=["POST"])
    joining = "Oui, c’est mon adresse", ("Vous recevrez les courriels de cette publication, et pourrez la modifier.",)
    router.add_api_route(urls.CONTACT_ROUTE, told(_ask(renderer, *joining, Purpose.CONTACT)), methods=["GET", "HEAD"])
    router.add_api_route(urls.CONTACT_ROUTE, told(_join(renderer)), methods=["POST"])
    changing = "Confirmer le changement", ("L’adresse de courriel change quand les deux adresses l’ont confirmé.",)
    sides = (Purpose.OLD_MAIL, Purpose.NEW_MAIL)
    router.add_api_route(urls.CHANGE_MAIL_ROUTE, told(_ask(renderer, *changing, *sides)), methods=["GET", "HEAD"])
    router.add_api_route(urls.CHANGE_MAIL_ROUTE, told(_change_mail(renderer)), methods=["POST"])


def _ask(renderer: Renderer, button: str, lines: tuple[str, ...], *purposes: Purpose) -> Callable[..., Response]:
    def ask(request: Request, jeton: str) -> Response:
        title = title_of(publications_of(request).peek(jeton, *purposes))
        page = SimplePage(title, lines[0], lines, action=request.url.path, button=button)
        return renderer.response(SIMPLE, page, NEVER)

    return ask


def _confirm() -> Callable[..., Response]:
    def confirm(request: Request, jeton: str, fields: Sent) -> Response:  # noqa: ARG001 — read for who sends it
        publication, token = publications_of(request).confirm(jeton)
        done = "en-ligne" if publication.state is State.PUBLISHED else "confirmee"
        return RedirectResponse(urls.manage(token, done), 303, {"Cache-Control": NEVER})

    return confirm


def _join(renderer: Renderer) -> Callable[..., Response]:
    def join(request: Request, jeton: str, fields: Sent) -> Response:  # noqa: ARG001 — read for who sends it
        Contacts(publications_of(request)).join(jeton)
        lines = ("Merci : votre adresse est un contact de la publication.",)
        links = (("Recevoir le lien de la publication", urls.LOST),)
        return renderer.response(SIMPLE, SimplePage("C’est fait", lines[0], lines, links=links), NEVER)

    return join


def _change_mail(renderer: Renderer) -> Callable[..., Response]:
    def change(request: Request, jeton: str, fields: Sent) -> Response:  # noqa: ARG001 — read for who sends it
        done = Contacts(publications_of(request)).confirm_change(jeton)
        line = (
            "L’adresse est changée. Un nouveau lien vient de partir à la nouvelle adresse ; les anciens sont morts."
            if done
            else "Merci. L’adresse changera quand l’autre adresse aura confirmé aussi."
        )
        return renderer.response(SIMPLE, SimplePage("C’est noté", line, (line,)), NEVER)

    return change


def _lost(renderer: Renderer) -> Callable[[Request], Response]:
    def lost(request: Request) -> Response:
        if request.query_params.get("fait") == "oui":
            line = "Si des publications sont à cette adresse, un courriel avec leurs liens vient de partir."
            return renderer.response(SIMPLE, SimplePage("Regardez vos courriels", line, (line,)), NEVER)
        return renderer.response(SIMPLE, _lost_page(), NEVER)

    return lost


def _renew(renderer: Renderer) -> Callable[..., Response]:
    def renew(request: Request, fields: Sent) -> Response:
        try:
            Contacts(publications_of(request)).renew(first(fields, "courriel"))
        except PublicationError as error:
            return renderer.response(SIMPLE, _lost_page(str(error)), NEVER, 422)
        return RedirectResponse(f"{urls.LOST}?fait=oui", 303, {"Cache-Control": NEVER})

    return renew


def _lost_page(wrong: str = "") -> SimplePage:
    return SimplePage(
        "Recevoir un nouveau lien",
        "Le lien de vos publications, par courriel.",
        ("Écrivez l’adresse de courriel de vos publications : leurs liens y partent.",),
        action=urls.LOST,
        button="Recevoir le lien",
        field="courriel",
        label="Votre adresse de courriel",
        errors=(FieldError("courriel", wrong),) if wrong else (),
    )
