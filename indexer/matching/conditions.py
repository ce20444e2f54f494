"""Who an offer says it is for, in its own text: read roughly, so told as something to verify and never as a refusal."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from indexer.matching.audience import NO_LIMIT, read_ages
from indexer.matching.profile import Profile

_AGE_UNDER = re.compile(r"(?:moins de|jusqu['’]?à|avant) (\d{2}) ans", re.IGNORECASE)
_AGE_OVER = re.compile(r"(?:plus de|à partir de|dès|au moins) (\d{2}) ans|(\d{2}) ans et plus", re.IGNORECASE)
_AGE_BETWEEN = re.compile(r"\b(\d{2})\s?(?:-|–|à|/|et)\s?(\d{2}) ans", re.IGNORECASE)
_FIELDS: Final = ("publics_precisions", "conditions_acces")

_FACTS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE), said)
    for name, pattern, said in (
        (
            "permis",
            r"\b(?:permis b|permis de conduire) (?:obligatoire|exigé|requis|nécessaire)",
            "permis de conduire demandé",
        ),
        ("rsa", r"\b(?:bénéficiaires?|allocataires?) du rsa\b", "pour les bénéficiaires du RSA"),
        (
            "handicap",
            r"\b(?:rqth|reconnaissance (?:de la )?qualité de travailleur handicapé|boeth)\b",
            "avec une reconnaissance de handicap (RQTH)",
        ),
        ("qpv", r"\b(?:qpv|quartiers? prioritaires?)\b", "pour les habitants d'un quartier prioritaire"),
        (
            "inscrit",
            r"\binscrite?s? (?:à|auprès de) (?:france travail|pôle emploi)",
            "inscription à France Travail demandée",
        ),
    )
)
_KNOWN_BY_PUBLIC: Final = {
    "rsa": "beneficiaires-des-minimas-sociaux",
    "handicap": "personnes-en-situation-de-handicap",
    "qpv": "residents-qpv-frr",
    "inscrit": "demandeurs-emploi",
}


def read_conditions(profile: Profile, age: int | None, offre: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """The reserves to tell, and whether one of them seems to speak against this person. `age` in years."""
    text = " ".join(str(offre[field]) for field in _FIELDS if offre.get(field))
    if not text:
        return _ages_of_text(age, offre)
    ages = tuple(dict.fromkeys(_iter_ages(text, age)))
    against = any(contradicts for _, contradicts in ages) or (profile.mobilite.permis is False and _asks_licence(text))
    told = [f"{said} : à vérifier" for said, _ in ages] + [
        f"{said} : à vérifier" for said in _iter_facts(profile, text)
    ]
    return tuple(told), against


def _ages_of_text(age: int | None, offre: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """The ages that its presentation says, where nothing is said of who may come."""
    ages = None if offre.get("age_min") is not None or offre.get("age_max") is not None else read_ages(offre)
    if ages is None or _fits(age, *ages):
        return (), False
    return (f"semble fait pour les {_say_ages(*ages)} : à vérifier",), age is not None


def _say_ages(youngest: int, oldest: int) -> str:
    if oldest >= NO_LIMIT:
        return f"plus de {youngest} ans"
    return f"{youngest} à {oldest} ans" if youngest else f"moins de {oldest + 1} ans"


def _iter_ages(text: str, age: int | None) -> Iterator[tuple[str, bool]]:
    """What is said of ages, unless the person's own age fits it; and whether it does not."""
    between = list(_AGE_BETWEEN.finditer(text))
    for found in between:
        low, high = int(found[1]), int(found[2])
        if low < high and not _fits(age, low, high):
            yield f"réservé aux {low}-{high} ans", age is not None
    rest = _AGE_BETWEEN.sub(" ", text)
    for found in _AGE_UNDER.finditer(rest):
        if not _fits(age, 0, int(found[1]) - 1):
            yield f"réservé aux moins de {found[1]} ans", age is not None
    for found in _AGE_OVER.finditer(rest):
        least = int(found[1] or found[2])
        if not _fits(age, least, NO_LIMIT):
            yield f"réservé aux plus de {least} ans", age is not None


def _fits(age: int | None, low: int, high: int) -> bool:
    return age is not None and low <= age <= high


def _iter_facts(profile: Profile, text: str) -> Iterator[str]:
    for name, pattern, said in _FACTS:
        if pattern.search(text) is not None and not _is_met(profile, name):
            yield said


def _is_met(profile: Profile, name: str) -> bool:
    if name == "permis":
        return profile.mobilite.permis is True
    return _KNOWN_BY_PUBLIC[name] in profile.publics


def _asks_licence(text: str) -> bool:
    return _FACTS[0][1].search(text) is not None
