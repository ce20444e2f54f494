"""The pages of accounts, files, plans, requests and publications, in one router: some two thirds of all routes."""

from fastapi import APIRouter

from ui.dossiers.routes import add_dossier_routes
from ui.errors import page_route_class
from ui.espace.routes import add_workspace_shell
from ui.mobilisation.routes import add_mobilisation_routes
from ui.moderation.routes import add_moderation_routes
from ui.plans.routes import add_plan_routes
from ui.publier.routes import add_publish_routes
from ui.relais.routes import add_relay_routes
from ui.rendering import Renderer
from ui.site import Site


def build_workspace_router(renderer: Renderer, site: Site) -> APIRouter:
    """Every path begins as `ui.late_routes.BEGINNINGS` says: a test tries them all."""
    router = APIRouter(route_class=page_route_class(renderer), include_in_schema=False, redirect_slashes=False)
    add_workspace_shell(router, renderer, site)
    add_dossier_routes(router, renderer, site)
    add_relay_routes(router, renderer, site)
    add_plan_routes(router, renderer, site)
    add_publish_routes(router, renderer)
    add_moderation_routes(router, renderer)
    add_mobilisation_routes(router, renderer, site)
    return router
