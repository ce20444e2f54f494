"""The state of the process, for whoever runs it."""

import orjson
from fastapi import APIRouter, Request, Response

from indexer.status import read_status
from search_api.answers import answer_state
from search_api.documented import documented_state
from search_api.errors import RETRY_SECONDS
from search_api.metrics import metrics_of
from search_api.problems import Problem, ProblemError
from search_api.schemas.others import AliveModel, ReadyModel, StatusResponse
from search_api.services import Services, services_of

router = APIRouter(tags=["État"])


@router.get("/healthz", **documented_state("Savoir si le processus répond", AliveModel, "Il répond."))
async def healthz() -> Response:
    """Ne regarde ni le catalogue ni l'index."""
    return answer_state(b'{"statut":"ok"}')


@router.get(
    "/readyz",
    **documented_state(
        "Savoir si un index répond", ReadyModel, "Un index répond.", unready="Pas encore : voir `detail`."
    ),
)
def readyz(request: Request) -> Response:
    """503 tant que la mise en route n'est pas finie, ou qu'aucun index n'est construit."""
    services = services_of(request)
    health = services.engine.health()
    if health.version is None or not services.warm.is_set() or health.version.encoder != services.encoder.name:
        detail = _why_not_ready(services, health.version is None)
        headers = {"Retry-After": str(RETRY_SECONDS)}
        raise ProblemError(Problem(503, "pas-pret", "Pas encore prêt", detail, headers))
    return answer_state(orjson.dumps({"statut": "pret", "version": health.version.name}))


@router.get(
    "/statusz", **documented_state("Lire l'état de l'ensemble", StatusResponse, "Catalogue, index, travaux en cours.")
)
def statusz(request: Request) -> Response:
    """Ce que contient le catalogue, ce que sert l'index, et les travaux longs."""
    services = services_of(request)
    status = read_status(services.catalogue, services.engine)
    status["index"].pop("message", None)  # it can name folders
    return answer_state(orjson.dumps(status))


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """For Prometheus, in its text format."""
    return Response(
        metrics_of(request).render(), headers={"Cache-Control": "no-store"}, media_type="text/plain; version=0.0.4"
    )


def _why_not_ready(services: Services, no_index: bool) -> str:
    if no_index:
        return "Aucun index ne répond : lancez « maillage reindex »."
    if not services.warm.is_set():
        return "La mise en route n'est pas finie."
    return "L'index et l'encodeur ne vont pas ensemble : lancez « maillage reindex »."
