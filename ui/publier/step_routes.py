"""`/publier`: four short steps, each saved as it is sent."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.publish.company import check_siret
from indexer.publish.errors import PublicationError
from indexer.publish.publication import Publication
from indexer.publish.publications import Publications
from indexer.publish.reading import Reading, Step
from indexer.publish.states import PublicationKind, State
from ui.mobilisation.hiring import hiring_around
from ui.publier import urls
from ui.publier.forms import TRAP, Fields, first, read_fields
from ui.publier.pages import SimplePage, StepPage, build_step_page
from ui.publier.preview import build_preview
from ui.publier.telling import SIMPLE, telling
from ui.publier.understood import all_needs, propose
from ui.rendering import NEVER, Renderer
from ui.services import sender_of, services_of

Sent = Annotated[Fields, Depends(read_fields)]


def publications_of(request: Request) -> Publications:
    return services_of(request).workspace.publications


def add_step_routes(router: APIRouter, renderer: Renderer) -> None:
    told = telling(renderer)
    router.add_api_route(urls.PUBLISH, _choose(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.PUBLISH, told(_begin()), methods=["POST"])
    router.add_api_route(urls.SENT_ROUTE, told(_sent(renderer)), methods=["GET", "HEAD"])
    router.add_api_route(urls.STEP_ROUTE, told(_show(renderer)), methods=["GET", "HEAD"])
    router.add_api_route(urls.STEP_ROUTE, told(_save(renderer)), methods=["POST"])


def _choose(renderer: Renderer) -> Callable[[Request], Response]:
    def choose(request: Request) -> Response:
        page = SimplePage(
            "Publier une immersion ou un atelier",
            "Une entreprise accueille, une structure annonce son atelier : en quelques minutes, sans compte.",
            (),
            action=urls.PUBLISH,
            siret=check_siret(request.query_params.get(urls.SIRET, "")[:40])[0] or "",
        )
        return renderer.response("publier/choose.html", page, NEVER)

    return choose


def _begin() -> Callable[..., Response]:
    def begin(request: Request, fields: Sent) -> Response:
        kind = next((kind for kind in PublicationKind if kind == first(fields, "type")), None)
        if kind is None or first(fields, TRAP):
            raise HTTPException(422)
        publications, siret = publications_of(request), check_siret(first(fields, urls.SIRET)[:40])[0]
        token = publications.start(kind, sender_of(request))
        if siret is not None:  # what the register knows of it is then filled in too
            publications.save(token, Step.WHO, {"siret": [siret]})
        return _go(urls.step(token, Step.WHO))

    return begin


def _show(renderer: Renderer) -> Callable[..., Response]:
    def show(request: Request, jeton: str, etape: str) -> Response:
        publications, step = publications_of(request), _step(etape)
        publication = publications.open(jeton)
        reading = publications.read(publication.kind, publication.answers)
        if step is Step.SUMMARY:  # the box of this page is not a mistake before anything is sent
            reading = Reading(reading.content, {**reading.errors, step: {}})
        page = _page(request, publication, reading, step, jeton, tell=step is Step.SUMMARY)
        return renderer.response("publier/step.html", page, NEVER)

    return show


def _save(renderer: Renderer) -> Callable[..., Response]:
    def save(request: Request, jeton: str, etape: str, fields: Sent) -> Response:
        publications, step = publications_of(request), _step(etape)
        publication, reading = publications.save(jeton, step, fields)
        if step is Step.SUMMARY:
            return _submit(request, renderer, publication, reading, jeton)
        if reading.errors.get(step):
            page = _page(request, publication, reading, step, jeton, tell=True)
            return renderer.response("publier/step.html", page, NEVER, 200 if page.understood else 422)
        steps = list(Step)
        return _go(urls.step(jeton, steps[steps.index(step) + 1]))

    return save


def _submit(request: Request, renderer: Renderer, publication: Publication, reading: Reading, jeton: str) -> Response:
    """Sends it; with something left to mend, the page says where."""
    try:
        after = publications_of(request).submit(jeton)
    except PublicationError as error:
        wrong = Reading(None, {**reading.errors, Step.SUMMARY: error.errors})
        page = _page(request, publication, wrong, Step.SUMMARY, jeton, tell=True)
        return renderer.response("publier/step.html", page, NEVER, 422)
    if after.state is State.TO_CONFIRM:
        return _go(urls.sent(jeton))
    return _go(urls.manage(jeton, "en-ligne" if after.state is State.PUBLISHED else "envoyee"))


def _sent(renderer: Renderer) -> Callable[..., Response]:
    def sent(request: Request, jeton: str) -> Response:
        publication = publications_of(request).open(jeton)
        to = publication.answers.get("courriel", ("",))[0]
        lines = (
            f"Un courriel vient de partir à {to}.",
            "Ouvrez-le et cliquez sur son bouton : votre publication sera alors relue, puis mise en ligne.",
            "Rien n’arrive ? Regardez dans les courriers indésirables, ou corrigez l’adresse.",
        )
        links = (("Corriger mon adresse", urls.step(jeton, Step.CONTACT)),)
        return renderer.response(SIMPLE, SimplePage("Un courriel vous attend", lines[0], lines, links=links), NEVER)

    return sent


def _page(
    request: Request, publication: Publication, reading: Reading, step: Step, token: str, *, tell: bool
) -> StepPage:
    services, publications = services_of(request), publications_of(request)
    proposed = propose(services, publication) if step is Step.WHAT else ()
    preview = build_preview(publications, publication, reading.content, services.search.today())
    editing = publication.state not in (State.DRAFT, State.TO_CONFIRM)
    return build_step_page(
        publication,
        reading,
        step,
        token,
        tell=tell,
        proposed=proposed,
        all_needs=all_needs(),
        preview=preview,
        hiring=hiring_around(services, reading.content),
        editing=editing,
    )


def _step(name: str) -> Step:
    step = next((step for step in Step if step == name), None)
    if step is None:
        raise HTTPException(404)
    return step


def _go(address: str) -> Response:
    return RedirectResponse(address, 303, {"Cache-Control": NEVER})
