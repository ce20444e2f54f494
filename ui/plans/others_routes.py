"""What could stand in the place of one line, and putting it there."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from indexer.plans.alternatives import Alternative, Finder
from indexer.plans.errors import StaleLine
from indexer.plans.model import Line
from indexer.plans.proposals import build_offer_line
from ui.contexts.cards import Card, build_plain_card, own_reasons, say_how_far
from ui.dossiers.frame import DossierFrame, build_frame
from ui.espace.guard import Sent, SignedIn
from ui.espace.navigation import Frame
from ui.lookups import may_be_id
from ui.offer_json import read_offer
from ui.plans import urls
from ui.plans.base import Visit, go, open_visit
from ui.plans.conflict import build_conflict_page
from ui.plans.fields import read_version
from ui.rendering import NEVER, Renderer


@dataclass(frozen=True, slots=True)
class OthersPage:
    """`cards` are what could be done instead; `lost` says when the line's own offer is gone."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    line_title: str
    lost: str
    cards: tuple[Card, ...]
    action: str
    version: int
    back: str
    search: str


def add_other_offers_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.OTHERS_ROUTE, _others(renderer), methods=["GET", "HEAD"], response_class=HTMLResponse)
    router.add_api_route(urls.OTHERS_ROUTE, _replace(renderer), methods=["POST"], response_class=HTMLResponse)


def _others(renderer: Renderer) -> Callable[..., Response]:
    def others(request: Request, actor: SignedIn, dossier_id: str, line_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id, line_id)
        line = visit.plan.line(line_id)
        if line is None:
            raise HTTPException(404)
        return renderer.response("plans/others.html", _build_page(visit, line), NEVER)

    return others


def _replace(renderer: Renderer) -> Callable[..., Response]:
    def put(request: Request, actor: SignedIn, form: Sent, dossier_id: str, line_id: str) -> Response:
        """The line keeps who, note and state; it takes the title, the date and the hours of its new offer."""
        visit = open_visit(request, actor, dossier_id, line_id)
        offer_id, version = form.get("offre"), read_version(form)
        stored = visit.workspace.catalogue.get_offer(offer_id) if may_be_id(offer_id) else None
        if stored is None:
            raise HTTPException(404)
        read = visit.plans.fields_at(actor, dossier_id, line_id, version)
        offer = build_offer_line(stored, read.besoin, visit.today)
        wanted = replace(read, titre=offer.titre, offre_id=offer.offre_id, echeance=offer.echeance, heures=offer.heures)
        try:
            visit.plans.change(actor, dossier_id, line_id, version, wanted)
        except StaleLine as stale:
            return renderer.response("plans/conflict.html", build_conflict_page(visit, stale), NEVER, 409)
        return go(urls.at_line(dossier_id, line_id))

    return put


def _build_page(visit: Visit, line: Line) -> OthersPage:
    dossier_id, profile = visit.dossier_id, visit.dossier.profil
    finder = Finder(visit.services.matcher.match, visit.services.search, visit.workspace.catalogue)
    found = () if profile is None else finder.find(line, profile, visit.plan.offer_ids)
    return OthersPage(
        title="À la place",
        description="D’autres offres pour cette étape.",
        espace=visit.frame,
        dossier=build_frame(visit.dossier, "plan"),
        line_title=line.fields.titre,
        lost=visit.noticed().lost.get(line.id, ""),
        cards=tuple(_card(one, visit) for one in found),
        action=urls.others(dossier_id, line.id),
        version=line.version,
        back=urls.at_line(dossier_id, line.id),
        search=urls.search(dossier_id),
    )


def _card(one: Alternative, visit: Visit) -> Card:
    offre = read_offer(one.offre)
    plain = build_plain_card(offre, visit.today)
    far = None if one.distance_km is None else say_how_far(one.distance_km, offre["position_approximative"])
    return replace(
        plain,
        distance=far or plain.distance,
        reasons=own_reasons(one.raisons, one.distance_km)[:3],
        reserves=one.reserves,
    )
