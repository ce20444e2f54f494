"""Whether a person may have an offer and can go there: checked from the offer's own facts, by none of matching's code.

The judge says who the person is and how far they can be sent; nothing here asks matching what it thinks of it.
"""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final

import orjson

from indexer.evaluation.plan_sets import JudgedPlan
from indexer.geocode.commune import Commune
from indexer.matching.plan import PlanOffer

_EARTH_KM: Final = 6_371.0
_EVERYWHERE: Final = "france"
_TOLD: Final = "réservé à"
"""How a reserve begins that says an offer to be for publics which may not be the person's."""


def faults(judged: JudgedPlan, shown: PlanOffer, home: Commune) -> tuple[str, ...]:
    """Why this person cannot have this offer, in words; nothing when they can."""
    facts: Mapping[str, Any] = orjson.loads(shown.offre)
    checks = {
        "trop loin": _is_out_of_reach(judged, facts, home, remote=shown.distance_km is None),
        "pas de son âge": _is_of_another_age(judged.age, facts),
        "pas de sa zone": not _is_of_zone(facts["zone_eligibilite"], home),
        "payant": judged.profile.contraintes.gratuit and facts["frais"] == "payant",
        "réservé à d'autres": _is_of_others(judged, facts, shown.reserves),
        "retirée": facts["statut"] != "publiee",
    }
    return tuple(why for why, fault in checks.items() if fault)


def _is_out_of_reach(judged: JudgedPlan, facts: Mapping[str, Any], home: Commune, *, remote: bool) -> bool:
    if remote:
        refused = judged.profile.contraintes.a_distance == "refuse"
        return refused or "a-distance" not in (facts["modes_accueil"] or ())
    return _km(home.latitude, home.longitude, facts["latitude"], facts["longitude"]) > judged.far_km


def _is_of_another_age(age: int | None, facts: Mapping[str, Any]) -> bool:
    youngest, oldest = facts["age_min"], facts["age_max"]
    return age is not None and ((youngest is not None and age < youngest) or (oldest is not None and age > oldest))


def _is_of_zone(zone: list[str] | None, home: Commune) -> bool:
    return not zone or bool({_EVERYWHERE, home.code, home.epci, home.departement, home.region} & set(zone))


def _is_of_others(judged: JudgedPlan, facts: Mapping[str, Any], reserves: tuple[str, ...]) -> bool:
    """An offer for others may be shown when the reserve says it: matching does not know all that the judge knows."""
    publics = set(facts["publics"] or ())
    return bool(publics) and publics <= judged.not_theirs and not any(one.startswith(_TOLD) for one in reserves)


def _km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great circle, by the haversine formula."""
    here, there = radians(latitude), radians(other_latitude)
    across = sin((there - here) / 2) ** 2
    along = cos(here) * cos(there) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(across + along))
