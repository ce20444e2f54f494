"""The parts of a score: each one idea, each in 0–1, each with the name that `explain` shows."""

import numpy as np

from indexer.engines.ranking.candidates import Candidates, Floats

HALF_DISTANCE_KM = 12.0
"""Where nearness has fallen to one half: what a person without a car crosses in an hour (to be judged by issue 5)."""

MEANING_FLOOR, MEANING_CEILING = 0.78, 0.92
"""Cosines of multilingual-e5-small: unrelated French texts stay under the first, paraphrases reach the second."""

FRESH_DAYS, STALE_DAYS = 183, 730
"""Six months and two years: the bounds of data·inclusion's own criterion of freshness."""

SOON_DAYS = 30
"""A session within a month is worth telling first."""


def need(candidates: Candidates) -> Floats:
    """How well the offer's thématiques answer what was understood."""
    return np.nan_to_num(candidates.need)


def words(candidates: Candidates) -> Floats:
    """The words of the query in the offer, the rarer the more."""
    return np.nan_to_num(candidates.words)


def meaning(candidates: Candidates) -> Floats:
    """Nearness in meaning; nothing where there is no vector to compare with."""
    scaled = (candidates.meaning - MEANING_FLOOR) / (MEANING_CEILING - MEANING_FLOOR)
    return np.clip(np.nan_to_num(scaled), 0.0, 1.0)


def nearness(candidates: Candidates) -> Floats:
    """1 on the spot, one half at HALF_DISTANCE_KM; a remote offer counts as one half."""
    near = HALF_DISTANCE_KM / (HALF_DISTANCE_KM + candidates.distance)
    return np.nan_to_num(near, nan=0.5)


def stated(candidates: Candidates) -> Floats:
    """The share of the filters that the offer answers by a « yes » of its own, not by silence."""
    return np.nan_to_num(candidates.stated, nan=1.0)


def quality(candidates: Candidates) -> Floats:
    """The quality score of data·inclusion."""
    return np.nan_to_num(candidates.quality)


def freshness(candidates: Candidates, today: int) -> Floats:
    """1 under six months without a change of content, 0 from two years on."""
    age = today - candidates.changed
    return np.clip((STALE_DAYS - age) / (STALE_DAYS - FRESH_DAYS), 0.0, 1.0)


def soon(candidates: Candidates, now: float) -> Floats:
    """1 for a session today, 0 from a month on, and where there is none."""
    days = (candidates.start - now) / 86_400
    return np.nan_to_num(np.clip(1 - days / SOON_DAYS, 0.0, 1.0))
