"""The pages of the workspace's shell."""

from fastapi import APIRouter

from ui.espace.account_routes import add_account_routes
from ui.espace.demonstration import add_demonstration_route
from ui.espace.home_routes import add_home_route
from ui.espace.password_routes import add_password_routes
from ui.espace.provider_routes import add_provider_routes
from ui.espace.sign_in_routes import add_sign_in_routes
from ui.espace.team_routes import add_team_routes
from ui.rendering import Renderer
from ui.site import Site


def add_workspace_shell(router: APIRouter, renderer: Renderer, site: Site) -> None:
    add_sign_in_routes(router, renderer)
    add_password_routes(router, renderer)
    add_provider_routes(router, renderer, site)
    add_demonstration_route(router, renderer)
    add_home_route(router, renderer)
    add_account_routes(router, renderer, site)
    add_team_routes(router, renderer)
