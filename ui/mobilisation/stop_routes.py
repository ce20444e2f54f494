"""« Ne plus me solliciter »: the link of every invitation. One click on the page, or the mail program's own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from ui import urls as portal
from ui.espace.forms import Form, parse_form
from ui.espace.guard import workspace_of
from ui.mobilisation import urls
from ui.rendering import NEVER, Renderer

Typed = Annotated[Form, Depends(parse_form)]

_ONE_CLICK: Final = ("List-Unsubscribe", "One-Click")  # RFC 8058
_TEMPLATE: Final = "mobilisation/stop.html"


@dataclass(frozen=True, slots=True)
class StopPage:
    """`action` is "" once it is done. A link that is read by a machine changes nothing: there is a button."""

    title: str
    description: str
    lines: tuple[str, ...]
    action: str
    home_url: str = portal.HOME


def add_stop_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.STOP_ROUTE, _ask(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.STOP_ROUTE, _stop(renderer), methods=["POST"])


def _ask(renderer: Renderer) -> Callable[..., Response]:
    def ask(request: Request, token: str) -> Response:
        name = workspace_of(request).mobilise.named_by(token)
        lines = (
            f"{name} ne recevra plus de courriel ni d’appel pour accueillir des personnes.",
            "Votre adresse et votre téléphone seront effacés de notre liste.",
        )
        page = StopPage("Ne plus me solliciter", lines[0], lines, urls.stop(token))
        return renderer.response(_TEMPLATE, page, NEVER)

    return ask


def _stop(renderer: Renderer) -> Callable[..., Response]:
    def stop(request: Request, token: str, form: Typed) -> Response:
        if form.get("action") != "arreter" and form.get(_ONE_CLICK[0]) != _ONE_CLICK[1]:
            raise HTTPException(422)
        name = workspace_of(request).mobilise.stop(token)
        lines = (f"C’est fait : {name} ne sera plus sollicitée.", "Votre adresse et votre téléphone sont effacés.")
        return renderer.response(_TEMPLATE, StopPage("Vous ne serez plus sollicité", lines[0], lines, ""), NEVER)

    return stop
