"""`/v1/profiles`: diagnoses of other tools as the profile that matching takes."""

from typing import Any

import orjson
from anyio import to_thread
from fastapi import APIRouter, Request, Response

from indexer.geocode.communes import load_communes
from indexer.matching.diagnostic_usager import convert_diagnostic
from indexer.matching.diagnostic_usager.by_words import words_reader
from search_api.answers import answer_state
from search_api.documented import documented_post
from search_api.json_body import read_object
from search_api.parameters import read_parameters
from search_api.schemas.profiles import ConvertedProfile, example_converted, example_diagnostic
from search_api.services import services_of

_BODY = {
    "schema": {
        "type": "object",
        "description": "Le diagnostic, ou `{diagnostic, lieu}`. Toute partie peut manquer ou être nulle.",
        "properties": {
            "diagnostic": {"type": "object", "description": "Le diagnostic, quand `lieu` est donné à côté."},
            "lieu": {"type": "object", "description": "Comme dans le profil ; remplace celui du diagnostic."},
            "besoinsParDiagnostic": {"type": "array", "description": "Projets, et besoins de chacun."},
            "thematiqueContrainte": {"type": "object", "description": "Contraintes, situations, objectifs."},
            "pouvoirAgir": {"type": "object", "description": "Confiance et accompagnement."},
            "autonomieNumerique": {"type": "object", "description": "Aisance avec le numérique."},
            "extra": {"type": "object", "description": "Trajet accepté, niveau de français, situation."},
        },
    },
    "example": example_diagnostic(),
}

router = APIRouter(tags=["Construire un plan"])


@router.post(
    "/v1/profiles/diagnostic-usager",
    **documented_post(
        "Lire un diagnostic usager de France Travail",
        ConvertedProfile,
        "Le profil neutre. `non_compris` dit, champ par champ, ce qui n'a pas été compris ou repris.",
        body=_BODY,
        example=example_converted(),
    ),
)
async def convert(request: Request) -> Response:
    """Le profil que `POST /v1/match` prend tel quel. Rien n'est gardé ni noté."""
    read_parameters(request.scope["query_string"], ())
    body: dict[str, Any] = await read_object(request, None)
    read_words = words_reader(services_of(request).search.understander)
    profile = await to_thread.run_sync(convert_diagnostic, body, load_communes(), read_words)
    return answer_state(orjson.dumps(profile))
