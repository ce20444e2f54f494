"""Two people write in one file at once: each field keeps who changed it, and where both did, both are shown."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people changed differently since they read it. `theirs` is what is kept for now."""

    field: str
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class Merged:
    """`values` is the whole file afterwards, without empty fields."""

    values: Mapping[str, str]
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Mapping[str, str] | None, theirs: Mapping[str, str], mine: Mapping[str, str]) -> Merged:
    """Three versions of one file, by field: `base` as the writer read it, `theirs` as it is now, `mine` as it is sent.

    A field that `mine` does not hold was not asked, and stays. Without a `base` (too old to be known) every field that
    differs is shown.
    """
    values = dict(theirs)
    conflicts: list[Conflict] = []
    for field, wanted in mine.items():
        now = theirs.get(field, "")
        if wanted == now or (base is not None and wanted == base.get(field, "")):
            continue
        if base is not None and now == base.get(field, ""):
            values[field] = wanted
        else:
            conflicts.append(Conflict(field, now, wanted))
    return Merged({field: value for field, value in values.items() if value}, tuple(conflicts))
