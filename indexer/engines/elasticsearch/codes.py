"""What an offer says in each field, as it is written: the same codes are searched, counted and ranked by."""

from indexer.engines import ranking
from indexer.engines.base import Document

UNKNOWN, EVERYTHING = "?", "*"
"""Codes of an offer that matches every value: because it says nothing, or because it says « all »."""

NAMED = "="
"""Begins a value that an offer names while it matches every one."""


def codes_of(document: Document, field: str) -> tuple[str, ...]:
    """The values of a field, or the code of one that matches every value, and then what it calls them: never counted
    by itself, listed (« tous-publics »)."""
    values = tuple(dict.fromkeys(document.codes.get(field, ())))
    if field in document.anything:
        return (EVERYTHING, *(f"{NAMED}{value}" for value in values)) if values else (UNKNOWN,)
    return values


def spread_of(document: Document) -> float:
    """What a need counts for in an offer of so many thématiques; in one that matches every one, all."""
    own = () if "thematiques" in document.anything else codes_of(document, "thematiques")
    return ranking.spread(len(own))


def point_of(document: Document) -> tuple[float, float] | None:
    """(latitude, longitude) in degrees of an offer on site; None for one that is not, or has no place."""
    if not document.on_site or document.latitude is None or document.longitude is None:
        return None
    return document.latitude, document.longitude
