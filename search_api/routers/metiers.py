"""`/v1/metiers`: jobs of the ROME by how people say them."""

import time

import orjson
from fastapi import APIRouter, Request, Response

from indexer.closest import closest_labelled
from indexer.geocode.communes import load_communes
from indexer.metiers.search import MAX_READ
from indexer.reference.shipped import rome_labels
from search_api.answers import RECORD, SEARCHED, answer_json
from search_api.documented import documented
from search_api.job_bodies import build_job, build_job_sheet
from search_api.metrics import metrics_of
from search_api.parameters import Parameter, read_parameters, shown
from search_api.problems import not_found
from search_api.readers import read_commune, read_text, size_parameter
from search_api.schemas.metiers import JobSheetModel, JobsResponse
from search_api.services import services_of

DEFAULT_SIZE, MAX_SIZE = 10, 50

_PARAMETERS = (
    Parameter(
        "q",
        f"Le métier avec ses propres mots : nom, envie, lieu. Les {MAX_READ} premiers caractères sont lus.",
        read_text,
        {"type": "string"},
        "bosser dans les arbres",
        required=True,
        may_be_empty=True,
    ),
    size_parameter("Métiers voulus, au plus.", MAX_SIZE, DEFAULT_SIZE),
)

_PLACE = (
    Parameter(
        "code_commune",
        "Commune autour de laquelle dire la difficulté de recruter, du métier et des métiers proches.",
        read_commune,
        {"type": "string", "pattern": "^[0-9][0-9AB][0-9]{3}$"},
        "90010",
    ),
)

router = APIRouter(tags=["Métiers"])


@router.get(
    "/v1/metiers",
    **documented(
        "Chercher un métier",
        JobsResponse,
        "Les métiers du ROME 4.0, les plus probables d'abord ; une liste vide quand rien ne ressemble.",
        parameters=_PARAMETERS,
    ),
)
def search_jobs(request: Request) -> Response:
    """Au féminin ou au masculin, avec des fautes, en langage courant, dans plusieurs langues."""
    services, started = services_of(request), time.perf_counter()
    asked = read_parameters(request.scope["query_string"], _PARAMETERS)
    found = services.metiers.search(asked["q"][:MAX_READ], asked.get("size", DEFAULT_SIZE))
    metrics_of(request).observe_search("metiers", started)
    return answer_json(request, orjson.dumps({"items": [build_job(hit) for hit in found]}), SEARCHED)


@router.get(
    "/v1/metiers/{rome}",
    **documented(
        "Lire un métier",
        JobSheetModel,
        "Le métier, comment on l'appelle, et les métiers proches ; avec un lieu, la difficulté d'y recruter.",
        parameters=_PLACE,
        problems={404: "Aucun métier n'a ce code."},
    ),
)
def read_job(request: Request, rome: str) -> Response:
    """Par son code ROME 4.0, comme `G1609`."""
    asked, services = read_parameters(request.scope["query_string"], _PLACE), services_of(request)
    sheet = services.metiers.get(rome)
    if sheet is None:
        raise not_found(_unknown(rome))
    commune = load_communes().resolve(asked["code_commune"]) if "code_commune" in asked else None
    market = None if commune is None else services.labour.at(services.labour.place_of(commune))
    return answer_json(request, orjson.dumps(build_job_sheet(sheet, market)), RECORD)


def _unknown(rome: str) -> str:
    said = f"Aucun métier n'a le code « {shown(rome)} »."
    meant = closest_labelled(rome, rome_labels())
    if meant is None:
        return f"{said} Un code ROME 4.0 est attendu, comme « G1609 » ; cherchez-le avec /v1/metiers?q=."
    return f"{said} Vouliez-vous dire « {meant} » ({rome_labels()[meant]}) ?"
