"""The parameters of `GET /v1/offers`, and the search that they ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from indexer.engines.base import FACET_FIELDS, MAX_PAGED
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import vocabulary
from indexer.search.request import (
    DEFAULT_RADIUS_KM,
    MAX_CHARACTERS,
    MAX_RADIUS_KM,
    MAX_SIZE,
    MIN_RADIUS_KM,
    SearchRequest,
)
from search_api.parameters import BadParametersError, Parameter, ParameterError, read_parameters
from search_api.readers import (
    choice_reader,
    read_commune,
    read_day,
    read_flag,
    read_integer,
    read_number,
    read_text,
)

_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}
_SORTS = {"pertinence": "Pertinence", "distance": "Distance", "date": "Prochaine séance"}
_EXAMPLES = {
    "types_offre": "atelier",
    "thematiques": "logement-hebergement--reduire-les-impayes-de-loyer",
    "publics": "jeunes",
    "frais": "gratuit",
    "modes_accueil": "a-distance",
    "moments": "soir",
}
_FILTERS = {
    "types_offre": "Types d'offres voulus.",
    "thematiques": "Thématiques voulues. Une catégorie (`mobilite`) vaut pour toutes les siennes.",
    "publics": "Publics visés. Les offres ouvertes à tous, ou qui n'en disent rien, viennent aussi (après, avec "
    "une réserve). `tous-publics` ne filtre rien.",
    "frais": "Gratuit ou payant. Les offres qui n'en disent rien viennent aussi, avec une réserve.",
    "modes_accueil": "Sur place ou à distance. Une offre située qui n'en dit rien compte comme sur place.",
    "moments": "Moments voulus, d'après les séances à venir, les horaires ou le texte. Les offres qui n'en disent rien "
    "viennent aussi, avec une réserve.",
}


@dataclass(frozen=True, slots=True)
class OfferQuery:
    """What `GET /v1/offers` is asked: a search, and whether to tell the parts of each score."""

    request: SearchRequest
    explain: bool


@cache
def offer_parameters() -> tuple[Parameter, ...]:
    """In the order of the documentation."""
    return (*_place_parameters(), *_filter_parameters(), *_list_parameters())


def read_offer_query(raw: bytes) -> OfferQuery:
    """The search asked by a query string. BadParametersError, QueryTooLongError."""
    values = read_parameters(raw, offer_parameters())
    if "curseur" in values and "page" in values:
        message = "« curseur » et « page » ne vont pas ensemble : gardez « curseur »."
        raise BadParametersError([ParameterError("page", str(values["page"]), message)])
    explain = values.pop("explain", False)
    filters = {name: values.pop(name) for name in FACET_FIELDS if name in values}
    return OfferQuery(SearchRequest(filtres=filters, **values), explain)


def _place_parameters() -> tuple[Parameter, ...]:
    radius = {"type": "number", "minimum": MIN_RADIUS_KM, "maximum": MAX_RADIUS_KM, "default": DEFAULT_RADIUS_KM}
    return (
        Parameter(
            "q",
            f"Le besoin, en quelques mots ({MAX_CHARACTERS} caractères au plus). Les fautes de frappe sont admises.",
            read_text,
            _TEXT | {"maxLength": MAX_CHARACTERS},
            "payer mon loyer",
            may_be_empty=True,
        ),
        Parameter(
            "code_commune",
            "Code INSEE de la commune autour de laquelle chercher ; `GET /v1/suggest` le donne.",
            read_commune,
            _TEXT | {"pattern": "^[0-9][0-9AB][0-9]{3}$"},
            "90010",
        ),
        Parameter(
            "lat",
            "Latitude du lieu, en degrés ; va avec `lon`, et passe avant le centre de `code_commune`.",
            read_number,
            {"type": "number", "minimum": -90, "maximum": 90},
            47.6397,
        ),
        Parameter(
            "lon",
            "Longitude du lieu, en degrés ; va avec `lat`.",
            read_number,
            {"type": "number", "minimum": -180, "maximum": 180},
            6.8638,
        ),
        Parameter("rayon_km", "Rayon de la recherche autour du lieu, en kilomètres.", read_number, radius, 20),
    )


def _filter_parameters() -> tuple[Parameter, ...]:
    chosen = tuple(_choice(name, text) for name, text in _FILTERS.items())
    return (
        *chosen,
        Parameter(
            "metiers",
            "Métiers préparés ou découverts, par code ROME 4.0.",
            choice_reader(rome_labels()),
            _TEXT | {"pattern": "^[A-N][0-9]{4}$"},
            "K1304",
            repeated=True,
        ),
        Parameter(
            "sources",
            "Producteurs des offres ; `GET /v1/sources` les donne. Un producteur inconnu ne donne aucune offre.",
            read_text,
            _TEXT,
            "dora",
            repeated=True,
        ),
        Parameter(
            "debut_apres", "Séances à partir de ce jour, inclus, à l'heure du lieu.", read_day, _DAY, "2026-03-02"
        ),
        Parameter("debut_avant", "Séances jusqu'à ce jour, inclus, à l'heure du lieu.", read_day, _DAY, "2026-03-31"),
    )


def _choice(name: str, description: str) -> Parameter:
    labels = {value: term.shown for value, term in vocabulary(name).items()}
    return _labelled(name, description, labels, _EXAMPLES[name], repeated=True)


def _labelled(
    name: str, description: str, labels: Mapping[str, str], example: str, *, repeated: bool = False, default: Any = None
) -> Parameter:
    schema = {"type": "string", "enum": list(labels)} | ({} if default is None else {"default": default})
    return Parameter(name, description, choice_reader(labels), schema, example, repeated=repeated)


def _list_parameters() -> tuple[Parameter, ...]:
    facets = {name: name for name in FACET_FIELDS}
    page = {"type": "integer", "minimum": 1, "default": 1}
    size = {"type": "integer", "minimum": 1, "maximum": MAX_SIZE, "default": 20}
    return (
        _labelled(
            "tri",
            "Ordre des offres. `distance` demande un lieu ; `date` met d'abord les séances les plus proches.",
            _SORTS,
            "distance",
            default="pertinence",
        ),
        Parameter(
            "page", f"Numéro de la page. Au-delà de {MAX_PAGED} offres, prenez `curseur`.", read_integer, page, 1
        ),
        Parameter("size", "Offres par page, offres jumelles comprises.", read_integer, size, 20),
        Parameter(
            "curseur", "Valeur `curseur` de la page précédente, avec les mêmes critères.", read_text, _TEXT, "WyI…"
        ),
        Parameter(
            "tel_quel",
            "Cherche les mots comme ils sont écrits, sans corriger de faute (voir `corrections`).",
            read_flag,
            {"type": "boolean", "default": False},
            False,
        ),
        _labelled("facettes", "Champs dont compter les valeurs.", facets, "thematiques", repeated=True),
        Parameter(
            "explain",
            "Donne les parts nommées de chaque score, dans `explication`.",
            read_flag,
            {"type": "boolean", "default": False},
            False,
        ),
    )
