"""Siblings behind their leader, and no structure that fills the first places alone."""

from bisect import bisect_right
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
    family, leaders = _families(candidates.fold[order])
    first = order[leaders]
    houses = np.where(candidates.name[first] >= _CALLED, np.uint64(0), candidates.structure[first])
    turns = _take_turns(houses.tolist(), score[first].tolist())
    rank = np.empty(len(turns), dtype=np.int64)
    rank[turns] = np.arange(len(turns))
    return np.asarray(order[np.argsort(rank[family], kind="stable")], dtype=np.int64)


def _families(fold: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of the folds of places in order: the number of each place's family, and each family's first place (its leader).

    Families are numbered in the order of their leaders; a place without a fold is a family of its own.
    """
    _, first, own = np.unique(fold, return_index=True, return_inverse=True)
    leader = np.where(fold == 0, np.arange(len(fold)), first[own])
    leaders = np.flatnonzero(leader == np.arange(len(fold)))
    return np.searchsorted(leaders, leader), leaders


def _take_turns(houses: list[int], scores: list[float]) -> list[int]:
    """Numbers of the families, best first: each of the first places goes to the best whose house has not its share.

    `scores` fall: whoever is out of reach has only others out of reach behind.
    """
    left = list(range(len(houses)))
    taken: Counter[int] = Counter()
    first: list[int] = []
    while left and len(first) < MIXED:
        most = -(-MOST_OF_FIVE * (len(first) + 1) // 5)  # rounded up
        reach = scores[left[0]] - YIELDED
        near = left[: bisect_right(left, -reach, key=lambda i: -scores[i])]
        chosen = next((i for i in near if houses[i] == 0 or taken[houses[i]] < most), left[0])
        left.remove(chosen)
        first.append(chosen)
        taken[houses[chosen]] += 1
    return first + left
