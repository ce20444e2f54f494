"""All the pages of the files of people."""

from fastapi import APIRouter

from ui.dossiers.access_routes import add_access_routes
from ui.dossiers.answer_routes import add_answer_routes
from ui.dossiers.file_routes import add_file_routes
from ui.dossiers.partner_routes import add_partner_routes
from ui.dossiers.people_routes import add_people_routes
from ui.dossiers.situation_routes import add_situation_routes
from ui.rendering import Renderer
from ui.site import Site


def add_dossier_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    """`/espace/personnes/nouvelle` before the routes of one file, whose id would match it."""
    add_people_routes(router, renderer, site)
    add_situation_routes(router, renderer)
    add_access_routes(router, renderer)
    add_file_routes(router, renderer, site)
    add_answer_routes(router, renderer)
    add_partner_routes(router, renderer)
