"""The person's own link: made, shown once with its code to photograph, made again, taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from indexer.geocode.clocks import MAINLAND
from ui.dossiers.frame import DossierFrame, build_frame
from ui.espace.guard import Sent, SignedIn
from ui.espace.navigation import Frame
from ui.plans import urls
from ui.plans.base import Visit, go, open_visit
from ui.plans.sheet import Sheet
from ui.plans.sheet_routes import sheet_of
from ui.rendering import NEVER, Renderer
from ui.site import Site
from ui.take_away import Sharing, build_sharing, whole_address
from ui.wording import say_date


@dataclass(frozen=True, slots=True)
class LinkPage:
    """`sharing` and `sheet` only just after the link was made: nobody can tell it again."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    until: str
    sharing: Sharing | None
    sheet: Sheet | None
    action: str
    revoke_url: str
    back: str


def add_link_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.LINK_ROUTE, _link(renderer), methods=["GET", "HEAD"], response_class=HTMLResponse)
    router.add_api_route(urls.LINK_ROUTE, _make(renderer, site), methods=["POST"], response_class=HTMLResponse)
    router.add_api_route(urls.UNLINK_ROUTE, _revoke(), methods=["POST"], response_class=HTMLResponse)


def _link(renderer: Renderer) -> Callable[..., Response]:
    def link(request: Request, actor: SignedIn, dossier_id: str) -> Response:
        return renderer.response("plans/link.html", _build(open_visit(request, actor, dossier_id), None), NEVER)

    return link


def _make(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def make(request: Request, actor: SignedIn, form: Sent, dossier_id: str) -> Response:  # noqa: ARG001  a checked form
        """Shown in answer to the form itself: the link is in no address but its own."""
        visit = open_visit(request, actor, dossier_id)
        token = visit.plans.make_link(actor, dossier_id)
        sharing = build_sharing("Votre plan", whole_address(request, site, urls.person(token)))
        return renderer.response("plans/link.html", _build(visit, sharing), NEVER)

    return make


def _revoke() -> Callable[..., Response]:
    def revoke(request: Request, actor: SignedIn, form: Sent, dossier_id: str) -> Response:  # noqa: ARG001  a checked form
        open_visit(request, actor, dossier_id).plans.revoke_link(actor, dossier_id)
        return go(urls.link(dossier_id))

    return revoke


def _build(visit: Visit, sharing: Sharing | None) -> LinkPage:
    state = visit.plans.link_of(visit.actor, visit.dossier_id)
    return LinkPage(
        title=f"Le lien de {visit.dossier.nom}",
        description="La personne ouvre son plan sur son téléphone, sans compte.",
        espace=visit.frame,
        dossier=build_frame(visit.dossier, "plan"),
        until="" if state is None else say_date(state.expires_at.astimezone(MAINLAND).date()),
        sharing=sharing,
        sheet=None if sharing is None else sheet_of(visit, qr_code=sharing.qr_code),
        action=urls.link(visit.dossier_id),
        revoke_url=urls.unlink(visit.dossier_id),
        back=urls.plan(visit.dossier_id),
    )
