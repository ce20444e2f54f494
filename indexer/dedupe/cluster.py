"""Groups of records that tell of one thing. A chain of likenesses is no group: all must agree with one of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from indexer.dedupe.card import Card
from indexer.dedupe.rule import Verdict, judge

DECIDED: Final = Verdict(1.0, "décidé par un coordinateur")

Pair = frozenset[str]
"""Two ids."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What coordinators said of pairs of ids: it goes before any rule."""

    same: Collection[Pair] = frozenset()
    different: Collection[Pair] = frozenset()


@dataclass(frozen=True, slots=True)
class Cluster:
    """`best` is the record to show; `others` the rest, sorted by id, each with why it is there."""

    best: str
    others: tuple[tuple[str, Verdict], ...]


@dataclass(slots=True)
class _Groups:
    """Who is with whom so far."""

    cards: Sequence[Card]
    decisions: Decisions
    group_of: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    verdicts: dict[tuple[int, int], Verdict] = field(default_factory=dict)

    def verdict(self, one: int, other: int) -> Verdict:
        """Of two positions, judged once."""
        key = (min(one, other), max(one, other))
        if key not in self.verdicts:
            self.verdicts[key] = self._judge(*key)
        return self.verdicts[key]

    def _judge(self, one: int, other: int) -> Verdict:
        pair = frozenset((self.cards[one].id, self.cards[other].id))
        if pair in self.decisions.different:
            return Verdict(0.0, "décidé différent par un coordinateur")
        return DECIDED if pair in self.decisions.same else judge(self.cards[one], self.cards[other])

    def join(self, one: int, other: int) -> None:
        """Brings two groups together, if all who would be in it agree."""
        first, second = self.group_of.get(one, one), self.group_of.get(other, other)
        if first == second:
            return
        together = [*self.members.get(first, [first]), *self.members.get(second, [second])]
        if not self._agree(self.members.get(first, [first]), self.members.get(second, [second]), together):
            return
        self.members.pop(second, None)
        self.members[first] = together
        self.group_of.update(dict.fromkeys(together, first))

    def _agree(self, first: list[int], second: list[int], together: list[int]) -> bool:
        if any(self._forbidden(one, other) for one in first for other in second):
            return False
        return any(all(m == core or self._with(core, m, together) for m in together) for core in together)

    def _with(self, core: int, member: int, together: list[int]) -> bool:
        """Whether a member agrees with the core; a coordinator's word for any member stands for all."""
        decided = (self.verdict(member, other) is DECIDED for other in together if other != member)
        return self.verdict(core, member).same or any(decided)

    def _forbidden(self, one: int, other: int) -> bool:
        """A contradiction, or two records that one producer keeps apart: their common likeness joins nothing."""
        verdict = self.verdict(one, other)
        kept_apart = self.cards[one].source == self.cards[other].source and not verdict.same
        pair = frozenset((self.cards[one].id, self.cards[other].id))
        return pair in self.decisions.different or kept_apart


def build_clusters(cards: Sequence[Card], alike: Iterable[tuple[str, str]], decisions: Decisions) -> list[Cluster]:
    """The groups of two or more among cards of one kind, in the order of their best record's id.

    `alike` are the pairs of ids that the rule joins; one whose card is not there is left out. The surest pairs are
    joined first, so that no order changes anything; cards that nothing joins, even by way of others, may be left out.
    """
    ordered = sorted(cards, key=lambda card: card.id)
    groups = _Groups(ordered, decisions)
    pairs = _positions(ordered, (*alike, *map(tuple, decisions.same)))
    same = [(groups.verdict(*pair), pair) for pair in sorted(pairs)]
    for _, (one, other) in sorted((v for v in same if v[0].same), key=lambda v: (-v[0].score, v[1])):
        groups.join(one, other)
    return sorted((_build(groups, members) for members in groups.members.values()), key=lambda c: c.best)


def _positions(cards: Sequence[Card], pairs: Iterable[tuple[str, ...]]) -> set[tuple[int, int]]:
    places: Mapping[str, int] = {card.id: place for place, card in enumerate(cards)}
    found = (sorted(places[i] for i in pair if i in places) for pair in pairs)
    return {(pair[0], pair[1]) for pair in found if len(pair) == 2}


def _build(groups: _Groups, members: list[int]) -> Cluster:
    """The richest record first; on equal terms, the one whose id comes first."""
    best = min(members, key=lambda m: (-groups.cards[m].worth, groups.cards[m].id))
    others = sorted((m for m in members if m != best), key=lambda m: groups.cards[m].id)
    return Cluster(groups.cards[best].id, tuple((groups.cards[m].id, _why(groups, best, m, members)) for m in others))


def _why(groups: _Groups, best: int, member: int, members: list[int]) -> Verdict:
    """The surest reason for a member to be there: with the best record if it can be said, else with another one."""
    with_best = groups.verdict(best, member)
    if with_best.same:
        return with_best
    return max((groups.verdict(member, m) for m in members if m != member), key=lambda v: v.score)
