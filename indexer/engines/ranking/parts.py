"""The parts of a score: each one idea, each in 0–1, each with the name that `explain` shows."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from indexer.engines.base import Reach
from indexer.engines.ranking.candidates import Candidates, Floats, filled

HALF_DISTANCE_KM = 12.0
"""Where nearness has fallen to one half: what a person without a car crosses in an hour by bus."""

REACH_KM: dict[Reach, float] = {"pied": 2.5, "velo": 6.0, "transports": 10.0, "voiture": 25.0}
"""The same by means of moving: half an hour on foot or by bicycle, an hour door to door by bus, half an hour by car."""

MEANING_FLOOR, MEANING_CEILING = 0.78, 0.92
"""Cosines of multilingual-e5-small: unrelated French texts stay under the first, paraphrases reach the second."""

WORDS_POWER = 1.5
"""Two words of a long sentence are there by chance; nearly all of what was typed is not."""

FRESH_DAYS, STALE_DAYS = 183, 730
"""Six months and two years: the bounds of data·inclusion's own criterion of freshness."""

SOON_DAYS = 30
"""A session within a month is worth telling first."""

UNKNOWN, ANYTHING = 0.5, 0.6
"""What silence, and « open to all », are worth beside a yes (1) and a no (0)."""

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Setting:
    """When and how one asks: the local day, the moment (seconds UTC), the distance that halves nearness, and the days
    without a change after which an offer is stale (None: never).
    """

    today: date
    now: float
    half_km: float = HALF_DISTANCE_KM
    stale_days: int | None = None


def half_km_of(reach: Reach | None) -> float:
    """The distance that halves nearness for who moves so."""
    return HALF_DISTANCE_KM if reach is None else REACH_KM[reach]


def need(candidates: Candidates, _: Setting) -> Floats:
    """How well the offer's thématiques answer what was understood; a deduced one less than a stated one."""
    return filled(candidates.need)


def words(candidates: Candidates, _: Setting) -> Floats:
    """The words of the query in the offer, the rarer the more; in its name more than in its text."""
    return filled(candidates.words) ** WORDS_POWER


def name(candidates: Candidates, _: Setting) -> Floats:
    """Whether what was typed is the name of the offer or of its structure (see `names.py`)."""
    return filled(candidates.name)


def meaning(candidates: Candidates, _: Setting) -> Floats:
    """Nearness in meaning; nothing where there is no vector to compare with."""
    return scaled_meaning(candidates.meaning)


def nearness(candidates: Candidates, setting: Setting) -> Floats:
    """1 on the spot, one half at the distance that the means of moving say; a remote offer counts as one half."""
    return scaled_nearness(candidates.distance, setting.half_km)


def stated(candidates: Candidates, _: Setting) -> Floats:
    """The share of the filters that the offer answers by a « yes » of its own, not by silence."""
    return filled(candidates.stated, missing=1.0)


def wished(candidates: Candidates, _: Setting) -> Floats:
    """The wishes: a stated yes 1, silence or « anything » about one half, a stated no 0; their mean."""
    return filled(candidates.wished, missing=UNKNOWN)


def age(candidates: Candidates, _: Setting) -> Floats:
    """Whether the offer takes people of that age."""
    return filled(candidates.age, missing=UNKNOWN)


def quality(candidates: Candidates, _: Setting) -> Floats:
    """The quality score of data·inclusion."""
    return filled(candidates.quality)


def freshness(candidates: Candidates, setting: Setting) -> Floats:
    """1 under six months without a change of content, 0 from two years on."""
    days = setting.today.toordinal() - _EPOCH - candidates.changed
    return np.clip((STALE_DAYS - days) / (STALE_DAYS - FRESH_DAYS), 0.0, 1.0)


def stale(candidates: Candidates, setting: Setting) -> Floats:
    """1 for an offer whose content did not change for `stale_days`; 0 for all when none is set, or no day known."""
    if setting.stale_days is None:
        return np.zeros(len(candidates))
    days = setting.today.toordinal() - _EPOCH - candidates.changed
    return (filled(days) >= setting.stale_days).astype(np.float64)


def soon(candidates: Candidates, setting: Setting) -> Floats:
    """1 for a session today, 0 from a month on, where there is none, and where no seat is left."""
    days = (candidates.start - setting.now) / 86_400
    return filled(np.clip(1 - days / SOON_DAYS, 0.0, 1.0)) * seats(candidates, setting)


def seats(candidates: Candidates, _: Setting) -> Floats:
    """0 where every coming session is full, 1 elsewhere."""
    return 1.0 - filled(candidates.full)


def scaled_meaning(cosines: Floats) -> Floats:
    """Cosines brought to 0–1; 0 for NaN."""
    scaled = (cosines - MEANING_FLOOR) / (MEANING_CEILING - MEANING_FLOOR)
    return np.clip(filled(scaled), 0.0, 1.0)


def scaled_nearness(distance: Floats, half_km: float) -> Floats:
    """Kilometres brought to 0–1; one half for NaN."""
    return filled(half_km / (half_km + distance), missing=0.5)
