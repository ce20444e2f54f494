"""What the rule of duplicates is worth on the labelled pairs: precision with its interval, and recall."""

import csv
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal

from indexer.dedupe.card import Card
from indexer.dedupe.rule import judge
from indexer.errors import EvaluationError
from indexer.schema import Kind

Label = Literal["oui", "non", "doute"]
_COLUMNS: Final = ["genre", "part", "meme", "a", "b"]
_Z: Final = 1.959964
"""Of a two-sided interval at 95 %."""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two ids of one kind, and what a reader of both records says: `doute` is told, and not measured."""

    kind: Kind
    part: str
    label: Label
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Counts and shares in 0–1 (None when nothing was joined, or nothing was to be). Wilson's interval at 95 %."""

    pairs: int
    right: int
    wrong: int
    missed: int
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    recall: float | None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def load_pairs(path: Path) -> list[LabelledPair]:
    """The labelled pairs of a file. EvaluationError when it is absent or has another layout."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except OSError as error:
        raise EvaluationError(f"Le fichier des paires jugées ne se lit pas : {path}.") from error
    if not rows or rows[0] != _COLUMNS or any(len(row) != len(_COLUMNS) for row in rows):
        raise EvaluationError(f"{path} : les colonnes attendues sont {', '.join(_COLUMNS)}.")
    return [_build_pair(path, number, row) for number, row in enumerate(rows[1:], start=2)]


def measure_pairs(pairs: Iterable[LabelledPair], card_of: Callable[[Kind, str], Card]) -> PairFigures:
    """The rule against the labels. `card_of` gives the card of an id; doubtful pairs are left out."""
    found: dict[tuple[bool, bool], int] = dict.fromkeys(((a, b) for a in (True, False) for b in (True, False)), 0)
    for pair in pairs:
        if pair.label != "doute":
            same = judge(card_of(pair.kind, pair.a), card_of(pair.kind, pair.b)).same
            found[pair.label == "oui", same] += 1
    return build_figures(found)


def build_figures(found: Mapping[tuple[bool, bool], int]) -> PairFigures:
    """From counts by (labelled the same, joined)."""
    right, wrong, missed = found[True, True], found[False, True], found[True, False]
    low, high = wilson(right, right + wrong)
    return PairFigures(
        pairs=sum(found.values()),
        right=right,
        wrong=wrong,
        missed=missed,
        precision=_share(right, right + wrong),
        precision_low=low,
        precision_high=high,
        recall=_share(right, right + missed),
    )


def wilson(successes: int, trials: int) -> tuple[float | None, float | None]:
    """Wilson's score interval of a share at 95 % (E. B. Wilson, 1927); (None, None) without a trial."""
    if trials == 0:
        return None, None
    share, z2 = successes / trials, _Z * _Z
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z * math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials)) / (1 + z2 / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


def _share(part: int, whole: int) -> float | None:
    return None if whole == 0 else part / whole


def _build_pair(path: Path, number: int, row: list[str]) -> LabelledPair:
    kind, part, label, a, b = row
    if kind not in (Kind.STRUCTURE, Kind.OFFER) or part not in ("dev", "test") or label not in ("oui", "non", "doute"):
        raise EvaluationError(f"{path}, ligne {number} : genre, part ou avis inconnu.")
    known: Label = "oui" if label == "oui" else "non" if label == "non" else "doute"
    return LabelledPair(Kind(kind), part, known, a, b)
