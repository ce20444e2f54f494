"""The plan on paper, and its dates for a calendar."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from ui.calendar_file import MEDIA_TYPE
from ui.dossiers.frame import DossierFrame, build_frame
from ui.espace.guard import SignedIn
from ui.espace.navigation import Frame
from ui.plans import urls
from ui.plans.base import Visit, open_visit
from ui.plans.dates import build_dates
from ui.plans.offer_facts import read_facts
from ui.plans.sheet import Sheet, build_sheet
from ui.rendering import NEVER, Renderer


@dataclass(frozen=True, slots=True)
class SheetPage:
    """`other` is the same plan in the other size."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    sheet: Sheet
    other: str
    back: str


def add_sheet_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.SHEET_ROUTE, _sheet(renderer), methods=["GET", "HEAD"], response_class=HTMLResponse)
    router.add_api_route(urls.DATES_ROUTE, _dates(), methods=["GET", "HEAD"])


def _sheet(renderer: Renderer) -> Callable[..., Response]:
    def sheet(request: Request, actor: SignedIn, dossier_id: str) -> Response:
        visit = open_visit(request, actor, dossier_id)
        large = request.query_params.get("taille") == "grande"
        page = SheetPage(
            title=f"Feuille de {visit.dossier.nom}",
            description="Le plan, à imprimer.",
            espace=visit.frame,
            dossier=build_frame(visit.dossier, "plan"),
            sheet=sheet_of(visit, large=large),
            other=urls.sheet(dossier_id, large=not large),
            back=urls.plan(dossier_id),
        )
        return renderer.response("plans/sheet.html", page, NEVER)

    return sheet


def sheet_of(visit: Visit, *, large: bool = False, qr_code: Markup | None = None) -> Sheet:
    """The sheet of the dossier that is visited, in the name of who visits it."""
    return build_sheet(
        visit.plan,
        read_facts(visit.plan, visit.workspace.catalogue, visit.today),
        visit.today,
        name=visit.dossier.nom,
        referent=visit.actor.name,
        organisation=visit.actor.organisation_name,
        large=large,
        qr_code=qr_code,
    )


def _dates() -> Callable[..., Response]:
    def dates(request: Request, actor: SignedIn, dossier_id: str) -> Response:
        return calendar_response(build_dates(open_visit(request, actor, dossier_id).plan))

    return dates


def calendar_response(content: bytes) -> Response:
    """A file that phones open."""
    headers = {"Content-Disposition": 'attachment; filename="plan.ics"', "Cache-Control": NEVER}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)
