"""`/v1/tensions`: where employers find it hard to hire, by job, around a place."""

import re
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from indexer.closest import closest_labelled
from indexer.geocode.communes import load_communes
from indexer.labour.model import Place
from indexer.labour.service import Labour
from indexer.reference.shipped import departement_names, rome_labels
from search_api.answers import RECORD, answer_json
from search_api.documented import documented
from search_api.parameters import (
    BadParametersError,
    Parameter,
    ParameterError,
    RefusedValueError,
    read_parameters,
    shown,
)
from search_api.readers import choice_reader, read_commune
from search_api.schemas.tensions import TensionsResponse
from search_api.services import services_of
from search_api.tension_bodies import build_tension, build_territory_body

_BASSIN = re.compile(r"[0-9A-Z]{4}", re.ASCII)
_PLACES = ("code_commune", "bassin", "departement")
_UNLOADED = (
    "Les tensions de recrutement ne sont pas chargées. La personne qui administre Maillage les charge avec "
    "« maillage reference load DOSSIER »."
)


def _read_bassin(text: str) -> str:
    if _BASSIN.fullmatch(text) is None:
        raise RefusedValueError("Un code de bassin d'emploi de France Travail est attendu, comme « 2733 ».")
    return text


_PARAMETERS = (
    Parameter(
        "code_commune",
        "Commune de la personne, par son code INSEE : son bassin d'emploi est retrouvé.",
        read_commune,
        {"type": "string", "pattern": "^[0-9][0-9AB][0-9]{3}$"},
        "90010",
    ),
    Parameter("bassin", "Bassin d'emploi, par son code.", _read_bassin, {"type": "string"}, "2733"),
    Parameter(
        "departement", "Département, par son code.", choice_reader(departement_names()), {"type": "string"}, "90"
    ),
    Parameter(
        "metiers",
        "Métiers voulus, par code ROME 4.0 ; tous ceux qui ont un chiffre, quand aucun n'est donné.",
        choice_reader(rome_labels()),
        {"type": "string", "pattern": "^[A-N][0-9]{4}$"},
        "G1602",
        repeated=True,
    ),
)

router = APIRouter(tags=["Métiers"])


@router.get(
    "/v1/tensions",
    **documented(
        "Savoir où l'on peine à recruter",
        TensionsResponse,
        "Par métier, du plus au moins difficile. Chaque ligne dit son territoire et son année : le bassin d'abord, à "
        "défaut le département, à défaut la région.",
        parameters=_PARAMETERS,
    ),
)
def read_tensions(request: Request) -> Response:
    """Autour d'une commune, dans un bassin ou dans un département : donnez un des trois, et un seul."""
    asked, labour = read_parameters(request.scope["query_string"], _PARAMETERS), services_of(request).labour
    place = _read_place(asked, labour)
    return answer_json(request, orjson.dumps(_build_body(labour, place, asked.get("metiers"))), RECORD)


def _read_place(asked: dict[str, Any], labour: Labour) -> Place:
    given = [name for name in _PLACES if name in asked]
    if len(given) != 1:
        message = "Donnez un lieu, et un seul : « code_commune », « bassin » ou « departement »."
        name = given[-1] if given else _PLACES[0]
        raise BadParametersError([ParameterError(name, shown(str(asked.get(name, ""))), message)])
    if "departement" in asked:
        return labour.place_of_departement(asked["departement"])
    if "bassin" in asked:
        return _place_of_bassin(asked["bassin"], labour)
    commune = load_communes().resolve(asked["code_commune"])
    assert commune is not None  # its reader resolved it
    return labour.place_of(commune)


def _place_of_bassin(code: str, labour: Labour) -> Place:
    place = labour.place_of_bassin(code)
    if place is not None:
        return place
    known = labour.bassins()
    meant = closest_labelled(code, known)
    message = f"Ce bassin est inconnu. Vouliez-vous dire « {meant} » ({known[meant]}) ?" if meant else _no_bassin(known)
    raise BadParametersError([ParameterError("bassin", shown(code), message, meant)])


def _no_bassin(known: Any) -> str:
    if known:
        return "Ce bassin est inconnu : donnez plutôt « code_commune »."
    return "Les bassins d'emploi ne sont pas chargés : donnez « code_commune » ou « departement »."


def _build_body(labour: Labour, place: Place, codes: tuple[str, ...] | None) -> dict[str, Any]:
    market = labour.at(place)
    found = market.tensions if codes is None else [one for code in codes if (one := market.tension(code)) is not None]
    told = {one.code_rome for one in found}
    loaded = labour.has("tension_rome_bassin") or labour.has("tension_dares_fap")
    return {
        "territoire": build_territory_body(market.territory),
        "items": [build_tension(one) for one in sorted(found, key=lambda one: (-one.niveau, one.code_rome))],
        "sans_donnee": [code for code in codes or () if code not in told],
        "avertissements": [] if loaded else [_UNLOADED],
    }
