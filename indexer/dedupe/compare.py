"""Two cards side by side: named features, each in 0–1 or None when one of them does not tell."""

import math
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from indexer.dedupe.card import Card

_EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Features:
    """How two cards agree. `distance` is in metres; ratios and shares are in 0–1; None = one of them is silent."""

    name: float
    telling: float
    natures: bool | None
    street: float | None
    number: bool | None
    distance: float | None
    commune: bool | None
    phone: bool | None
    siret: bool | None
    siren: bool | None
    domain: bool | None
    email: bool | None
    networks: bool | None
    title: float
    themes: float | None
    text: float | None
    source: bool


def compare(one: Card, other: Card) -> Features:
    """Symmetric: the order of the cards changes nothing."""
    return Features(
        name=fuzz.token_sort_ratio(one.name, other.name) / 100,
        telling=_covered(one.telling, other.telling),
        natures=_meet(one.natures, other.natures),
        street=fuzz.token_sort_ratio(one.street, other.street) / 100 if one.street and other.street else None,
        number=None if one.number is None or other.number is None else one.number == other.number,
        distance=_metres(one, other),
        commune=_commune(one, other),
        phone=_same(one.phone, other.phone),
        siret=_same(one.siret, other.siret),
        siren=_same(one.siret[:9], other.siret[:9]),
        domain=_same(one.domain, other.domain),
        email=_same(one.email, other.email),
        networks=_meet(one.networks, other.networks),
        title=_covered(one.title, other.title),
        themes=_covered(one.themes, other.themes) if one.themes and other.themes else None,
        text=fuzz.ratio(one.text, other.text) / 100 if one.text and other.text else None,
        source=one.source == other.source,
    )


def _covered(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter set that the longer one holds too, a word mended of one letter counting."""
    short, long = sorted((one, other), key=lambda words: (len(words), sorted(words)))
    if not short:
        return 0.0
    return sum(1 for word in short if word in long or _near(word, long)) / len(short)


def _near(word: str, words: frozenset[str]) -> bool:
    return len(word) >= 5 and any(fuzz.ratio(word, w) >= 85 for w in words)


def _meet(one: frozenset[str], other: frozenset[str]) -> bool | None:
    return bool(one & other) if one and other else None


def _same(one: str, other: str) -> bool | None:
    return one == other if one and other else None


def _commune(one: Card, other: Card) -> bool | None:
    if one.insee and other.insee:
        return one.insee == other.insee or (one.postal == other.postal != "")
    return _same(one.postal, other.postal)


def _metres(one: Card, other: Card) -> float | None:
    if one.latitude is None or other.latitude is None or one.longitude is None or other.longitude is None:
        return None
    middle = math.radians((one.latitude + other.latitude) / 2)
    east = math.radians(one.longitude - other.longitude) * math.cos(middle)
    north = math.radians(one.latitude - other.latitude)
    return 1000 * _EARTH_KM * math.hypot(east, north)
