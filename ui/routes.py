"""The pages: `mount` adds them to the application, beside the API."""

from collections.abc import Callable
from dataclasses import dataclass, replace
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
from ui.doors import alert_url, ask_url, choosing_of, orient_url
from ui.errors import error_response, page_route_class, problem_page
from ui.form_limits import FormLimits
from ui.head import Head, holds_real_offers
from ui.kept_routes import add_kept_routes
from ui.late_routes import LateRoutes, build_late_workspace
from ui.lookups import cards_instead, may_be_id, near_home, run_search, similar_cards
from ui.machine_routes import add_machine_pages
from ui.map_routes import add_map_points
from ui.offer_json import OfferJson
from ui.page_heads import offer_head, results_head, structure_head
from ui.params import names_place, read_commune, read_home, read_search
from ui.plan_routes import add_plan_page
from ui.rendering import NEVER, PRIVATE, PUBLIC, Renderer
from ui.report_routes import add_report_routes
from ui.services import services_of
from ui.site import Site
from ui.source_pages import SourceReports
from ui.take_away import build_sharing, cache_of, whole_address
from ui.trust_routes import add_trust_pages

_FOREVER = "public, max-age=31536000, immutable"
_METHODS = ["GET", "HEAD"]


@dataclass(frozen=True)
class Pages:
    """What depends on the site alone; what it serves from is on the state of the application that it is mounted on."""

    router: APIRouter
    renderer: Renderer
    workspace: LateRoutes


def mount(app: FastAPI, pages: Pages) -> None:
    """Adds pages and assets to an application whose `state.services` holds what `PageServices` says.

    The API hands over what is none of its addresses (unknown ones, refused methods) by `app.state.problem_page`.
    """
    app.include_router(pages.router)
    app.router.routes.append(pages.workspace)
    app.state.renderer = pages.renderer
    app.state.problem_page = problem_page(pages.renderer)
    app.state.form_limits = FormLimits()
    app.state.source_reports = SourceReports()


def build_pages(site: Site, *, fresh_templates: bool = False) -> Pages:
    """`fresh_templates` is for who writes pages."""
    assets = load_assets()
    site.add_assets(assets)
    renderer = Renderer(assets, site, fresh_templates=fresh_templates)
    router = APIRouter(route_class=page_route_class(renderer), include_in_schema=False)
    _add(router, urls.HOME, _home_page(renderer, site))
    _add(router, urls.OFFERS, _results_page(renderer))
    add_map_points(router)
    add_report_routes(router, renderer)
    add_kept_routes(router, renderer, site)
    add_plan_page(router, renderer, site)
    _add(router, urls.OFFER_ROUTE, _offer_page(renderer, site))
    _add(router, urls.STRUCTURE_ROUTE, _structure_page(renderer, site))
    add_trust_pages(router, renderer)
    add_machine_pages(router, site)
    _add(router, urls.ASSET_ROUTE, _asset(assets))
    return Pages(router, renderer, build_late_workspace(renderer, site))


def _add(router: APIRouter, path: str, endpoint: Callable[..., Response]) -> None:
    router.add_api_route(path, endpoint, methods=_METHODS, response_class=HTMLResponse)


def _home_page(renderer: Renderer, site: Site) -> Callable[[Request], Response]:
    def home(request: Request) -> Response:
        services, sources = services_of(request), services_of(request).sources.get()
        reading = read_home(request.query_params, load_communes(), site.territory.code_commune)
        page = build_home(reading, near_home(services, reading.state), sources, services.search.today())
        cache = PRIVATE if names_place(request.query_params) else PUBLIC
        return renderer.response("home.html", page, cache, head=Head(urls.HOME, holds_real_offers(sources)))

    return home


def _results_page(renderer: Renderer) -> Callable[[Request], Response]:
    def results(request: Request) -> Response:
        services = services_of(request)
        reading = read_search(request.query_params, load_communes())
        reading, answer = run_search(services, reading)
        today = services.search.today()
        nothing = None if answer.total else build_nothing_found(reading.state, services.search, today)
        page = replace(build_results(reading, answer, nothing, today), alert_url=alert_url(request, reading.state))
        head, choosing = results_head(request.url.query, services), choosing_of(request)
        response = renderer.response("results.html", page, PRIVATE, head=head, choosing=choosing)
        response.headers["Vary"] = "Cookie"  # the bar of who chooses for a plan is on no page kept for another
        response.headers["HX-Push-Url"] = urls.offers(reading.state)  # without the empty fields of a form
        return response

    return results


def _offer_page(renderer: Renderer, site: Site) -> Callable[[Request, str], Response]:
    def offer(request: Request, offer_id: str) -> Response:
        services = services_of(request)
        stored = services.catalogue.get_offer(offer_id) if may_be_id(offer_id) else None
        if stored is not None and stored.statut is Statut.RETIREE:
            summary = services.catalogue.summary_of_retired(offer_id)
            if summary is not None:
                return error_response(renderer, build_retired(summary, cards_instead(services, summary)))
        if stored is None or stored.structure is None:
            raise HTTPException(404)
        near = read_commune(request.query_params, load_communes())
        visit = Visit(services.search.now(), near, services.search.dead_links(), services.search.stale_days)
        offre = cast(OfferJson, offer_dict(stored, visit.today, services.search.predicted_of(offer_id)))
        sharing = build_sharing(offre["nom"], whole_address(request, site, urls.offer(offer_id)))
        page = build_offer_page(offre, similar_cards(services, offer_id, visit), load_communes(), visit, sharing)
        page = replace(page, orient_url=orient_url(request, offer_id), ask_url=ask_url(request, stored))
        head, choosing = offer_head(offre, visit.today, site), choosing_of(request)
        cache = cache_of(site) if page.orient_url is None else NEVER
        response = renderer.response("offer.html", page, cache, head=head, choosing=choosing)
        response.headers["Vary"] = "Cookie"
        return response

    return offer


def _structure_page(renderer: Renderer, site: Site) -> Callable[[Request, str], Response]:
    def structure(request: Request, structure_id: str) -> Response:
        services = services_of(request)
        stored = services.catalogue.get_structure(structure_id) if may_be_id(structure_id) else None
        if stored is None:
            raise HTTPException(404)
        if stored.statut is Statut.RETIREE:
            return error_response(renderer, build_retired_structure(stored.structure.nom))
        visit = Visit(services.search.now(), read_commune(request.query_params, load_communes()))
        page = read_search(request.query_params, load_communes()).state.page
        offers = services.catalogue.offers_of_structure(structure_id)
        head = structure_head(stored, page, site)
        sharing = build_sharing(stored.structure.nom, whole_address(request, site, urls.structure(structure_id)))
        context = build_structure_page(stored, offers, page, visit, sharing)
        return renderer.response("structure.html", context, cache_of(site), head=head)

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
