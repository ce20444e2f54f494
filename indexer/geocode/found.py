"""What the address service answers for an address."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Precision(StrEnum):
    """How finely the service found an address; its own words (`type`)."""

    HOUSE = "housenumber"
    STREET = "street"
    PLACE = "locality"  # a lieu-dit, or a part of a town
    COMMUNE = "municipality"


@dataclass(frozen=True, slots=True)
class Found:
    """One answer. `score` is the service's own, in 0–1; degrees WGS 84; `code_insee` is that of today."""

    score: float
    precision: Precision
    label: str
    code_insee: str
    code_postal: str | None
    latitude: float
    longitude: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def parse_found(values: dict[str, Any]) -> Found | None:
    """From the properties of a result, with `latitude` and `longitude`. None for one that says too little to be used.

    Source: the service's documentation (adresse.data.gouv.fr/outils/api-doc/adresse): the same names in GeoJSON
    properties and, after `result_`, in the columns of `/search/csv`.
    """
    try:
        latitude, longitude = float(values["latitude"]), float(values["longitude"])
        score, precision = float(values["score"]), Precision(values["type"])
        code = str(values["citycode"])
    except (KeyError, TypeError, ValueError):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= score <= 1.5) or not code:
        return None
    label, postal = str(values.get("label") or ""), values.get("postcode")
    return Found(min(score, 1.0), precision, label, code, str(postal) if postal else None, latitude, longitude)
