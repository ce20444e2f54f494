"""Two people change one line: what both did is kept, and what contradicts itself is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from indexer.plans.model import FIELDS, Fields


@dataclass(frozen=True, slots=True)
class Merged:
    """`conflicts` are fields that both changed, each otherwise; there `fields` holds the current value."""

    fields: Fields
    conflicts: tuple[str, ...]


def merge(base: Fields, current: Fields, wanted: Fields) -> Merged:
    """`base` is what the writer had read, `current` what is written now, `wanted` what they send."""
    taken: dict[str, Any] = {}
    conflicts = []
    for name in FIELDS:
        was, now, mine = getattr(base, name), getattr(current, name), getattr(wanted, name)
        if mine in (was, now):
            continue
        if now == was:
            taken[name] = mine
        else:
            conflicts.append(name)
    return Merged(replace(current, **taken), tuple(conflicts))


def rebuild_base(current: Fields, since: Iterable[tuple[str, str | float | None]]) -> Fields:
    """The fields as they were before `since`: (field, value before) of each change, oldest first."""
    before: dict[str, Any] = {}
    for name, value in since:
        before.setdefault(name, value)
    return from_values(to_values(current) | before)


def to_values(fields: Fields) -> dict[str, str | float | None]:
    """Fields as JSON holds them."""
    return {name: _plain(getattr(fields, name)) for name in FIELDS}


def from_values(values: Mapping[str, Any]) -> Fields:
    """The other way; what an older program did not write keeps its default."""
    known = {name: values[name] for name in FIELDS if name in values}
    due = known.get("echeance")
    return Fields(**known | {"echeance": None if due is None else date.fromisoformat(due)})


def list_changes(before: Fields, after: Fields) -> list[tuple[str, str | float | None, str | float | None]]:
    """(field, before, after) of each that differs, in the order of the fields."""
    was, now = to_values(before), to_values(after)
    return [(name, was[name], now[name]) for name in FIELDS if was[name] != now[name]]


def _plain(value: Any) -> str | float | None:
    return value.isoformat() if isinstance(value, date) else value
