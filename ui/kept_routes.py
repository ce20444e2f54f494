"""Routes of what a person takes away: the sessions of an offer for their calendar, and their list."""

from collections.abc import Callable
from typing import cast

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from indexer.public import offer_dict
from indexer.schema import Statut
from ui import urls
from ui.calendar_file import MEDIA_TYPE, build_calendar
from ui.contexts.cards import Card
from ui.contexts.kept import KeptContent, build_kept_page
from ui.kept_params import read_kept
from ui.lookups import SIMILAR, cards_instead, may_be_id
from ui.offer_json import OfferJson
from ui.rendering import PRIVATE, Renderer
from ui.services import PageServices, services_of
from ui.site import Site
from ui.take_away import build_sharing, cache_of, whole_address

_METHODS = ["GET", "HEAD"]
_REPLACED = 2
"""Retired offers of a list for which others are looked for: each costs a search."""


def add_kept_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    """Before the route of offers, whose ids may hold anything."""
    router.add_api_route(urls.OFFER_CALENDAR_ROUTE, _calendar(site), methods=_METHODS)
    router.add_api_route(urls.KEPT, _kept_page(renderer, site), methods=_METHODS)


def _calendar(site: Site) -> Callable[[Request, str], Response]:
    def calendar(request: Request, offer_id: str) -> Response:
        services = services_of(request)
        stored = services.catalogue.get_offer(offer_id) if may_be_id(offer_id) else None
        if stored is None or stored.structure is None:
            raise HTTPException(404)
        if stored.statut is Statut.RETIREE:
            raise HTTPException(410)
        today = services.search.today()
        address = whole_address(request, site, urls.offer(offer_id))
        content = build_calendar(cast(OfferJson, offer_dict(stored, today)), address, today)
        if content is None:
            raise HTTPException(404)
        headers = {"Content-Disposition": 'attachment; filename="seances.ics"', "Cache-Control": cache_of(site)}
        return Response(content, media_type=MEDIA_TYPE, headers=headers)

    return calendar


def _kept_page(renderer: Renderer, site: Site) -> Callable[[Request], Response]:
    def kept(request: Request) -> Response:
        services = services_of(request)
        content = _read_content(request, services)
        sharing = build_sharing("Ma liste d’offres", whole_address(request, site, urls.kept(content.ids)))
        instead = _instead(services, content)
        page = build_kept_page(content, instead, sharing, services.search.today())
        return renderer.response("kept.html", page, PRIVATE)

    return kept


def _read_content(request: Request, services: PageServices) -> KeptContent:
    ids, left_out = read_kept(request.query_params)
    found = services.catalogue.get_offers(list(ids))
    gone = [offer_id for offer_id in ids if offer_id in found and found[offer_id].statut is Statut.RETIREE]
    shown = [
        found[offer_id] for offer_id in ids
        if offer_id in found and offer_id not in gone and found[offer_id].structure is not None
    ]  # fmt: skip
    told = {offer.offer.id for offer in shown} | set(gone)
    summaries = [services.catalogue.summary_of_retired(offer_id) for offer_id in gone]
    return KeptContent(
        ids=ids,
        offers=shown,
        retired=[summary for summary in summaries if summary is not None],
        unknown=tuple(offer_id for offer_id in ids if offer_id not in told),
        left_out=left_out,
    )


def _instead(services: PageServices, content: KeptContent) -> tuple[Card, ...]:
    """Each once, and none that the list holds already."""
    held = {urls.offer(offer.offer.id) for offer in content.offers}
    found = [card for gone in content.retired[:_REPLACED] for card in cards_instead(services, gone)]
    return tuple({card.url: card for card in found if card.url not in held}.values())[:SIMILAR]
