"""A record as a feed brings it, before anything is believed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Structures and offers have separate key spaces."""

    OFFER = "offre"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """`fields` has the names of the schema and the values of the feed, untouched. `row` counts from 1 in `file`."""

    kind: Kind
    flux: str
    file: str
    row: int
    fields: dict[str, Any]
