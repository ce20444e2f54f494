"""All the pages of the files of people."""

from fastapi import APIRouter

from ui.dossiers.people_routes import add_people_routes
from ui.dossiers.situation_routes import add_situation_routes
from ui.rendering import Renderer
from ui.site import Site


def add_dossier_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    """`/espace/personnes/nouvelle` before the routes of one file, whose id would match it."""
    add_people_routes(router, renderer, site)
    add_situation_routes(router, renderer)
