"""The needs of the clauses of a text and of the whole, made one list."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from indexer.engines.base import Need

MOST: Final = 5
LEAST_OF_A_CLAUSE: Final = 0.25
"""A clause is short and out of its context: it must be surer than a whole text to be believed."""

BESIDE_IN_A_CLAUSE: Final = 0.5
"""Of a clause, a second need counts when it is this likely beside the first."""

OF_THE_WHOLE_ALONE: Final = 0.6
"""What a need is worth that the whole text says and none of its clauses."""


def merge_needs(whole: Sequence[Need], clauses: Iterable[Sequence[Need]]) -> tuple[Need, ...]:
    """At most MOST, likeliest first; each clause's first need goes before any second one when room is short."""
    believed = [kept for needs in clauses if (kept := _believe(needs))]
    if not believed:
        return tuple(whole[:MOST])
    best: dict[str, Need] = {}
    for need in (need for needs in believed for need in needs):
        known = best.get(need.thematique)
        if known is None or need.score > known.score:
            best[need.thematique] = need
    for need in whole:
        known = best.get(need.thematique)
        if known is None:
            best[need.thematique] = replace(need, score=round(need.score * OF_THE_WHOLE_ALONE, 4))
        elif need.score > known.score:
            best[need.thematique] = replace(known, score=need.score)
    firsts = {needs[0].thematique for needs in believed}
    kept = sorted(best.values(), key=lambda n: (n.thematique not in firsts, -n.score, n.thematique))[:MOST]
    return tuple(sorted(kept, key=lambda need: (-need.score, need.thematique)))


def _believe(needs: Sequence[Need]) -> Sequence[Need]:
    if not needs or needs[0].score < LEAST_OF_A_CLAUSE:
        return ()
    return [need for need in needs if need.score >= BESIDE_IN_A_CLAUSE * needs[0].score]
