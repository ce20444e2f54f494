"""Means by group, with their intervals, and what two runs differ by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.evaluation.intervals import Difference, Estimate, build_difference, build_estimate
from indexer.evaluation.scored import Run, Scored

EVERYTHING = "tout"

Grouping = tuple[str, ...]
"""Labels that a group shares: `("langue",)` gives one group a language, `()` one of all texts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the group (« langue : ar ») and an estimate a measure."""

    grouping: Grouping
    group: str
    estimates: dict[str, Estimate]


@dataclass(frozen=True, slots=True)
class Change:
    """What a group gained or lost, a measure."""

    group: str
    differences: dict[str, Difference]


def build_rows(run: Run, groupings: Sequence[Grouping]) -> Iterator[Row]:
    """The groups of each grouping, in the order of the texts."""
    for grouping in groupings:
        for group, members in _group(run.scored, grouping).items():
            yield Row(grouping, group, {name: build_estimate(values) for name, values in _columns(members).items()})


def build_changes(before: Run, after: Run, groupings: Sequence[Grouping]) -> Iterator[Change]:
    """On the texts and measures that both runs have; a group without any is left out."""
    old = {one.key: one for one in before.scored}
    shared = [one for one in after.scored if one.key in old]
    for grouping in groupings:
        for group, members in _group(shared, grouping).items():
            pairs = [(old[one.key].values, one.values) for one in members]
            names = dict.fromkeys(name for was, now in pairs for name in now if name in was)
            yield Change(group, {name: _difference(pairs, name) for name in names})


def _difference(pairs: Iterable[tuple[Mapping[str, float], Mapping[str, float]]], name: str) -> Difference:
    """On the texts that both runs ask it of: not every measure is asked of every text."""
    both = [(was[name], now[name]) for was, now in pairs if name in was and name in now]
    return build_difference([was for was, _ in both], [now for _, now in both])


def worst(run: Run, measure: str, count: int) -> list[Scored]:
    """The texts with the least of a measure, then in alphabetical order."""
    having = [one for one in run.scored if measure in one.values]
    return sorted(having, key=lambda one: (one.values[measure], one.text))[:count]


def _group(scored: Iterable[Scored], grouping: Grouping) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = {}
    for one in scored:
        if all(label in one.labels for label in grouping):
            name = ", ".join(one.labels[label] for label in grouping) or EVERYTHING
            groups.setdefault(name, []).append(one)
    return groups


def _columns(members: Iterable[Scored]) -> dict[str, list[float]]:
    columns: dict[str, list[float]] = {}
    for one in members:
        for name, value in one.values.items():
            columns.setdefault(name, []).append(value)
    return columns
