"""One company: the words to say, the invitation, and what it answered."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts import Actor, Role
from indexer.errors import MailError, NotFoundError
from indexer.geocode.communes import load_communes
from indexer.mail.letter import Mail
from indexer.mobilise.hiring_words import said_of_hiring
from indexer.mobilise.invitation import Invitation, build_call, build_mail
from indexer.mobilise.mobilise import Mobilise
from indexer.mobilise.model import Company, MobiliseError, Outcome
from indexer.mobilise.overview import jobs_of
from ui.espace.guard import Sent, allow, workspace_of
from ui.espace.navigation import frame_of
from ui.mobilisation import urls
from ui.mobilisation.company_pages import build_company_page
from ui.mobilisation.overview_page import job_label
from ui.mobilisation.territory import interlocutor
from ui.publier.urls import publish_for
from ui.rendering import NEVER, Renderer
from ui.services import services_of
from ui.site import Site

Coordinator = Annotated[Actor, Depends(allow(Role.COORDINATEUR))]

_TOLD = {"suite": "C’est noté.", "invitation": "L’invitation part par courriel."}


def add_company_routes(router: APIRouter, renderer: Renderer, site: Site) -> None:
    router.add_api_route(urls.COMPANY_ROUTE, _show(renderer, site), methods=["GET", "HEAD"])
    router.add_api_route(urls.COMPANY_ROUTE, _note(renderer, site), methods=["POST"])
    router.add_api_route(urls.INVITE_ROUTE, _invite(renderer, site), methods=["POST"])


def _show(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def show(request: Request, siret: str, actor: Coordinator) -> Response:
        told = _TOLD.get(request.query_params.get("fait", ""), "")
        return _page(request, renderer, site, actor, siret, request.query_params.get("metier", ""), told)

    return show


def _note(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def note(request: Request, siret: str, actor: Coordinator, form: Sent) -> Response:
        outcome = next((one for one in Outcome if one == form.get("suite")), None)
        if outcome is None:
            raise HTTPException(422)

        def act(mobilise: Mobilise) -> None:
            mobilise.note(actor, siret, outcome)

        return _act(request, renderer, site, actor, (siret, form.get("metier"), "suite"), act)

    return note


def _invite(renderer: Renderer, site: Site) -> Callable[..., Response]:
    def invite(request: Request, siret: str, actor: Coordinator, form: Sent) -> Response:
        def act(mobilise: Mobilise) -> None:
            company, _ = mobilise.company(siret)
            told = _invitation(request, site, actor, company, form.get("metier"))
            mobilise.invite(actor, siret, lambda to, token: _mail(mobilise, siret, told, to, token))

        return _act(request, renderer, site, actor, (siret, form.get("metier"), "invitation"), act)

    return invite


def _act(
    request: Request,
    renderer: Renderer,
    site: Site,
    actor: Actor,
    what: tuple[str, str, str],
    act: Callable[[Mobilise], None],
) -> Response:
    """`what`: the SIRET, the job that one calls for, and what is done."""
    siret, metier, done = what
    try:
        act(workspace_of(request).mobilise)
    except NotFoundError:
        raise HTTPException(404) from None
    except (MobiliseError, MailError) as error:
        return _page(request, renderer, site, actor, siret, metier, error=str(error))
    return RedirectResponse(urls.company(siret, metier, done), 303, {"Cache-Control": NEVER})


def _page(
    request: Request,
    renderer: Renderer,
    site: Site,
    actor: Actor,
    siret: str,
    metier: str,
    told: str = "",
    error: str = "",
) -> Response:
    mobilise = workspace_of(request).mobilise
    try:
        company, contacts = mobilise.company(siret)
    except NotFoundError:
        raise HTTPException(404) from None
    invitation = _invitation(request, site, actor, company, metier)
    may_leave = contacts.mail is not None and company.noted is not Outcome.STOPPED
    letter = (
        _mail(mobilise, siret, invitation, contacts.mail, "lien-de-votre-entreprise").text
        if may_leave and contacts.mail
        else ""
    )
    frame = frame_of(request, actor)
    page = build_company_page(frame, company, contacts, (build_call(invitation), letter), metier, told, error)
    return renderer.response("mobilisation/company.html", page, NEVER, 422 if error else 200)


def _mail(mobilise: Mobilise, siret: str, invitation: Invitation, to: str, token: str) -> Mail:
    absolute = mobilise.outbox.absolute
    return build_mail(invitation, to, absolute(publish_for(siret)), absolute(urls.stop(token)))


def _invitation(request: Request, site: Site, actor: Actor, company: Company, metier: str) -> Invitation:
    """For the job that one calls for, when the company's sector has it; else for the first job of its sector."""
    labour, jobs = services_of(request).labour, jobs_of(company)
    job = metier if set(jobs) & set(labour.family(metier)) else next(iter(jobs), "")
    commune = load_communes().resolve(company.code_insee)
    hiring = said_of_hiring(labour, job, commune) if job and commune is not None else None
    who = f"{site.territory.nom} ({site.territory.territoire})"
    return Invitation(company.name, job_label(job) if job else "", hiring or "", who, interlocutor(site, actor))
