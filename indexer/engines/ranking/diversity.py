"""Siblings behind their leader, and no structure that fills the first places alone."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from indexer.engines.ranking.candidates import Candidates, Floats

MIXED = 10
"""First places, siblings folded, in which houses are mixed: what a person looks at."""

MOST_OF_FIVE = 2
"""Places of each five that one structure takes: two of five, four of ten."""

YIELDED = 0.12
"""How much score the next house may lack: beyond it, variety would put a wrong answer before a right one."""

_CALLED = 0.5  # an offer lifted by its name so much was called by it: it yields to nobody


def mixed(order: NDArray[np.int64], score: Floats, candidates: Candidates) -> NDArray[np.int64]:
    """The same places, reordered: a total order still, and the same for the same candidates."""
    families = _families(order, candidates.fold)
    leaders = [members[0] for members in families]
    called = candidates.name[leaders] >= _CALLED
    houses = [0 if called[i] else int(house) for i, house in enumerate(candidates.structure[leaders])]
    turns = _take_turns(houses, score[leaders].tolist())
    return np.array([place for turn in turns for place in families[turn]], dtype=np.int64)


def _families(order: NDArray[np.int64], fold: NDArray[np.uint64]) -> list[list[int]]:
    """Places by family, in the order of their leaders."""
    families: dict[int, list[int]] = {}
    for place, family in zip(order.tolist(), fold[order].tolist(), strict=True):
        families.setdefault(family or -1 - place, []).append(place)
    return list(families.values())


def _take_turns(houses: list[int], scores: list[float]) -> list[int]:
    """Numbers of the families, best first: each of the first places goes to the best whose house has not its share."""
    left = list(range(len(houses)))
    taken: Counter[int] = Counter()
    first: list[int] = []
    while left and len(first) < MIXED:
        most = -(-MOST_OF_FIVE * (len(first) + 1) // 5)  # rounded up
        reach = scores[left[0]] - YIELDED
        open_to = (i for i in left if scores[i] >= reach and (houses[i] == 0 or taken[houses[i]] < most))
        chosen = next(open_to, left[0])
        left.remove(chosen)
        first.append(chosen)
        taken[houses[chosen]] += 1
    return first + left
