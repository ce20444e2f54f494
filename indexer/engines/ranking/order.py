"""From candidates to their final order: weigh the parts, add up, lift names, keep siblings together and mix houses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.ranking import parts
from indexer.engines.ranking.candidates import Candidates, Floats, filled
from indexer.engines.ranking.diversity import mixed
from indexer.engines.ranking.parts import Setting
from indexer.engines.ranking.weights import ASKED, NAME_LIFT, STALE_LOSS

_DECIMALS = 6  # beyond it, floating point noise would decide between equals

PARTS: Mapping[str, Callable[[Candidates, Setting], Floats]] = {
    "besoin": parts.need,
    "mots": parts.words,
    "sens": parts.meaning,
    "proximite": parts.nearness,
    "precise": parts.stated,
    "souhaits": parts.wished,
    "age": parts.age,
    "qualite": parts.quality,
    "fraicheur": parts.freshness,
    "bientot": parts.soon,
    "places": parts.seats,
}
"""The parts that are weighed and added up; `nom` lifts their sum, `perimee` lowers it."""

NAME = "nom"
STALE = "perimee"


@dataclass(frozen=True)
class Ranked:
    """`order` holds places among the candidates, best first; `score` and `parts` are in the candidates' own order."""

    order: NDArray[np.int64]
    score: Floats
    parts: Mapping[str, Floats]


def rank(candidates: Candidates, weights: Mapping[str, float], setting: Setting) -> Ranked:
    """The total order of the window: score, then distance, then id; siblings follow their leader, houses are mixed."""
    values = {part: PARTS[part](candidates, setting) for part in weights}
    plain = sum((w * values[n] for n, w in weights.items()), np.zeros(len(candidates)))
    values[NAME] = parts.name(candidates, setting)
    score = lifted(plain, values[NAME])
    if setting.stale_days is not None:
        values[STALE] = parts.stale(candidates, setting)
        score = score * (1.0 - STALE_LOSS * values[STALE])
    score = np.round(score, _DECIMALS)
    distance = filled(candidates.distance, missing=np.inf)
    order = np.lexsort((candidates.id_rank, distance, -score)).astype(np.int64)
    return Ranked(mixed(order, score, candidates), score, values)


def lifted(score: Floats, name: Floats) -> Floats:
    """Scores brought nearer to 1 by a name typed in full."""
    return score + NAME_LIFT * name * (1.0 - score) if name.any() else score


def first_look(words: Floats, name: Floats, need: Floats, meaning: Floats, distance: Floats, half_km: float) -> Floats:
    """A cheap score by which an engine picks the candidates for `rank`, when more are admitted than it takes.

    `meaning` and `distance` may be one value for all.
    """
    mix = ASKED["besoin"] * need + ASKED["mots"] * words + ASKED["sens"] * parts.scaled_meaning(meaning)
    near = ASKED["proximite"] * parts.scaled_nearness(distance, half_km)
    return np.asarray(np.round(lifted(mix + near, name), _DECIMALS), dtype=np.float64)
