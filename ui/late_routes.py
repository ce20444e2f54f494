"""Routes made at the first request to one of them, or behind the first answers: a server is ready without them.

The workspace's pages, with what they import, are a quarter of the time to start, and nobody who searches needs them.
"""

from typing import Final

from anyio import to_thread
from fastapi import APIRouter
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from indexer.late import Late, importing
from ui.rendering import Renderer
from ui.site import Site

BEGINNINGS: Final = (
    "/alertes", "/connexion", "/courriels", "/deconnexion", "/demande", "/espace", "/ma-publication", "/mes-reponses",
    "/mobilisation", "/moderation", "/mon-plan", "/ne-plus-solliciter", "/plan/garder", "/publier",
)  # fmt: skip
"""How the paths of the workspace begin, by whole segments."""

_SEGMENTS: Final = tuple(f"{beginning}/" for beginning in BEGINNINGS)


class LateRoutes(BaseRoute):
    """All that begins so, whatever the method: the router tells what it does not know by 404 and 405."""

    def __init__(self, router: Late[APIRouter]) -> None:
        self.router = router

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        ours = scope["type"] == "http" and f"{scope['path']}/".startswith(_SEGMENTS)
        return (Match.FULL if ours else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Made in a thread, so that other requests are answered meanwhile."""
        router = self.router.get() if self.router.is_made else await to_thread.run_sync(self.router.get)
        await router(scope, receive, send)


def build_late_workspace(renderer: Renderer, site: Site) -> LateRoutes:
    def build() -> APIRouter:
        with importing():
            from ui.workspace_pages import build_workspace_router
        return build_workspace_router(renderer, site)

    return LateRoutes(Late(build))
