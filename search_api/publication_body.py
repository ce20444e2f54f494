"""A publication sent as JSON, as the form's fields; and the answer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import orjson
from fastapi import Request
from pydantic import BaseModel, ValidationError

from search_api.json_body import read_object
from search_api.parameters import BadParametersError, ParameterError, shown
from search_api.problems import Problem, ProblemError

if TYPE_CHECKING:
    from indexer.publish.publication import Publication

_COLUMNS: Final = {
    "date": "seance_date",
    "debut": "seance_debut",
    "fin": "seance_fin",
    "places": "seance_places",
    "lieu": "seance_lieu",
}


async def read_publication_body(request: Request, model: type[BaseModel]) -> dict[str, list[str]]:
    """Fields as the form sends them. BadParametersError for what has not the right shape."""
    body = await read_object(request, tuple(model.model_fields))
    try:
        checked = model.model_validate(body)
    except ValidationError as error:
        raise BadParametersError([_told(found) for found in error.errors()]) from error
    return build_fields(checked.model_dump())


def build_fields(body: Mapping[str, Any]) -> dict[str, list[str]]:
    """Names and texts: a box that is ticked is « oui », one that is not is not sent."""
    fields = {name: _texts(value) for name, value in body.items() if name != "seances"}
    for session in body.get("seances", ()):
        for name, column in _COLUMNS.items():
            fields.setdefault(column, []).append(_text(session.get(name)))
    if fields.get("metiers"):
        fields["metier"] = [", ".join(fields["metiers"])]  # the codes stand for the words of the form
    return {name: values for name, values in fields.items() if values}


def build_body(publication: "Publication", token: str | None = None) -> bytes:
    resume = publication.resume_on
    return orjson.dumps(
        {
            "type_offre": publication.kind,
            "etat": publication.state,
            "offre_id": publication.offer_id,
            "raison": publication.reason,
            "reprise_le": None if resume is None else resume.isoformat(),
            "jeton": token,
        }
    )


def bearer_of(request: Request) -> str:
    """The token of the header `Authorization`: it never stands in an address. ProblemError 401 without one."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        detail = "Envoyez le jeton de la publication : « Authorization: Bearer … »."
        raise ProblemError(Problem(401, "jeton", "Jeton attendu", detail, {"WWW-Authenticate": "Bearer"}))
    return token.strip()


def refuse_fields(errors: Mapping[str, str]) -> BadParametersError:
    return BadParametersError([ParameterError(name, "", text) for name, text in errors.items()])


def _told(found: Any) -> ParameterError:
    name = ".".join(str(part) for part in found["loc"])
    return ParameterError(name, shown(str(found.get("input", ""))), f"Valeur refusée : {found['msg']}.")


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [_text(item) for item in value]
    if isinstance(value, bool):
        return ["oui"] if value else []
    return [_text(value)]


def _text(value: Any) -> str:
    return "" if value is None else str(value)
