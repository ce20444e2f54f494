"""The pages of publications."""

from fastapi import APIRouter

from ui.publier.link_routes import add_link_routes
from ui.publier.manage_routes import add_manage_routes
from ui.publier.step_routes import add_step_routes
from ui.rendering import Renderer


def add_publish_routes(router: APIRouter, renderer: Renderer) -> None:
    add_link_routes(router, renderer)
    add_step_routes(router, renderer)
    add_manage_routes(router, renderer)
