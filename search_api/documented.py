"""How a route is described in the OpenAPI document: its parameters, its answers, and the errors it shares."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from pydantic import BaseModel

from search_api.parameters import Parameter
from search_api.schemas.search import ProblemModel

Answers = dict[int | str, dict[str, Any]]


class Documented(TypedDict):
    """The arguments of a route that only describe it."""

    response_model: None
    summary: str
    responses: Answers
    openapi_extra: dict[str, Any]


def documented(
    summary: str,
    model: type[BaseModel] | Any,
    description: str,
    *,
    parameters: Sequence[Parameter] = (),
    example: Any = None,
    problems: Mapping[int, str] | None = None,
    gone: type[BaseModel] = ProblemModel,
) -> Documented:
    """`model` describes the answer 200, `gone` the answer 410; they build nothing.

    `problems` are the errors of this route besides those of all routes.
    """
    ok: dict[str, Any] = {"model": model, "description": description}
    if example is not None:
        ok["content"] = {"application/json": {"example": example}}
    shared = {422: "Paramètres refusés : lesquels, pourquoi, et le plus proche qui existe.", 429: "Trop de requêtes."}
    told = shared | {503: "Pas encore d'index, ou catalogue indisponible : voir `Retry-After`."} | dict(problems or {})
    answers: Answers = {200: ok, 304: {"description": "Inchangé depuis la réponse qui portait cet `ETag`."}}
    answers |= {
        status: {"model": gone if status == 410 else ProblemModel, "description": text}
        for status, text in sorted(told.items())
    }
    extra: dict[str, Any] = {"parameters": [parameter.openapi() for parameter in parameters]}
    return {"response_model": None, "summary": summary, "responses": answers, "openapi_extra": extra}


def documented_post(summary: str, model: type[BaseModel], description: str, *, body: Any, example: Any) -> Documented:
    """A route that takes a JSON object: `body` is its schema and its example, `example` that of the answer."""
    told = documented(summary, model, description, example=example, problems={413: "Le corps est trop long."})
    del told["responses"][304]
    request = {"required": True, "content": {"application/json": body}}
    return {**told, "openapi_extra": told["openapi_extra"] | {"requestBody": request}}


def documented_state(
    summary: str, model: type[BaseModel], description: str, *, unready: str | None = None
) -> Documented:
    """A route that tells the state of the process: never kept by a cache; `unready` is when it answers 503."""
    answers: Answers = {200: {"model": model, "description": description}}
    if unready is not None:
        answers[503] = {"model": ProblemModel, "description": unready}
    return {"response_model": None, "summary": summary, "responses": answers, "openapi_extra": {}}
