"""From the place that a person types to a commune, and to what they may have meant."""

import re
from dataclasses import dataclass

from indexer.geocode.communes import Commune, Communes
from indexer.geocode.names import fold, without_article

MAX_CHOICES = 4
MUCH_SMALLER = 50
"""A namesake that many times smaller is not proposed: La Rochelle in Haute-Saône has 40 inhabitants."""

_POSTAL_CODE = re.compile(r"\d{5}")


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """The commune understood (None when nothing resembles), and the others that the text may mean."""

    commune: Commune | None
    others: tuple[Commune, ...] = ()


def commune_label(commune: Commune) -> str:
    """« Belfort (90000) »; the département stands for the postal codes when there are several."""
    number = commune.codes_postaux[0] if len(commune.codes_postaux) == 1 else commune.departement
    return f"{commune.nom} ({number})"


def read_place(text: str, communes: Communes) -> PlaceReading:
    """The likeliest commune of a name or of a postal code."""
    found = communes.search(text, MAX_CHOICES + 1)
    if not found:
        return PlaceReading(None)
    first, rest = found[0], found[1:]
    typed = fold(text)
    if _POSTAL_CODE.fullmatch(typed):
        return PlaceReading(first, tuple(rest))
    if typed == fold(commune_label(first)):
        return PlaceReading(first)
    if _name(typed) == _name(fold(first.nom)):
        namesakes = [c for c in rest if fold(c.nom) == fold(first.nom)]
        return PlaceReading(first, tuple(c for c in namesakes if c.population * MUCH_SMALLER >= first.population))
    if any(c.isdigit() for c in typed):
        return PlaceReading(first, tuple(c for c in rest if fold(c.nom) == fold(first.nom)))
    return PlaceReading(first, tuple(rest))


def _name(folded: str) -> str:
    return without_article(folded) or folded
