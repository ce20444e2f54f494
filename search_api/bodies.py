"""Answers of the search as JSON. The stored bytes of an offer are spliced in as they are."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from indexer.geocode.communes import Commune
from indexer.schema.vocabulary import label_of
from indexer.search import FacetValue, Item, SearchAnswer, SearchRequest
from search_api.understood_body import build_understood


def build_search_body(answer: SearchAnswer, request: SearchRequest, *, explain: bool) -> bytes:
    """Everything but `duree_ms`, which no two answers share."""
    return orjson.dumps(
        {
            "items": build_items(answer.items, explain=explain),
            "total": answer.total,
            "page": None if request.curseur is not None else request.page,
            "size": request.size,
            "curseur": answer.curseur,
            "facettes": build_facets(answer.facettes, request.facettes),
            "par_sens": answer.par_sens,
            "besoins": [{"valeur": theme, "label": label_of("thematiques", theme)} for theme in answer.besoins],
            "compris": None if request.text is None else build_understood(answer.compris),
            "corrections": [{"tape": mended.tape, "lu": mended.lu} for mended in answer.corrections],
            "lieu": None if answer.lieu is None else build_place(answer.lieu),
            "version": answer.version,
        }
    )


def build_items(items: Iterable[Item], *, explain: bool = False) -> list[dict[str, Any]]:
    return [build_item(item, explain=explain) for item in items]


def build_duration(answer: SearchAnswer) -> bytes:
    """The member that the ETag leaves out."""
    return b'"duree_ms":' + orjson.dumps(round(answer.duree_ms, 2))


def build_facets(
    facets: Mapping[str, tuple[FacetValue, ...]], asked: tuple[str, ...]
) -> dict[str, list[dict[str, Any]]]:
    return {name: [_facet_value(value) for value in facets[name]] for name in asked}


def build_place(commune: Commune) -> dict[str, Any]:
    return {
        "code_commune": commune.code,
        "nom": commune.nom,
        "codes_postaux": commune.codes_postaux,
        "departement": commune.departement,
        "latitude": commune.latitude,
        "longitude": commune.longitude,
    }


def build_item(item: Item, *, explain: bool = False) -> dict[str, Any]:
    body: dict[str, Any] = {
        "offre": orjson.Fragment(item.offre),
        "distance_km": item.distance_km,
        "score": item.score,
        "raisons": item.raisons,
        "reserves": item.reserves,
        "autres_lieux": [
            {"id": o.id, "nom": o.nom, "commune": o.commune, "distance_km": o.distance_km} for o in item.autres_lieux
        ],
    }
    return body | {"explication": dict(item.parts)} if explain else body


def _facet_value(value: FacetValue) -> dict[str, Any]:
    return {
        "valeur": value.valeur,
        "label": value.label,
        "nombre": value.nombre,
        "selectionne": value.selectionne,
        "parent": value.parent,
    }
