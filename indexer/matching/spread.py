"""Which offers each need shows: the best ones, not the same everywhere though one may serve several needs."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice, zip_longest
from typing import Final

from indexer.matching.echo import find_echo
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

_BY_MEANING: Final = 0.6
"""What nearness in meaning (0–1) adds among offers of one need: all bear its thématique, words say which answers."""

_FAR_BEHIND: Final = 0.12
"""Nearness in meaning (0–1) that a second offer may lack beside the nearest one of its need. Of lines judged strictly,
for 38 needs of fourteen profiles, .25 kept 42 right of 69 and .12 keeps 38 of 54: what it leaves out was wrong three
times in four. The judged plans of the demonstration: 91 of 103 and 81 of 90."""

_FAR_FROM_TWO: Final = 0.07
"""The same for a third offer and those after it: 38 of 51 with it, 74 of 80."""

_LEAST_UNSURE: Final = 0.65
"""Nearness in meaning from which an offer with a doubt stands alone: a hot meal is no answer to loneliness (.52), where
those that were judged right have .85 or more."""

_FOR_WANT: Final = 1
"""Offers shown where none answers but for want of better."""


def spread_offers(
    found: Sequence[Sequence[Candidate]], size: int, echoes: Sequence[frozenset[str] | None] = ()
) -> list[tuple[PlanOffer, ...]]:
    """At most `size` offers for each list, in the lists' order; an offer without doubt goes before one with.

    `echoes`: the telling words that each need is said by (`echo.py`), None for one that no words say."""
    shown: Counter[str] = Counter()
    spread = []
    for candidates, echo in zip_longest(found, echoes[: len(found)]):
        chosen = _choose_allowed(candidates or (), echo, size, shown)
        shown.update(one.hit.id for one in chosen)
        spread.append(tuple(one.offer for one in chosen))
    return spread


def _choose_allowed(
    candidates: Sequence[Candidate], echo: frozenset[str] | None, size: int, shown: Counter[str]
) -> list[Candidate]:
    """Without those of which the text asks what the person says not to be, or a situation that they do not speak of.
    What asks something that is not known goes behind what does not."""
    spoken = echo is not None
    while True:
        chosen = _choose(_worthwhile(candidates, echo or frozenset()), size, shown)
        refused = [one for one in chosen if one.terms.refused or (spoken and one.terms.unsaid)]
        if not refused:
            return sorted(chosen, key=lambda one: (*_standing(one), bool(one.terms.reserves)))
        candidates = [one for one in candidates if one not in refused]


def drop_unsure(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Where nothing is sure, only what is near in meaning: the rest is no answer."""
    if any(not one.doubts[1] or one.meant for one in candidates):
        return tuple(candidates)
    return tuple(one for one in candidates if _meaning(one) >= _LEAST_UNSURE)


def find_as_near(others: Sequence[Candidate], found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best of others, where it answers as well as what was found, if anything was: at most one, and none unsure."""
    best = max(map(_meaning, found), default=0.0)
    near = (one for one in others if not one.weak and not any(one.doubts) and _meaning(one) >= best - _FAR_BEHIND)
    ranked = sorted(near, key=lambda one: (-_meaning(one), one.rank))
    return tuple(islice((one for one in ranked if not (one.terms.refused or one.terms.unsaid)), 1))


def _worthwhile(candidates: Sequence[Candidate], echo: frozenset[str]) -> list[Candidate]:
    """What is for others completes what is sure only where it answers about as well: a short list, and none wrong.

    Who has no roof tonight is told of what is made for it, and of nothing else where there is some.
    What has both doubts is left for needs that nothing sure answers, and so is what answers for want of better.
    """
    vital = [one for one in candidates if one.vital and not one.doubts[0]]
    firm = [one for one in vital or candidates if not one.weak]
    if not firm:
        return list(candidates[:_FOR_WANT])
    candidates = _near_best(firm, echo)
    sure = [one.hit.score for one in candidates if not any(one.doubts)]
    if not sure:
        return list(candidates)
    least = max(sure) - _OTHERS_LACK
    return [
        one
        for one in candidates
        if one.doubts[1] == 0 or (one.doubts[0] == 0 and (one.meant or one.hit.score >= least))
    ]


def _near_best(candidates: Sequence[Candidate], echo: frozenset[str]) -> list[Candidate]:
    """Those that none with no more doubts leaves far behind. A deduced answer is kept:
    what the encoder reads of an offer holds the thématiques of its source only. So is one that alone takes up words by
    which the need is said: « menace d'expulsion » for a bailiff's letter."""
    near = [one for one in candidates if (one.meant and one.doubts[1] > 0) or _is_near(one, candidates)]
    if not echo or len(near) == len(candidates):
        return near
    taken_up = frozenset[str]().union(*(find_echo(echo, one.offre) for one in near))
    return [one for one in candidates if one in near or (not any(one.doubts) and find_echo(echo - taken_up, one.offre))]


def _is_near(one: Candidate, candidates: Sequence[Candidate], lack: float = _FAR_BEHIND) -> bool:
    return not any(_meaning(one) < _meaning(other) - lack and other.doubts <= one.doubts for other in candidates)


def _meaning(one: Candidate) -> float:
    return one.hit.parts.get("sens", 0.0)


def _choose(candidates: Sequence[Candidate], size: int, shown: Counter[str]) -> list[Candidate]:
    left, chosen = list(candidates), list[Candidate]()
    houses: Counter[str] = Counter()
    while left and len(chosen) < size:
        best = min(
            left,
            key=lambda one: (*_standing(one), -_worth(one, shown, houses), one.rank),
        )
        left.remove(best)
        if len(chosen) > 1 and not best.doubts[1] and not _is_near(best, chosen, _FAR_FROM_TWO):
            continue
        chosen.append(best)
        houses[best.structure] += 1
    return chosen


def _standing(one: Candidate) -> tuple[int, bool, int, bool]:
    """What stands against it, then what is not sure, decide before its worth."""
    return one.doubts[0], one.weak, one.doubts[1], not one.urgent


def _worth(one: Candidate, shown: Counter[str], houses: Counter[str]) -> float:
    again = houses[one.structure] if one.structure else 0
    spoken = _SPOKEN if one.spoken else 0.0
    near = _BY_MEANING * _meaning(one)
    return one.hit.score + near + spoken - _REPEATED * shown[one.hit.id] - _SAME_HOUSE * again
