"""What the ranking knows of the candidates that an engine brings."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """Columns of n candidates. NaN = not known, or not asked.

    `id_rank` sorts as the ids do; `words`, `name`, `need`, `stated`, `wished`, `age`, `quality` in 0–1; `meaning` a
    cosine; `distance` in km; `start` of the next session with a seat (else of the next) in seconds UTC, `full` 1 where
    every coming session is; `changed` in days since 1970-01-01; `fold` and `structure` equal for siblings and
    housemates, `structure` 0 for none.
    """

    id_rank: NDArray[np.int64]
    distance: Floats
    words: Floats
    name: Floats
    need: Floats
    meaning: Floats
    stated: Floats
    wished: Floats
    age: Floats
    quality: Floats
    changed: Floats
    start: Floats
    full: Floats
    fold: NDArray[np.uint64]
    structure: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.id_rank)

    def pick(self, places: NDArray[np.int64]) -> "Candidates":
        """The candidates at some places, in that order."""
        columns: dict[str, Any] = {f.name: getattr(self, f.name)[places] for f in fields(self)}
        return Candidates(**columns)

    def named(self, id_rank: NDArray[np.int64]) -> "Candidates":
        """The same candidates, once it is known how their ids sort."""
        return replace(self, id_rank=id_rank)


def joined(parts: Sequence[Candidates]) -> Candidates:
    """The candidates of several segments, one after the other."""
    if len(parts) == 1:
        return parts[0]
    columns: dict[str, Any] = {f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Candidates)}
    return Candidates(**columns)


def filled(values: Floats, missing: float = 0.0) -> Floats:
    """The values, with a number in place of NaN; `nan_to_num` looks for infinities too, and takes twice as long."""
    return np.where(np.isnan(values), missing, values)
