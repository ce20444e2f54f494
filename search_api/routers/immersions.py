"""`GET /v1/immersions`: our immersions in the public shape of Immersion Facilitée, for its readers."""

import math
import time
from dataclasses import replace
from functools import cache
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response

from indexer.catalogue.stored import StoredOffer
from indexer.search import SearchAnswer, SearchRequest
from search_api.answers import SEARCHED, answer_json
from search_api.documented import documented
from search_api.immersion_body import iter_results
from search_api.metrics import metrics_of
from search_api.offer_parameters import offer_parameters
from search_api.parameters import Parameter, read_parameters
from search_api.schemas.immersions import ImmersionsResponse, example_immersions
from search_api.services import Services, services_of

_NAMES: Final = ("code_commune", "lat", "lon", "rayon_km", "metiers", "page", "size")

router = APIRouter(tags=["Immersions"])


@cache
def _parameters() -> tuple[Parameter, ...]:
    known = {parameter.name: parameter for parameter in offer_parameters()}
    return tuple(known[name] for name in _NAMES)


@router.get(
    "/v1/immersions",
    **documented(
        "Lire les immersions dans la forme d'Immersion Facilitée",
        ImmersionsResponse,
        "Les plus proches d'abord, quand un lieu est donné. Ni téléphone ni courriel : les demandes passent par nous.",
        parameters=_parameters(),
        example=example_immersions(),
    ),
)
def read_immersions(request: Request) -> Response:
    """Autour d'un lieu, ou partout ; pour des métiers, ou tous. Une offre de deux métiers donne deux résultats."""
    services, started = services_of(request), time.perf_counter()
    values = read_parameters(request.scope["query_string"], _parameters())
    wanted = values.pop("metiers", ())
    filters = {"types_offre": ("immersion",)} | ({"metiers": wanted} if wanted else {})
    asked = SearchRequest(filtres=filters, **values)
    asked = replace(asked, tri="distance") if asked.has_place else asked
    answer = services.search.search(asked)
    body = {"data": list(iter_results(_stored(services, answer), wanted)), "pagination": _pages(answer, asked)}
    metrics_of(request).observe_search("immersions", started)
    return answer_json(request, orjson.dumps(body), SEARCHED)


def _stored(services: Services, answer: SearchAnswer) -> list[tuple[StoredOffer, float | None]]:
    """The offers of a page, near-identical siblings unfolded; one that the catalogue lost meanwhile is left out."""
    found: list[tuple[str, float | None]] = []
    for item in answer.items:
        found.append((item.id, item.distance_km))
        found += [(near.id, near.distance_km) for near in item.autres_lieux]
    kept = services.catalogue.get_offers([offer_id for offer_id, _ in found])
    return [(kept[offer_id], distance_km) for offer_id, distance_km in found if offer_id in kept]


def _pages(answer: SearchAnswer, asked: SearchRequest) -> dict[str, int]:
    return {
        "currentPage": asked.page,
        "totalPages": max(math.ceil(answer.total / asked.size), 1),
        "numberPerPage": asked.size,
        "totalRecords": answer.total,
    }
