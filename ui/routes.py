"""The pages: `mount` adds them to the application, beside the API."""

from collections.abc import Callable
from typing import cast

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from indexer.geocode.communes import load_communes
from indexer.public import offer_dict
from indexer.schema import Statut
from ui import urls
from ui.asset_files import Assets, load_assets
from ui.contexts.empty import build_nothing_found
from ui.contexts.errors import build_retired, build_retired_structure
from ui.contexts.home import build_home
from ui.contexts.offer import Visit, build_offer_page
from ui.contexts.results import build_results
from ui.contexts.structure import build_structure_page
from ui.errors import error_response, page_route_class, problem_page
from ui.lookups import cards_instead, may_be_id, run_search, similar_cards
from ui.offer_json import OfferJson
from ui.params import read_commune, read_search
from ui.rendering import PRIVATE, PUBLIC, Renderer
from ui.services import services_of

_FOREVER = "public, max-age=31536000, immutable"
_METHODS = ["GET", "HEAD"]


def mount(app: FastAPI) -> None:
    """Adds pages and assets to an application whose `state.services` holds what `PageServices` says.

    The API hands over what is none of its addresses (unknown ones, refused methods) by `app.state.problem_page`.
    """
    assets = load_assets()
    renderer = Renderer(assets)
    router = APIRouter(route_class=page_route_class(renderer), include_in_schema=False)
    _add(router, urls.HOME, _home_page(renderer))
    _add(router, urls.OFFERS, _results_page(renderer))
    _add(router, urls.OFFER_ROUTE, _offer_page(renderer))
    _add(router, urls.STRUCTURE_ROUTE, _structure_page(renderer))
    _add(router, urls.ASSET_ROUTE, _asset(assets))
    app.include_router(router)
    app.state.problem_page = problem_page(renderer)


def _add(router: APIRouter, path: str, endpoint: Callable[..., Response]) -> None:
    router.add_api_route(path, endpoint, methods=_METHODS, response_class=HTMLResponse)


def _home_page(renderer: Renderer) -> Callable[[Request], Response]:
    def home(request: Request) -> Response:
        return renderer.response("home.html", build_home(services_of(request).catalogue.sources()), PUBLIC)

    return home


def _results_page(renderer: Renderer) -> Callable[[Request], Response]:
    def results(request: Request) -> Response:
        services = services_of(request)
        reading = read_search(request.query_params, load_communes())
        reading, answer = run_search(services, reading)
        today = services.search.today()
        nothing = None if answer.total else build_nothing_found(reading.state, services.search, today)
        return renderer.response("results.html", build_results(reading, answer, nothing, today), PRIVATE)

    return results


def _offer_page(renderer: Renderer) -> Callable[[Request, str], Response]:
    def offer(request: Request, offer_id: str) -> Response:
        services = services_of(request)
        stored = services.catalogue.get_offer(offer_id) if may_be_id(offer_id) else None
        if stored is not None and stored.statut is Statut.RETIREE:
            summary = services.catalogue.summary_of_retired(offer_id)
            if summary is not None:
                return error_response(renderer, build_retired(summary, cards_instead(services, summary)))
        if stored is None or stored.structure is None:
            raise HTTPException(404)
        visit = Visit(services.search.today(), read_commune(request.query_params, load_communes()))
        offre = cast(OfferJson, offer_dict(stored, visit.today))
        page = build_offer_page(offre, similar_cards(services, offer_id, visit), load_communes(), visit)
        return renderer.response("offer.html", page, PUBLIC)

    return offer


def _structure_page(renderer: Renderer) -> Callable[[Request, str], Response]:
    def structure(request: Request, structure_id: str) -> Response:
        services = services_of(request)
        stored = services.catalogue.get_structure(structure_id) if may_be_id(structure_id) else None
        if stored is None:
            raise HTTPException(404)
        if stored.statut is Statut.RETIREE:
            return error_response(renderer, build_retired_structure(stored.structure.nom))
        visit = Visit(services.search.today(), read_commune(request.query_params, load_communes()))
        page = read_search(request.query_params, load_communes()).state.page
        offers = services.catalogue.offers_of_structure(structure_id)
        return renderer.response("structure.html", build_structure_page(stored, offers, page, visit), PUBLIC)

    return structure


def _asset(assets: Assets) -> Callable[[Request, str], Response]:
    def asset(request: Request, name: str) -> Response:
        found = assets.get(name)
        if found is None:
            raise HTTPException(404)
        content, encoding = found.best_for(request.headers.get("accept-encoding", ""))
        headers = {"Cache-Control": _FOREVER, "X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding"}
        headers |= {} if encoding is None else {"Content-Encoding": encoding}
        return Response(content, media_type=found.media_type, headers=headers)

    return asset
