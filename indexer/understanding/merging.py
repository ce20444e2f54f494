"""The needs of the clauses of a text and of the whole, made one list."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from indexer.best_of_each import best_of_each
from indexer.engines.base import Need

MOST: Final = 5
LEAST_OF_A_CLAUSE: Final = 0.25
"""A clause is short and out of its context: it must be surer than a whole text to be believed."""

BESIDE_IN_A_CLAUSE: Final = 0.5
"""Of a clause, a second need counts when it is this likely beside the first."""

OF_A_CLAUSE_ALONE: Final = 0.8
OF_THE_WHOLE_ALONE: Final = 0.6
"""What a need is worth that a clause says and the whole does not, and the other way round."""

LEAST_MERGED: Final = 0.1
"""Under this, a need was only a shadow of another."""

SURE: Final = 0.5
"""A whole text this sure of its first need is believed even where no clause says it."""


def believe_clauses(clauses: Iterable[Sequence[Need]]) -> list[Sequence[Need]]:
    """The needs of each clause that is sure enough."""
    return [kept for needs in clauses if (kept := _believe(needs))]


def merge_needs(whole: Sequence[Need], believed: Sequence[Sequence[Need]]) -> tuple[Need, ...]:
    """At most MOST, likeliest first; what each clause says first goes before any second when room is short."""
    if not believed:
        return tuple(whole[:MOST])
    in_clauses = best_of_each((need for needs in believed for need in needs), lambda need: need.thematique)
    merged = {name: _weigh(need, OF_A_CLAUSE_ALONE) for name, need in in_clauses.items()}
    for place, need in enumerate(whole):
        known = in_clauses.get(need.thematique)
        trusted = known is not None or (place == 0 and need.score >= SURE)
        best = need if known is None or need.score > known.score else known
        merged[need.thematique] = _weigh(best, 1.0 if trusted else OF_THE_WHOLE_ALONE)
    merged = {name: need for name, need in merged.items() if need.score >= LEAST_MERGED}
    firsts = {needs[0].thematique for needs in (whole[:1], *believed) if needs}
    kept = sorted(merged.values(), key=lambda n: (n.thematique not in firsts, -n.score, n.thematique))[:MOST]
    if whole and (whole[0].thematique in in_clauses or whole[0].score >= SURE):
        highest = max(need.score for need in kept)  # what the whole text says first stays first
        kept = [replace(n, score=highest) if n.thematique == whole[0].thematique else n for n in kept]
        return tuple(sorted(kept, key=lambda n: (-n.score, n.thematique != whole[0].thematique, n.thematique)))
    return tuple(sorted(kept, key=lambda need: (-need.score, need.thematique)))


def _weigh(need: Need, worth: float) -> Need:
    return replace(need, score=round(need.score * worth, 4))


def _believe(needs: Sequence[Need]) -> Sequence[Need]:
    if not needs or needs[0].score < LEAST_OF_A_CLAUSE:
        return ()
    return [need for need in needs if need.score >= BESIDE_IN_A_CLAUSE * needs[0].score]
