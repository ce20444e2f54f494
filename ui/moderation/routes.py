"""`/moderation`: for those who coordinate, and référents who were given the right. To others it does not exist."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from indexer.accounts import Actor
from indexer.errors import NotFoundError
from indexer.publish.errors import AlreadyDecidedError, PublicationError, StateError
from indexer.publish.moderation import Decision, Moderation, Moderator
from indexer.publish.publications import Publications
from indexer.publish.states import State
from ui.espace.forms import Form
from ui.espace.guard import Sent, allow_moderators, workspace_of
from ui.espace.navigation import frame_of
from ui.moderation import urls
from ui.moderation.pages import build_case_page, build_queue_page
from ui.publier.preview import build_preview
from ui.rendering import NEVER, Renderer
from ui.services import services_of

Reader = Annotated[Actor, Depends(allow_moderators())]

_TOLD: Final = {
    "accepter": "La publication est en ligne. La personne est prévenue.",
    "corriger": "La correction est demandée par courriel.",
    "refuser": "Le refus et sa raison sont partis par courriel.",
}


def add_moderation_routes(router: APIRouter, renderer: Renderer) -> None:
    router.add_api_route(urls.QUEUE, _queue(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.CASE_ROUTE, _show(renderer), methods=["GET", "HEAD"])
    router.add_api_route(urls.CASE_ROUTE, _decide(renderer), methods=["POST"])
    router.add_api_route(urls.TRUST_ROUTE, _trust(renderer), methods=["POST"])


def _publications(request: Request) -> Publications:
    return workspace_of(request).publications


def _queue(renderer: Renderer) -> Callable[..., Response]:
    def queue(request: Request, actor: Reader) -> Response:
        moderation = Moderation(_publications(request))
        told = _TOLD.get(request.query_params.get("fait", ""), "")
        page = build_queue_page(frame_of(request, actor), moderation.queue(), moderation.others(), told)
        return renderer.response("moderation/queue.html", page, NEVER)

    return queue


def _show(renderer: Renderer) -> Callable[..., Response]:
    def show(request: Request, publication_id: str, actor: Reader) -> Response:
        return _case(request, renderer, actor, publication_id)

    return show


def _decide(renderer: Renderer) -> Callable[..., Response]:
    def decide(request: Request, publication_id: str, actor: Reader, form: Sent) -> Response:
        decision = next((one for one in Decision if one == form.get("decision")), None)
        if decision is None:
            raise HTTPException(422)
        try:
            Moderation(_publications(request)).decide(
                _moderator(actor), publication_id, _version(form), decision, form.get("motif")
            )
        except NotFoundError:
            raise HTTPException(404) from None
        except PublicationError as error:
            return _case(request, renderer, actor, publication_id, form, error.errors, 422)
        except (AlreadyDecidedError, StateError) as error:
            return _case(request, renderer, actor, publication_id, form, {"decision": str(error)}, 409)
        return RedirectResponse(urls.queue(decision), 303, {"Cache-Control": NEVER})

    return decide


def _trust(renderer: Renderer) -> Callable[..., Response]:
    def trust(request: Request, publication_id: str, actor: Reader, form: Sent) -> Response:
        moderation = Moderation(_publications(request))
        try:
            moderation.trust(_moderator(actor), publication_id, trusted=form.get("confiance") == "oui")
        except NotFoundError:
            raise HTTPException(404) from None
        except PublicationError as error:
            return _case(request, renderer, actor, publication_id, form, error.errors, 422)
        return RedirectResponse(urls.case(publication_id), 303, {"Cache-Control": NEVER})

    return trust


def _case(
    request: Request,
    renderer: Renderer,
    actor: Actor,
    publication_id: str,
    form: Form | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    publications = _publications(request)
    try:
        case = Moderation(publications).case(publication_id)
    except NotFoundError:
        raise HTTPException(404) from None
    found = case.publication
    content = publications.read(found.kind, found.answers, found.submitted_at).content
    preview = build_preview(publications, found, content, services_of(request).search.today())
    page = build_case_page(
        frame_of(request, actor),
        case,
        preview,
        waits=found.state is State.TO_MODERATE,
        reason="" if form is None else form.get("motif"),
        errors=errors,
    )
    return renderer.response("moderation/case.html", page, NEVER, status)


def _moderator(actor: Actor) -> Moderator:
    return Moderator(actor.user_id, actor.name)


def _version(form: Form) -> int:
    typed = form.get("version")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1
