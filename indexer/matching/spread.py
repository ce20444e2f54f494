"""Which offers each need shows: the best ones, not the same everywhere though one may serve several needs."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from indexer.matching.offers import Candidate
from indexer.matching.plan import PlanOffer

_REPEATED: Final = 0.04
"""Score that an offer yields for each need that shows it already: another as good is more help."""

_SAME_HOUSE: Final = 0.06
"""The same for a structure that the need shows already."""


def spread_offers(found: Sequence[Sequence[Candidate]], size: int) -> list[tuple[PlanOffer, ...]]:
    """At most `size` offers for each list, in the lists' order; an offer without doubt goes before one with."""
    shown: Counter[str] = Counter()
    spread = []
    for candidates in found:
        chosen = _choose(candidates, size, shown)
        shown.update(one.hit.id for one in chosen)
        spread.append(tuple(one.offer for one in chosen))
    return spread


def _choose(candidates: Sequence[Candidate], size: int, shown: Counter[str]) -> list[Candidate]:
    left, chosen = list(candidates), list[Candidate]()
    houses: Counter[str] = Counter()
    while left and len(chosen) < size:
        best = min(left, key=lambda one: (one.doubts, -_worth(one, shown, houses), one.rank))
        left.remove(best)
        chosen.append(best)
        houses[best.structure] += 1
    return chosen


def _worth(one: Candidate, shown: Counter[str], houses: Counter[str]) -> float:
    again = houses[one.structure] if one.structure else 0
    return one.hit.score - _REPEATED * shown[one.hit.id] - _SAME_HOUSE * again
