"""`/v1/understand`: what a person needs, from what they say."""

import time
from typing import Any

import orjson
from anyio import to_thread
from fastapi import APIRouter, Request, Response

from indexer.understanding.words import MAX_CHARACTERS
from search_api.answers import answer_state
from search_api.documented import documented_post
from search_api.json_body import read_object
from search_api.metrics import metrics_of
from search_api.parameters import BadParametersError, ParameterError, read_parameters
from search_api.schemas.understood import UnderstandResponse, example_understood
from search_api.services import services_of
from search_api.understood_body import build_understood

_BODY = {
    "schema": {
        "type": "object",
        "required": ["texte"],
        "additionalProperties": False,
        "properties": {
            "texte": {
                "type": "string",
                "description": f"Ce que dit la personne. Les {MAX_CHARACTERS} premiers caractères sont lus.",
            }
        },
    },
    "example": {"texte": "j'ai 17 ans, je veux passer le permis pas cher à Belfort"},
}

router = APIRouter(tags=["Comprendre"])


@router.post(
    "/v1/understand",
    **documented_post(
        "Comprendre un besoin",
        UnderstandResponse,
        "Ce qui est compris ; des listes vides quand le texte ne dit rien.",
        body=_BODY,
        example=example_understood(),
    ),
)
async def understand(request: Request) -> Response:
    """Besoins, métiers, publics, lieu, contraintes, langue, urgence. Le texte n'est ni gardé ni noté."""
    read_parameters(request.scope["query_string"], ())
    text, started = _read_text(await read_object(request, ("texte",))), time.perf_counter()
    understood = await to_thread.run_sync(services_of(request).search.understander.understand, text)
    metrics_of(request).observe_search("comprendre", started)
    return answer_state(orjson.dumps(build_understood(understood)))


def _read_text(body: dict[str, Any]) -> str:
    text = body.get("texte")
    if isinstance(text, str):
        return text
    message = "« texte » manque." if text is None else "Un texte est attendu."
    raise BadParametersError([ParameterError("texte", "", message)])
