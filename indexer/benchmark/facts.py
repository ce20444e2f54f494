"""What made-up offers state, with the frequencies of two real feeds (Lille 2026, La Réunion 2025: 3,262 offers).

Shares only are taken from the feeds, rounded; what they do not say (sessions, ages, zones) is our own estimate.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from indexer.geocode.commune import Commune
from indexer.language.phrases import load_lexicon
from indexer.reference.shipped import rome_labels
from indexer.schema import Session, TypeOffre

T = TypeVar("T")
Frais = Literal["gratuit", "payant"]

SOURCES: Final = {
    "banc-annuaire": 41, "banc-mediation": 14, "banc-enfance": 16, "banc-emploi": 13, "banc-services": 11,
    "banc-formations": 2, "banc-aides": 2, "banc-logement": 1,
}  # fmt: skip
"""Made-up producers, with the shares of the eight largest of the two feeds."""

TYPES: Final = {TypeOffre.SERVICE: 80, TypeOffre.ATELIER: 10, TypeOffre.FORMATION: 8, TypeOffre.IMMERSION: 2}
THEMES_EACH: Final = {0: 5, 1: 48, 2: 13, 3: 5, 4: 10, 5: 7, 6: 6, 7: 3, 8: 2, 9: 1}
PUBLICS_EACH: Final = {0: 50, 1: 26, 2: 13, 3: 11}
PUBLICS: Final = {
    "tous-publics": 20, "jeunes": 35, "seniors": 23, "familles": 21, "demandeurs-emploi": 4,
    "beneficiaires-des-minimas-sociaux": 3, "actifs": 2, "femmes": 2, "personnes-en-situation-durgence": 1,
    "etudiants": 1, "personnes-en-situation-de-handicap": 1,
}  # fmt: skip
FRAIS: Final[dict[Frais | None, int]] = {"gratuit": 63, "payant": 31, None: 6}
MODES: Final[dict[tuple[str, ...], int]] = {
    ("en-presentiel",): 80, ("a-distance", "en-presentiel"): 17, ("a-distance",): 2, (): 1,
}  # fmt: skip
ZONED = 0.3
"""Share of offers kept for the people of their département."""

_BEFORE_DAYS, _AFTER_DAYS = 21, 63
"""Sessions begin within three weeks before today and nine after."""


def draw_source(rng: Random) -> str:
    return _draw(rng, SOURCES)


def draw_type(rng: Random) -> TypeOffre:
    return _draw(rng, TYPES)


def draw_subject(rng: Random) -> str:
    """A thématique: a few hold most of a catalogue."""
    return _draw(rng, _subjects())


def draw_themes(rng: Random) -> tuple[str, ...]:
    """Distinct thématiques, the first one the subject; most offers have one, few have nine, some have none."""
    count = _draw(rng, THEMES_EACH)
    drawn = dict.fromkeys(draw_subject(rng) for _ in range(count))
    return tuple(drawn)


def draw_publics(rng: Random) -> tuple[str, ...]:
    """Distinct values; none, which says nothing, for half of the offers."""
    return tuple(sorted({_draw(rng, PUBLICS) for _ in range(_draw(rng, PUBLICS_EACH))}))


def draw_frais(rng: Random) -> Frais | None:
    return _draw(rng, FRAIS)


def draw_modes(rng: Random) -> tuple[str, ...]:
    return _draw(rng, MODES)


def draw_metiers(rng: Random, kind: TypeOffre) -> tuple[str, ...]:
    """ROME codes of trainings and immersions."""
    if kind not in (TypeOffre.FORMATION, TypeOffre.IMMERSION):
        return ()
    return tuple(sorted(rng.sample(list(rome_labels()), rng.choice((1, 1, 2, 3)))))


def draw_zone(rng: Random, commune: Commune) -> tuple[str, ...] | None:
    """A zone of eligibility: the département, the EPCI or the commune; most offers state none."""
    if rng.random() >= ZONED:
        return None
    return (rng.choice((commune.departement, commune.departement, commune.epci or commune.code, commune.code)),)


def draw_sessions(rng: Random, kind: TypeOffre, today: date) -> tuple[Session, ...]:
    """Dated sessions of workshops and trainings, on the clock of Paris."""
    if kind not in (TypeOffre.ATELIER, TypeOffre.FORMATION):
        return ()
    return tuple(_draw_session(rng, today) for _ in range(rng.choice((1, 1, 2, 3))))


def _draw_session(rng: Random, today: date) -> Session:
    day = today + timedelta(days=rng.randint(-_BEFORE_DAYS, _AFTER_DAYS))
    begins = datetime.combine(day, time(rng.choice((9, 10, 14, 14, 18))), tzinfo=ZoneInfo("Europe/Paris"))
    places = rng.choice((8, 10, 12, 20))
    left = None if rng.random() < 0.5 else rng.randint(0, places)
    return Session(debut=begins, fin=begins + timedelta(hours=2), places=places, places_restantes=left)


@cache
def _subjects() -> dict[str, int]:
    """Shares that fall as 1/rank, in an order of their own: the first tenth holds a third, as in the feeds."""
    names = list(load_lexicon())
    Random("subjects").shuffle(names)  # noqa: S311 — not a secret
    return {name: 10_000 // rank for rank, name in enumerate(names, 2)}


def _draw(rng: Random, shares: dict[T, int]) -> T:
    return rng.choices(list(shares), list(shares.values()))[0]
