"""« Signaler une erreur »: the form of an offer or of a structure, and what becomes of what is sent."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.catalogue.reports import NewReport
from indexer.schema import Kind, Statut
from ui import urls
from ui.contexts.report import Reported, build_report_page, build_thanks
from ui.form_limits import form_limits_of
from ui.lookups import may_be_id
from ui.rendering import NEVER, Renderer
from ui.reporting import SentReport, read_sent_report
from ui.services import PageServices, services_of

Find = Callable[[PageServices, str], Reported]


def add_report_routes(router: APIRouter, renderer: Renderer) -> None:
    """Before the routes of offers and structures, whose ids may hold anything."""
    for path, find in ((urls.OFFER_REPORT_ROUTE, _find_offer), (urls.STRUCTURE_REPORT_ROUTE, _find_structure)):
        router.add_api_route(path, _show_form(renderer, find), methods=["GET", "HEAD"])
        router.add_api_route(path, _take_report(renderer, find), methods=["POST"])


def _show_form(renderer: Renderer, find: Find) -> Callable[[Request, str], Response]:
    def form(request: Request, record_id: str) -> Response:
        reported = find(services_of(request), record_id)
        told = request.query_params.get("envoye")
        if told in ("oui", "deja"):
            return renderer.response("report_thanks.html", build_thanks(reported, told == "oui"), NEVER)
        return renderer.response("report.html", build_report_page(reported), NEVER)

    return form


def _take_report(renderer: Renderer, find: Find) -> Callable[..., Response]:
    def take(request: Request, record_id: str, sent: Annotated[SentReport, Depends(read_sent_report)]) -> Response:
        services = services_of(request)
        reported = find(services, record_id)
        if sent.errors or sent.reason is None:
            return renderer.response("report.html", build_report_page(reported, sent), NEVER, 422)
        form_limits_of(request).reports.check(request)
        new = NewReport(reported.kind, reported.id, sent.reason, sent.text)
        kept = sent.trapped or services.catalogue.add_report(new)
        return RedirectResponse(urls.report_sent(reported.form_url, kept), 303, {"Cache-Control": NEVER})

    return take


def _find_offer(services: PageServices, offer_id: str) -> Reported:
    stored = services.catalogue.get_offer(offer_id) if may_be_id(offer_id) else None
    if stored is None or stored.structure is None:
        raise HTTPException(404)
    if stored.statut is Statut.RETIREE:
        raise HTTPException(410)
    return Reported(Kind.OFFER, offer_id, stored.offer.nom, urls.offer(offer_id), urls.report_offer(offer_id))


def _find_structure(services: PageServices, structure_id: str) -> Reported:
    stored = services.catalogue.get_structure(structure_id) if may_be_id(structure_id) else None
    if stored is None:
        raise HTTPException(404)
    if stored.statut is Statut.RETIREE:
        raise HTTPException(410)
    name, page = stored.structure.nom, urls.structure(structure_id)
    return Reported(Kind.STRUCTURE, structure_id, name, page, urls.report_structure(structure_id))
