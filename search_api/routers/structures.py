"""`/v1/structures`: a structure with its offers."""

from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from indexer.catalogue.stored import StoredStructure
from indexer.public import offer_dict, structure_dict
from indexer.schema import Statut
from search_api.answers import RECORD, answer_json
from search_api.documented import documented
from search_api.identifiers import readable_id
from search_api.parameters import read_parameters
from search_api.problems import Problem, ProblemError, not_found
from search_api.schemas.records import StructureWithOffers
from search_api.services import Services, services_of

router = APIRouter(tags=["Structures"])


@router.get(
    "/v1/structures/{structure_id:path}",
    **documented(
        "Lire une structure et ses offres",
        StructureWithOffers,
        "La structure, et ses offres publiées à ce jour.",
        problems={404: "Aucune structure ne porte cet identifiant.", 410: "La structure est retirée."},
    ),
)
def read_structure(request: Request, structure_id: str) -> Response:
    """Par son identifiant, encodé pour une adresse (`/` s'écrit `%2F`)."""
    read_parameters(request.scope["query_string"], ())
    services = services_of(request)
    known = readable_id(structure_id)
    stored = None if known is None else services.catalogue.get_structure(known)
    if stored is None:
        raise not_found("Aucune structure ne porte cet identifiant.")
    if stored.retired_at is not None:
        detail = f"La structure « {stored.structure.nom} » n'est plus au catalogue."
        raise ProblemError(Problem(410, "structure-retiree", "Structure retirée", detail))
    return answer_json(request, orjson.dumps(_body(services, stored)), RECORD)


def _body(services: Services, stored: StoredStructure) -> dict[str, Any]:
    today = services.search.today()
    offers = [offer_dict(offer, today) for offer in services.catalogue.offers_of_structure(stored.structure.id)]
    for offer in offers:
        del offer["structure"]
    return structure_dict(stored) | {"offres": [offer for offer in offers if offer["statut"] == Statut.PUBLIEE]}
