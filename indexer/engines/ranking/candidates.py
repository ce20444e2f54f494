"""What the ranking knows of the candidates that an engine brings."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """Columns of n candidates. NaN = not known.

    `words`, `need`, `stated`, `quality` in 0–1; `meaning` a cosine; `distance` in km; `start` of the next session in
    seconds UTC; `changed` in days since 1970-01-01; `fold` and `structure` equal for siblings and housemates.
    """

    ids: tuple[str, ...]
    distance: Floats
    words: Floats
    need: Floats
    meaning: Floats
    stated: Floats
    quality: Floats
    changed: Floats
    start: Floats
    fold: NDArray[np.uint64]
    structure: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.ids)

    def pick(self, places: NDArray[np.int64]) -> "Candidates":
        """The candidates at some places, in that order."""
        columns: dict[str, Any] = {f.name: getattr(self, f.name)[places] for f in fields(self) if f.name != "ids"}
        return Candidates(ids=tuple(self.ids[i] for i in places), **columns)


def joined(parts: Sequence[Candidates]) -> Candidates:
    """The candidates of several segments, one after the other."""
    if len(parts) == 1:
        return parts[0]
    columns: dict[str, Any] = {
        f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Candidates) if f.name != "ids"
    }
    return Candidates(ids=tuple(i for p in parts for i in p.ids), **columns)
