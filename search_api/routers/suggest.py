"""`/v1/suggest`: what a person may mean, as they type."""

import time
from dataclasses import asdict

import orjson
from fastapi import APIRouter, Request, Response

from indexer.search.suggest import DEFAULT_SIZE, MAX_SIZE, MAX_TYPED, TYPES
from search_api.answers import SEARCHED, answer_json
from search_api.documented import documented
from search_api.metrics import metrics_of
from search_api.parameters import Parameter, read_parameters
from search_api.readers import choice_reader, read_text, size_parameter
from search_api.schemas.others import SuggestResponse
from search_api.services import services_of

_PARAMETERS = (
    Parameter(
        "q",
        f"Ce qui est tapé : nom, code postal, mots. Les {MAX_TYPED} premiers caractères sont lus.",
        read_text,
        {"type": "string"},
        "belf",
        required=True,
        may_be_empty=True,
    ),
    Parameter(
        "types",
        "Sortes de suggestions voulues ; toutes par défaut.",
        choice_reader({name: name for name in TYPES}),
        {"type": "string", "enum": list(TYPES)},
        "commune",
        repeated=True,
    ),
    size_parameter("Suggestions voulues.", MAX_SIZE, DEFAULT_SIZE),
)

router = APIRouter(tags=["Suggestions"])


@router.get(
    "/v1/suggest",
    **documented(
        "Compléter ce qui est tapé",
        SuggestResponse,
        "Communes, thématiques, métiers et structures, ensemble par type.",
        parameters=_PARAMETERS,
    ),
)
def suggest(request: Request) -> Response:
    """Tous les mots tapés doivent commencer un mot de la suggestion ; les noms de communes souffrent une faute."""
    services, started = services_of(request), time.perf_counter()
    asked = read_parameters(request.scope["query_string"], _PARAMETERS)
    found = services.suggest.suggest(asked["q"], asked.get("types", TYPES), asked.get("size", DEFAULT_SIZE))
    metrics_of(request).observe_search("suggestions", started)
    return answer_json(request, orjson.dumps({"items": [asdict(suggestion) for suggestion in found]}), SEARCHED)
