"""`/v1/offers`: searching, reading one, its likes."""

import time

import orjson
from fastapi import APIRouter, Request, Response

from indexer.catalogue.stored import StoredOffer
from indexer.errors import MaillageError
from indexer.public import offer_json
from indexer.search.alternatives import find_alternatives
from search_api.answers import RECORD, SEARCHED, answer_json
from search_api.bodies import build_duration, build_items, build_search_body
from search_api.documented import documented
from search_api.identifiers import ends_with_segment, readable_id
from search_api.metrics import metrics_of
from search_api.offer_parameters import offer_parameters, read_offer_query
from search_api.parameters import read_parameters
from search_api.problems import Problem, ProblemError, not_found
from search_api.readers import size_parameter
from search_api.schemas.records import Offer_
from search_api.schemas.search import GoneModel, SearchResponse, SimilarResponse, example_search
from search_api.services import Services, services_of

ALTERNATIVES = 5
_MAX_SIMILAR, _SIMILAR = 20, 5
_SIMILAR_PARAMETERS = (size_parameter("Offres voulues.", _MAX_SIMILAR, _SIMILAR),)
_PROBLEMS = {404: "Aucune offre ne porte cet identifiant, ou elle attend sa structure."}

router = APIRouter(tags=["Offres"])


@router.get(
    "/v1/offers",
    **documented(
        "Chercher des offres",
        SearchResponse,
        "Une page d'offres, dans l'ordre demandé.",
        parameters=offer_parameters(),
        example=example_search(),
        problems={410: "Le curseur vient d'une version de l'index qui n'est plus gardée.", 414: "Adresse trop longue."},
    ),
)
def search_offers(request: Request) -> Response:
    """Par besoin, par lieu, par filtres. Un paramètre répété est un OU ; un paramètre inconnu est refusé."""
    services, started = services_of(request), time.perf_counter()
    asked = read_offer_query(request.scope["query_string"])
    answer = services.search.search(asked.request)
    body = build_search_body(answer, asked.request, explain=asked.explain)
    metrics_of(request).observe_search("offres", started)
    return answer_json(request, body, SEARCHED, unstable=build_duration(answer))


@router.get(
    "/v1/offers/{offer_id:path}/similaires",
    **documented(
        "Lire les offres proches d'une autre",
        SimilarResponse,
        "Les plus proches par le sens, autour du même lieu.",
        parameters=_SIMILAR_PARAMETERS,
        example={"items": []},
        problems=_PROBLEMS | {410: "L'offre est retirée ; la réponse donne d'autres offres."},
        gone=GoneModel,
    ),
)
def read_similar(request: Request, offer_id: str) -> Response:
    """Des offres vers lesquelles se tourner aussi."""
    if not ends_with_segment(request.scope, b"/similaires"):
        return read_offer(request, f"{offer_id}/similaires")  # the end of an id, percent-encoded
    size = read_parameters(request.scope["query_string"], _SIMILAR_PARAMETERS).get("size", _SIMILAR)
    services, started = services_of(request), time.perf_counter()
    stored = _stored(services, offer_id)
    answer = services.search.similar(stored.offer.id, size)
    found = find_alternatives(services.search, stored.offer, size) if answer is None else answer.items
    metrics_of(request).observe_search("similaires", started)
    return answer_json(request, orjson.dumps({"items": build_items(found)}), RECORD)


@router.get(
    "/v1/offers/{offer_id:path}",
    **documented(
        "Lire une offre",
        Offer_,
        "L'offre et sa structure ; `statut` dit si elle est suspendue ou expirée.",
        problems=_PROBLEMS | {410: "L'offre est retirée ; la réponse donne d'autres offres."},
        gone=GoneModel,
    ),
)
def read_offer(request: Request, offer_id: str) -> Response:
    """Par son identifiant, encodé pour une adresse (`/` s'écrit `%2F`)."""
    read_parameters(request.scope["query_string"], ())
    services = services_of(request)
    stored = _stored(services, offer_id)
    search = services.search
    return answer_json(request, offer_json(stored, search.today(), search.predicted_of(stored.offer.id)), RECORD)


def _stored(services: Services, offer_id: str) -> StoredOffer:
    """The offer that the catalogue holds and shows; otherwise the problem that says why not."""
    known = readable_id(offer_id)
    stored = None if known is None else services.catalogue.get_offer(known)
    if stored is None:
        raise not_found("Aucune offre ne porte cet identifiant.")
    if stored.retired_at is not None:
        raise ProblemError(_gone(services, stored))
    if stored.structure is None:
        raise not_found("Cette offre n'est pas publiée : sa structure n'est pas encore au catalogue.")
    return stored


def _gone(services: Services, stored: StoredOffer) -> Problem:
    summary = services.catalogue.summary_of_retired(stored.offer.id)
    assert summary is not None
    try:
        found = find_alternatives(services.search, summary, ALTERNATIVES)
    except MaillageError:
        found = ()  # no index answers: the offer is gone all the same
    extra = {
        "offre": {
            "id": summary.id,
            "nom": summary.nom,
            "structure": summary.structure,
            "commune": summary.commune,
            "retiree_le": summary.retired_at,
        },
        "alternatives": build_items(found),
    }
    detail = f"L'offre « {summary.nom} » n'est plus proposée. Voyez plutôt celles de « alternatives »."
    return Problem(410, "offre-retiree", "Offre retirée", detail, extra=extra)
