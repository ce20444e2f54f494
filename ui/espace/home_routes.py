"""`/espace`: where one lands after signing in."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from indexer.accounts import Actor
from ui.espace import urls
from ui.espace.guard import SignedIn
from ui.espace.navigation import Frame, Link, frame_of
from ui.rendering import NEVER, Renderer


@dataclass(frozen=True, slots=True)
class HomePage:
    """`doors` are the pages of the navigation with what one does there."""

    espace: Frame
    title: str
    description: str
    doors: tuple[Link, ...]


def add_home_route(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.SPACE, _show(renderer), methods=["GET", "HEAD"])


def _show(renderer: Renderer) -> Callable[[Request, Actor], Response]:
    def show(request: Request, actor: SignedIn) -> Response:
        frame = frame_of(request, actor)
        page = HomePage(frame, "Mon espace", "L’espace de travail du territoire.", frame.links)
        return renderer.response("espace/home.html", page, NEVER)

    return show
