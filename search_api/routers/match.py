"""`/v1/match`: a local plan for a profile, and the schema of the profile."""

import time
from typing import Any

import orjson
from anyio import to_thread
from fastapi import APIRouter, Request, Response

from indexer.matching.profile import Profile
from indexer.matching.reading import ProfileError, profile_schema, read_profile
from search_api.answers import VOCABULARY, answer_json, answer_state
from search_api.documented import documented, documented_post
from search_api.json_body import read_object
from search_api.metrics import metrics_of
from search_api.parameters import BadParametersError, ParameterError, read_parameters
from search_api.plan_body import build_plan
from search_api.schemas.match import MatchResponse, example_plan, example_profile
from search_api.services import services_of

router = APIRouter(tags=["Construire un plan"])

_BODY = {
    "schema": {
        "type": "object",
        "required": ["lieu"],
        "description": "Le profil : son schéma JSON est en `/v1/profiles/schema`. Seul le lieu est demandé.",
    },
    "example": example_profile(),
}


@router.post(
    "/v1/match",
    **documented_post(
        "Construire un plan local",
        MatchResponse,
        "Le plan : offres par besoin, métiers, étapes, droits, et ce qui n'a pas de réponse à portée.",
        body=_BODY,
        example=example_plan(),
    ),
)
async def match(request: Request) -> Response:
    """D'un diagnostic à un plan, pour l'endroit où vit la personne. Le profil n'est ni gardé ni noté."""
    read_parameters(request.scope["query_string"], ())
    profile, started = _read(await read_object(request, Profile.model_fields)), time.perf_counter()
    plan = await to_thread.run_sync(services_of(request).matcher.match, profile)
    metrics_of(request).observe_search("plan", started)
    return answer_state(orjson.dumps(build_plan(plan)))


@router.get(
    "/v1/profiles/schema",
    **documented("Schéma JSON du profil", dict[str, Any], "Le schéma (2020-12) de ce que prend `POST /v1/match`."),
)
async def schema(request: Request) -> Response:
    """Pour écrire ou vérifier un profil depuis un autre outil."""
    read_parameters(request.scope["query_string"], ())
    return answer_json(request, orjson.dumps(profile_schema()), VOCABULARY)


def _read(body: dict[str, Any]) -> Profile:
    try:
        return read_profile(body)
    except ProfileError as error:
        errors = [ParameterError(e.champ, e.valeur, e.message, e.proposition) for e in error.errors]
        raise BadParametersError(errors) from error
