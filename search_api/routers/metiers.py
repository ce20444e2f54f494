"""`/v1/metiers`: jobs of the ROME by how people say them."""

import time
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from indexer.metiers.search import MAX_READ, JobHit
from indexer.metiers.service import JobSheet
from indexer.reference.shipped import rome_labels
from search_api.answers import RECORD, SEARCHED, answer_json
from search_api.closest import closest_labelled
from search_api.documented import documented
from search_api.metrics import metrics_of
from search_api.parameters import Parameter, read_parameters, shown
from search_api.problems import not_found
from search_api.readers import integer_reader, read_text
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
    Parameter(
        "size",
        "Métiers voulus, au plus.",
        integer_reader(1, MAX_SIZE),
        {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": DEFAULT_SIZE},
        DEFAULT_SIZE,
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
    return answer_json(request, orjson.dumps({"items": [_hit(hit) for hit in found]}), SEARCHED)


@router.get(
    "/v1/metiers/{rome}",
    **documented(
        "Lire un métier",
        JobSheetModel,
        "Le métier, comment on l'appelle, et les métiers proches.",
        problems={404: "Aucun métier n'a ce code."},
    ),
)
def read_job(request: Request, rome: str) -> Response:
    """Par son code ROME 4.0, comme `G1609`."""
    read_parameters(request.scope["query_string"], ())
    sheet = services_of(request).metiers.get(rome)
    if sheet is None:
        raise not_found(_unknown(rome))
    return answer_json(request, orjson.dumps(_sheet(sheet)), RECORD)


def _unknown(rome: str) -> str:
    said = f"Aucun métier n'a le code « {shown(rome)} »."
    meant = closest_labelled(rome, rome_labels())
    if meant is None:
        return f"{said} Un code ROME 4.0 est attendu, comme « G1609 » ; cherchez-le avec /v1/metiers?q=."
    return f"{said} Vouliez-vous dire « {meant} » ({rome_labels()[meant]}) ?"


def _hit(hit: JobHit) -> dict[str, Any]:
    return {
        "code_rome": hit.code_rome,
        "libelle": hit.libelle,
        "appellation": hit.appellation,
        "score": hit.score,
    }


def _sheet(sheet: JobSheet) -> dict[str, Any]:
    close = sheet.close
    return {
        "code_rome": sheet.code_rome,
        "libelle": sheet.libelle,
        "noms": sheet.sayings.noms,
        "envies": sheet.sayings.envies,
        "appellations": sheet.titles,
        "proches": None if close is None else [{"code_rome": code, "libelle": label} for code, label in close],
    }
