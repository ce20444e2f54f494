"""`/mobilisation`: for coordinators. To others these pages do not exist."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from indexer.accounts import Actor, Role
from indexer.geocode.communes import load_communes
from indexer.mobilise.model import MobiliseError
from indexer.mobilise.overview import build_overview, companies_of
from indexer.mobilise.reading import read_companies
from indexer.reference.shipped import rome_labels
from ui.espace.guard import Sent, allow, workspace_of
from ui.espace.navigation import frame_of
from ui.mobilisation import urls
from ui.mobilisation.company_pages import build_companies_page
from ui.mobilisation.company_routes import add_company_routes
from ui.mobilisation.list_page import build_list_page
from ui.mobilisation.overview_page import Asked, build_overview_page
from ui.mobilisation.stop_routes import add_stop_routes
from ui.mobilisation.territory import around, bassins
from ui.rendering import NEVER, Renderer
from ui.services import services_of
from ui.site import Site

Coordinator = Annotated[Actor, Depends(allow(Role.COORDINATEUR))]

_NO_FILE = "Choisissez un fichier : CSV, Excel ou OpenDocument."


def add_mobilisation_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.OVERVIEW, _overview(renderer, site), methods=["GET", "HEAD"])
    router.add_api_route(urls.LIST, _take_list(renderer, site), methods=["POST"])
    router.add_api_route(urls.FAULTS, _hand_back(), methods=["POST"])
    router.add_api_route(urls.COMPANIES, _companies(renderer), methods=["GET", "HEAD"])
    add_company_routes(router, renderer, site)
    add_stop_routes(router, renderer)


def _overview(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def overview(request: Request, actor: Coordinator) -> Response:
        asked = Asked(request.query_params.get("bassin", ""), request.query_params.get("tout") == "oui")
        return _show(request, renderer, site, actor, asked)

    return overview


def _show(request: Request, renderer: Renderer, site: Site, actor: Actor, asked: Asked) -> Response:
    services, mobilise = services_of(request), workspace_of(request).mobilise
    where = around(services, site.territory, asked.bassin, mobilise.census())
    overview = build_overview(where, mobilise.companies(), mobilise.clock())
    chosen = where.market.place.bassin_tension or ""
    page = build_overview_page(
        frame_of(request, actor),
        overview,
        where.market.territory.shown,
        bassins(services.labour, site.territory, chosen),
        asked,
    )
    return renderer.response("mobilisation/overview.html", page, NEVER, 422 if asked.error else 200)


def _take_list(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def take(request: Request, actor: Coordinator, form: Sent) -> Response:
        upload = next((file for file in form.files if file.field == "liste"), None)
        try:
            if upload is None:
                raise MobiliseError(_NO_FILE)
            found = read_companies(upload.content, upload.filename, load_communes())
            brought = workspace_of(request).mobilise.bring(found.companies)
        except MobiliseError as error:
            return _show(request, renderer, site, actor, Asked("", False, error=str(error)))
        page = build_list_page(frame_of(request, actor), brought, found.faults)
        return renderer.response("mobilisation/list.html", page, NEVER)

    return take


def _hand_back() -> Callable[..., Response]:
    """The rows at fault come back from the page that told them: nothing of them is kept here."""

    def hand_back(actor: Coordinator, form: Sent) -> Response:  # noqa: ARG001  the guard
        text = form.raw("lignes")
        if not text:
            raise HTTPException(422)
        headers = {
            "Cache-Control": NEVER,
            "Content-Disposition": 'attachment; filename="lignes-a-corriger.csv"',
            "X-Content-Type-Options": "nosniff",
        }
        content = "\ufeff" + text.replace("\n", "\r\n")  # a spreadsheet knows UTF-8 by its mark
        return Response(content.encode(), media_type="text/csv; charset=utf-8", headers=headers)

    return hand_back


def _companies(renderer: Renderer) -> Callable[..., Response]:
    def companies(request: Request, actor: Coordinator) -> Response:
        typed = request.query_params
        metier = typed.get("metier", "") if typed.get("metier") in rome_labels() else ""
        found = workspace_of(request).mobilise.companies()
        if metier:
            found = companies_of(found, services_of(request).labour.family(metier))
        page = build_companies_page(
            frame_of(request, actor), found, metier, typed.get("etat", ""), _page(typed.get("page", ""))
        )
        return renderer.response("mobilisation/companies.html", page, NEVER)

    return companies


def _page(typed: str) -> int:
    return max(int(typed), 1) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
