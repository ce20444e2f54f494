"""`POST /v1/immersions`, `POST /v1/ateliers`, and what a publisher does afterwards with the token of a publication."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from indexer.errors import ExpiredLinkError
from indexer.publish.errors import AlreadyDecidedError, PublicationError, StateError, TooManyError
from indexer.publish.states import PublicationKind
from search_api.answers import answer_state
from search_api.client_address import sender_of
from search_api.documented import Documented, documented_post
from search_api.json_body import read_object
from search_api.parameters import read_parameters
from search_api.problems import Problem, ProblemError
from search_api.publication_body import bearer_of, build_body, read_publication_body, refuse_fields
from search_api.schemas.publications import (
    ImmersionBody,
    PublicationModel,
    WorkshopBody,
    example_immersion,
    example_publication,
    example_workshop,
    workshop_schema,
)
from search_api.services import services_of

if TYPE_CHECKING:
    from indexer.publish.managing import Managing
    from indexer.workspace import Workspace

router = APIRouter(tags=["Publier"])


def _described(summary: str, description: str, body: Any, example: dict[str, Any]) -> Documented:
    described = {"schema": body, "example": example}
    told = documented_post(summary, PublicationModel, description, body=described, example=example_publication())
    problems = {401: "Jeton absent.", 409: "L'état de la publication ne le permet pas.", 410: "Jeton ou lien périmé."}
    model = told["responses"][422]["model"]
    told["responses"] |= {status: {"model": model, "description": text} for status, text in problems.items()}
    return told


def _object(**properties: str) -> dict[str, Any]:
    fields = {name: {"type": "string", "description": text} for name, text in properties.items()}
    return {"type": "object", "additionalProperties": False, "properties": fields}


@router.post(
    "/v1/immersions",
    **_described(
        "Publier une immersion",
        "La publication attend la confirmation par courriel, puis une relecture.",
        ImmersionBody.model_json_schema(),
        example_immersion(),
    ),
)
async def publish_immersion(request: Request) -> Response:
    """Une entreprise propose d'accueillir une personne. Un courriel part : son lien confirme l'adresse."""
    return await _publish(request, PublicationKind.IMMERSION, ImmersionBody)


@router.post(
    "/v1/ateliers",
    **_described(
        "Publier un atelier",
        "La publication attend la confirmation par courriel, puis une relecture.",
        workshop_schema(),
        example_workshop(),
    ),
)
async def publish_workshop(request: Request) -> Response:
    """Une structure annonce un atelier et ses séances. Un courriel part : son lien confirme l'adresse."""
    return await _publish(request, PublicationKind.WORKSHOP, WorkshopBody)


@router.post(
    "/v1/publications/confirmation",
    **_described(
        "Confirmer une publication",
        "L'état, et une seule fois le jeton qui gère la publication.",
        _object(jeton="La fin du lien reçu par courriel."),
        {"jeton": "…"},
    ),
)
async def confirm(request: Request) -> Response:
    """Confirme l'adresse de courriel. Le lien sert une fois, pendant trois jours."""
    read_parameters(request.scope["query_string"], ())
    body = await read_object(request, ("jeton",))
    with _told():
        token = str(body.get("jeton", ""))
        publication, managing = await to_thread.run_sync((await _workspace(request)).publications.confirm, token)
    return answer_state(build_body(publication, managing))


@router.post(
    "/v1/publications/etat",
    **_described("Lire l'état d'une publication", "L'état.", _object(), {}),
)
async def read_state(request: Request) -> Response:
    """L'état de la publication du jeton (`Authorization: Bearer`)."""
    return await _manage(request, lambda managing, token, _: managing.open(token))


@router.post(
    "/v1/publications/pause",
    **_described(
        "Mettre en pause",
        "L'offre n'est plus trouvée, tout de suite.",
        _object(jusqu_au="Jour de la reprise, facultatif : `2026-09-15`."),
        {"jusqu_au": "2036-09-15"},
    ),
)
async def pause(request: Request) -> Response:
    """Cache la publication, jusqu'à un jour ou jusqu'à la reprise."""
    return await _manage(
        request, lambda managing, token, body: managing.pause_until(token, body.get("jusqu_au", "")), "jusqu_au"
    )


@router.post("/v1/publications/reprise", **_described("Remettre en ligne", "L'offre est trouvée.", _object(), {}))
async def resume(request: Request) -> Response:
    """Remet en ligne ce qui était en pause ou endormi."""
    return await _manage(request, lambda managing, token, _: managing.resume(token))


@router.post("/v1/publications/fermeture", **_described("Retirer", "L'offre est retirée.", _object(), {}))
async def close(request: Request) -> Response:
    """Retire la publication pour toujours."""
    return await _manage(request, lambda managing, token, _: managing.close(token))


async def _publish(request: Request, kind: PublicationKind, model: type[BaseModel]) -> Response:
    read_parameters(request.scope["query_string"], ())
    fields = await read_publication_body(request, model)
    sender = sender_of(request.scope, services_of(request).settings.trusted_proxies)
    workspace = await _workspace(request)
    with _told():
        publication = await to_thread.run_sync(workspace.publications.start_whole, kind, sender, fields)
    return answer_state(build_body(publication))


async def _manage(request: Request, act: "Callable[[Managing, str, dict[str, str]], object]", *known: str) -> Response:
    read_parameters(request.scope["query_string"], ())
    token = bearer_of(request)
    body = {name: str(value) for name, value in (await read_object(request, known)).items()}
    managing = (await _workspace(request)).managing
    with _told():
        await to_thread.run_sync(act, managing, token, body)
        publication = await to_thread.run_sync(managing.open, token)
    return answer_state(build_body(publication))


async def _workspace(request: Request) -> "Workspace":
    """In a thread: the first of a process opens it."""
    return await to_thread.run_sync(lambda: services_of(request).workspace)


@contextmanager
def _told() -> Iterator[None]:
    """Errors of publications as problems."""
    try:
        yield
    except PublicationError as error:
        raise refuse_fields(error.errors) from error
    except ExpiredLinkError as error:
        raise ProblemError(Problem(410, "lien-perime", "Lien périmé", str(error))) from error
    except (StateError, AlreadyDecidedError) as error:
        raise ProblemError(Problem(409, "etat", "Impossible dans cet état", str(error))) from error
    except TooManyError as error:
        headers = {"Retry-After": str(error.seconds)}
        raise ProblemError(Problem(429, "trop", "Trop de publications", str(error), headers)) from error
