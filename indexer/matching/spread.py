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

_SPOKEN: Final = 0.12
"""What being understood is worth to who speaks no French: as much as the ranking yields for variety, and no more, so
that a wrong answer in the right language does not come first."""

_OTHERS_LACK: Final = 0.05
"""How much score an offer for other publics may lack beside one without doubt: less than what one more of its structure
costs. Beyond, it is no more help, only one more line to verify."""

_BY_MEANING: Final = 0.3
"""What nearness in meaning (0–1) adds among offers of one need: all bear its thématique, words say which answers."""

_FAR_BEHIND: Final = 0.25
"""Nearness in meaning (0–1) that an offer may lack beside the nearest one of its need: a bicycle's repair for a car."""

_FOR_WANT: Final = 1
"""Offers shown where none answers but for want of better."""


def spread_offers(found: Sequence[Sequence[Candidate]], size: int) -> list[tuple[PlanOffer, ...]]:
    """At most `size` offers for each list, in the lists' order; an offer without doubt goes before one with."""
    shown: Counter[str] = Counter()
    spread = []
    for candidates in found:
        chosen = _choose(_worthwhile(candidates), size, shown)
        shown.update(one.hit.id for one in chosen)
        spread.append(tuple(one.offer for one in chosen))
    return spread


def _worthwhile(candidates: Sequence[Candidate]) -> list[Candidate]:
    """What is for others completes what is sure only where it answers about as well: a short list, and none wrong.

    Who has no roof tonight is told of what is made for it, and of nothing else where there is some.
    What has both doubts is left for needs that nothing sure answers, and so is what answers for want of better.
    """
    vital = [one for one in candidates if one.vital and not one.doubts[0]]
    firm = [one for one in vital or candidates if not one.weak]
    if not firm:
        return list(candidates[:_FOR_WANT])
    candidates = _near_best(firm)
    sure = [one.hit.score for one in candidates if not any(one.doubts)]
    if not sure:
        return list(candidates)
    least = max(sure) - _OTHERS_LACK
    return [
        one
        for one in candidates
        if one.doubts[1] == 0 or (one.doubts[0] == 0 and (one.meant or one.hit.score >= least))
    ]


def _near_best(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those that none with no more doubts leaves far behind. A deduced answer is kept:
    what the encoder reads of an offer holds the thématiques of its source only."""
    return [
        one
        for one in candidates
        if (one.meant and one.doubts[1] > 0)
        or not any(_meaning(one) < _meaning(other) - _FAR_BEHIND and other.doubts <= one.doubts for other in candidates)
    ]


def _meaning(one: Candidate) -> float:
    return one.hit.parts.get("sens", 0.0)


def _choose(candidates: Sequence[Candidate], size: int, shown: Counter[str]) -> list[Candidate]:
    left, chosen = list(candidates), list[Candidate]()
    houses: Counter[str] = Counter()
    while left and len(chosen) < size:
        best = min(
            left,
            key=lambda one: (
                one.doubts[0],
                one.weak,
                one.doubts[1],
                not one.urgent,
                -_worth(one, shown, houses),
                one.rank,
            ),
        )
        left.remove(best)
        chosen.append(best)
        houses[best.structure] += 1
    return chosen


def _worth(one: Candidate, shown: Counter[str], houses: Counter[str]) -> float:
    again = houses[one.structure] if one.structure else 0
    spoken = _SPOKEN if one.spoken else 0.0
    near = _BY_MEANING * _meaning(one)
    return one.hit.score + near + spoken - _REPEATED * shown[one.hit.id] - _SAME_HOUSE * again
