"""`/v1/doc/…`: the vocabularies, under the names that the national API gives them."""

from collections.abc import Callable
from functools import cache
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response

from indexer.schema.vocabulary import vocabulary
from search_api.answers import VOCABULARY, answer_json
from search_api.documented import documented
from search_api.parameters import read_parameters
from search_api.schemas.others import TermModel, ThematiqueModel

VOCABULARIES: Final = {
    "thematiques": ("thematiques", "Les thématiques et leurs catégories"),
    "publics": ("publics", "Les publics"),
    "frais": ("frais", "Les frais"),
    "modes-accueil": ("modes_accueil", "Les modes d'accueil"),
    "modes-mobilisation": ("modes_mobilisation", "Les modes de mobilisation"),
    "personnes-mobilisatrices": ("mobilisable_par", "Les personnes mobilisatrices"),
    "reseaux-porteurs": ("reseaux_porteurs", "Les réseaux porteurs"),
    "types-services": ("types", "Les types de services"),
    "types-offre": ("types_offre", "Les types d'offres"),
    "moments": ("moments", "Les moments de la semaine"),
}
"""Name in the address → name of the vocabulary, and what it lists."""

router = APIRouter(tags=["Vocabulaires"])


@cache
def build_vocabulary(field: str) -> bytes:
    """The terms of a vocabulary, in its order."""
    terms = vocabulary(field).values()
    listed = [{"value": term.value, "label": term.label, "description": term.description} for term in terms]
    if field == "thematiques":
        for described, term in zip(listed, terms, strict=True):
            described |= {"label_simple": term.shown, "parent": term.parent}
    return orjson.dumps(listed)


def _add_route(name: str, field: str, what: str) -> None:
    model = ThematiqueModel if field == "thematiques" else TermModel
    told = documented(what, list[model], "Valeurs, labels et descriptions.")  # type: ignore[valid-type]
    router.add_api_route(f"/v1/doc/{name}", _route(field), methods=["GET"], name=f"doc-{name}", **told)


def _route(field: str) -> Callable[[Request], Response]:
    def read(request: Request) -> Response:
        """Les valeurs que prennent les champs et les filtres."""
        read_parameters(request.scope["query_string"], ())
        return answer_json(request, build_vocabulary(field), VOCABULARY)

    return read


for _name, (_field, _what) in VOCABULARIES.items():
    _add_route(_name, _field, _what)
