"""The pages of mails, of requests to structures, and of saved searches."""

from fastapi import APIRouter

from ui.relais.alert_routes import add_alert_routes
from ui.relais.answer_routes import add_answer_routes
from ui.relais.mail_routes import add_mail_routes
from ui.relais.orientation_routes import add_orientation_routes
from ui.relais.person_routes import add_person_routes
from ui.rendering import Renderer
from ui.site import Site


def add_relay_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:  # noqa: ARG001  as the other parts
    add_orientation_routes(router, renderer)
    add_person_routes(router, renderer)
    add_answer_routes(router, renderer)
    add_alert_routes(router, renderer)
    add_mail_routes(router, renderer)
