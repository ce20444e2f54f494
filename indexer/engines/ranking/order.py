"""From candidates to their final order: weigh the parts, add up, keep siblings behind their leader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from indexer.engines.ranking import parts
from indexer.engines.ranking.candidates import Candidates, Floats

_DECIMALS = 6  # beyond it, floating point noise would decide between equals

ASKED: Mapping[str, float] = {
    "besoin": 0.32,
    "mots": 0.22,
    "sens": 0.16,
    "proximite": 0.12,
    "precise": 0.08,
    "qualite": 0.05,
    "fraicheur": 0.02,
    "bientot": 0.03,
}
"""Weights when something was typed: what it is for, then how far, then how well it is told (first guess, not tuned)."""

BROWSED: Mapping[str, float] = {"proximite": 0.6, "precise": 0.2, "qualite": 0.1, "fraicheur": 0.04, "bientot": 0.06}
"""Weights when only place and filters were given."""

ALIKE: Mapping[str, float] = {"sens": 0.75, "proximite": 0.2, "qualite": 0.05}
"""Weights when only a vector was given: what resembles an offer."""


@dataclass(frozen=True)
class Ranked:
    """`order` holds places among the candidates, best first; `score` and `parts` are in the candidates' own order."""

    order: NDArray[np.int64]
    score: Floats
    parts: Mapping[str, Floats]


def _parts(today: date, now: float) -> dict[str, Callable[[Candidates], Floats]]:
    day = today.toordinal() - date(1970, 1, 1).toordinal()
    return {
        "besoin": parts.need,
        "mots": parts.words,
        "sens": parts.meaning,
        "proximite": parts.nearness,
        "precise": parts.stated,
        "qualite": parts.quality,
        "fraicheur": lambda c: parts.freshness(c, day),
        "bientot": lambda c: parts.soon(c, now),
    }


def rank(candidates: Candidates, weights: Mapping[str, float], today: date, now: float) -> Ranked:
    """The total order of the window: score, then distance, then id; near-identical siblings follow their leader."""
    makers = _parts(today, now)
    values = {name: makers[name](candidates) for name in weights}
    score = np.round(sum((w * values[n] for n, w in weights.items()), np.zeros(len(candidates))), _DECIMALS)
    distance = np.nan_to_num(candidates.distance, nan=np.inf)
    order = np.lexsort((candidates.id_rank, distance, -score)).astype(np.int64)
    return Ranked(_siblings_together(order, candidates.fold), score, values)


def _siblings_together(order: NDArray[np.int64], fold: NDArray[np.uint64]) -> NDArray[np.int64]:
    families: dict[int, list[int]] = {}
    for place, family in zip(order.tolist(), fold[order].tolist(), strict=True):
        families.setdefault(family or -1 - place, []).append(place)
    return np.array([place for members in families.values() for place in members], dtype=np.int64)


def first_look(words: Floats, need: Floats, meaning: Floats, distance: Floats) -> Floats:
    """A cheap score by which an engine picks the candidates for `rank`, when more are admitted than it takes."""
    near = np.nan_to_num(parts.HALF_DISTANCE_KM / (parts.HALF_DISTANCE_KM + distance), nan=0.5)
    sense = np.clip((meaning - parts.MEANING_FLOOR) / (parts.MEANING_CEILING - parts.MEANING_FLOOR), 0.0, 1.0)
    mix = ASKED["besoin"] * need + ASKED["mots"] * words + ASKED["sens"] * np.nan_to_num(sense)
    return np.asarray(np.round(mix + ASKED["proximite"] * near, _DECIMALS), dtype=np.float64)
