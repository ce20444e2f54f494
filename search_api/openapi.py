"""The OpenAPI document, with what FastAPI cannot know: errors are problems, and an id can hold a slash."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from search_api.problems import MEDIA_TYPE

DESCRIPTION = """
Le catalogue partagé de l'offre d'insertion d'un territoire : ateliers, formations, immersions et services.

- Les champs portent les noms du schéma national data·inclusion (v1) ; Maillage en ajoute.
- Un paramètre se répète pour dire OU (`thematiques=a&thematiques=b`), sans crochets. Un paramètre ou une valeur
  inconnus sont refusés, avec le plus proche qui existe.
- Les erreurs sont des `application/problem+json`.
- La lecture est libre, depuis toute page web, sans compte.
"""

_AN_IDENTIFIER = ("Identifiant `source--référence`, encodé pour une adresse.", "exemple--1")
_PATH_PARAMETERS = {"rome": ("Code d'un métier du ROME 4.0.", "G1609")}
"""Of a parameter in the path: what it is, and an example."""


def build_openapi(app: FastAPI) -> dict[str, Any]:
    """Built at the first call, then kept by the application."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, tags=app.openapi_tags
        )
        for operation in _operations(document):
            _say_problems(operation)
        app.openapi_schema = document
    return app.openapi_schema


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


def _say_problems(operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if int(status) >= 400 and "application/json" in answer.get("content", {}):
            answer["content"] = {MEDIA_TYPE: answer["content"]["application/json"]}
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            parameter["description"], parameter["example"] = _PATH_PARAMETERS.get(parameter["name"], _AN_IDENTIFIER)
