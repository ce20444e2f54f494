"""What changed since the last time is compared with what shares a block with it; the rest stands as it was.

Which pairs are alike is kept. A record that changes, comes or goes undoes its own pairs, and so does a block that
becomes too common, or is so no more. Groups are then worked out anew wherever a pair was undone or made, as far as
likeness reaches from there: elsewhere nothing that makes them has changed. All comes from nothing in the same way.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from indexer.dedupe.blocking import LARGEST_BLOCK, NO_KEYS, Blocks, Keys
from indexer.dedupe.card import Card
from indexer.dedupe.cluster import Cluster, Decisions, build_clusters
from indexer.dedupe.rule import judge

Likeness = tuple[str, str]
"""Two ids that the rule joins, the first one before the other."""

LoadCards = Callable[[Collection[str]], Mapping[str, Card]]
"""The cards of these records; one that is gone meanwhile is left out, and the next time knows of it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the last time left of one kind: the blocks of each record, and the pairs that are alike."""

    keys: Mapping[str, Keys] = field(default_factory=dict)
    alike: Collection[Likeness] = frozenset()


@dataclass(frozen=True, slots=True)
class Compared:
    """What changes: pairs undone and made; `clusters` are all the groups of the `reached` records, and no others."""

    undone: frozenset[Likeness]
    made: frozenset[Likeness]
    reached: frozenset[str]
    clusters: tuple[Cluster, ...]


def compare_changes(
    known: Known,
    changed: Mapping[str, Keys],
    gone: Collection[str],
    decisions: Decisions,
    load: LoadCards,
    largest: int = LARGEST_BLOCK,
) -> Compared:
    """The groups that may differ from the last time.

    `changed` holds the blocks of records that are new or differ, `gone` ids known before that are compared no more.
    """
    touched = np.concatenate([NO_KEYS, *changed.values(), *(known.keys.get(i, NO_KEYS) for i in (*changed, *gone))])
    after = {i: keys for i, keys in {**known.keys, **changed}.items() if i not in gone}
    ids = sorted(after)
    blocks = Blocks([after[i] for i in ids], largest)
    concerned = _concerned(Blocks([*known.keys.values()], largest), blocks, ids, changed, np.unique(touched))
    renewed = {ids[place] for place in np.flatnonzero(concerned)} | set(gone)
    judged = _judge([(ids[one], ids[other]) for one, other in blocks.pairs_with(concerned)], load)
    former = {pair for pair in known.alike if not renewed.isdisjoint(pair)}
    decided = {i for pair in (*decisions.same, *decisions.different) for i in pair}
    seeds = (renewed | decided | {i for pair in former - judged for i in pair}) & after.keys()
    alike = (set(known.alike) - former) | judged
    reached, together = _reach(seeds, [*alike, *map(tuple, decisions.same)])
    clusters = build_clusters([*load(together).values()], (p for p in alike if p[0] in together), decisions)
    return Compared(frozenset(former - judged), frozenset(judged - former), frozenset(reached), tuple(clusters))


def _concerned(
    before: Blocks, after: Blocks, ids: list[str], changed: Collection[str], touched: Keys
) -> NDArray[np.bool_]:
    """By position, those that changed and those of a block that passed the largest size, either way."""
    found = np.fromiter((i in changed for i in ids), np.bool_, len(ids))
    found[after.members(touched[before.are_compared(touched) != after.are_compared(touched)])] = True
    return found


def _judge(pairs: list[Likeness], load: LoadCards) -> set[Likeness]:
    cards = load({i for pair in pairs for i in pair})
    told = (pair for pair in pairs if pair[0] in cards and pair[1] in cards)
    return {(one, other) for one, other in told if judge(cards[one], cards[other]).same}


def _reach(seeds: Iterable[str], pairs: Iterable[tuple[str, ...]]) -> tuple[set[str], set[str]]:
    """Whom likeness reaches from the seeds, them included; and those of them that are like somebody."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    reached: set[str] = set()
    waiting = list(seeds)
    while waiting:
        if (one := waiting.pop()) not in reached:
            reached.add(one)
            waiting += near.get(one, ())
    return reached, {i for i in reached if i in near}
