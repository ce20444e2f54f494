"""Which ground a place stands on: one does not cross the sea for an appointment."""

from functools import cache
from typing import Final

from indexer.geocode.commune import Commune
from indexer.geocode.communes import Communes

MAINLAND: Final = "continent"

_ISLANDS: Final = {
    "ile-de-brehat": ("22016",), "ile-de-batz": ("29082",), "ile-de-sein": ("29083",), "ile-molene": ("29084",),
    "ouessant": ("29155",), "groix": ("56069",), "houat": ("56086",), "hoedic": ("56085",),
    "belle-ile": ("56009", "56114", "56152", "56241"), "ile-aux-moines": ("56087",), "ile-d-arz": ("56088",),
    "ile-d-yeu": ("85113",), "ile-d-aix": ("17004",), "les-saintes": ("97130", "97131"), "la-desirade": ("97110",),
    "marie-galante": ("97108", "97112", "97126"), "petite-terre": ("97608", "97615"),
    "miquelon": ("97501",), "saint-pierre": ("97502",),
}  # fmt: skip
"""Communes on islands that no bridge joins to the rest of their département (INSEE codes)."""

_APART: Final = {"2A": "corse", "2B": "corse"}
"""Départements that are ground of their own; overseas, each is."""


def ground_of(commune: Commune | None) -> str | None:
    """The name of the ground that a commune stands on; None when there is no commune to say it."""
    if commune is None:
        return None
    return _islands().get(commune.code) or ground_of_departement(commune.departement)


def ground_of_departement(code: str) -> str:
    """The mainland, Corsica, or the overseas département itself."""
    return _APART.get(code) or (code if code.startswith(("97", "98")) else MAINLAND)


def ground_at(
    communes: Communes, code_insee: str | None, latitude: float | None, longitude: float | None
) -> str | None:
    """Of an offer: by its commune, else by its point; None when neither says it."""
    commune = None if code_insee is None else communes.resolve(code_insee)
    if commune is None and latitude is not None and longitude is not None:
        nearest = communes.nearest(latitude, longitude)
        commune = None if nearest is None else nearest[0]
    return ground_of(commune)


@cache
def _islands() -> dict[str, str]:
    return {code: name for name, codes in _ISLANDS.items() for code in codes}
