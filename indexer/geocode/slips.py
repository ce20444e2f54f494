"""Names that resemble what was typed: shared pairs of letters pick candidates, an edit distance decides."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

CANDIDATES = 150
"""Names compared letter by letter: finds 97.7 % of 909 names with one slip, in 0.9 ms; 400 finds 98.0 %, in 2.0 ms."""

_SEPARATOR = "\n"


def allowed_slips(length: int) -> int:
    """Edits forgiven in a word of that many letters: short names have too many neighbours."""
    if length < 4:
        return 0
    return 1 if length < 7 else 2


def _pairs(text: str) -> NDArray[np.int32]:
    """Each letter with the next, as a number below 65,536."""
    letters = np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.int32)
    return letters[:-1] * 256 + letters[1:]


class SlipIndex:
    """Postings from a pair of letters to the names that hold it. Names are folded (ASCII)."""

    def __init__(self, names: Sequence[str], rows: Sequence[int], populations: Sequence[float]) -> None:
        """`names[i]` leads to `rows[i]`, of `populations[i]` inhabitants."""
        self._names = tuple(names)
        self._rows = tuple(rows)
        self._populations = np.array(populations, dtype=np.float64)
        text = "".join(f"{_SEPARATOR}^{name}" for name in names) + _SEPARATOR
        pairs = _pairs(text)
        letters = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
        owner = np.cumsum(letters == ord(_SEPARATOR))[:-1] - 1
        inside = (pairs % 256 != ord(_SEPARATOR)) & (pairs // 256 != ord(_SEPARATOR))
        order = np.argsort(pairs[inside], kind="stable")
        self._owners = owner[inside][order].astype(np.int32)
        self._starts = np.searchsorted(pairs[inside][order], np.arange(65_537))

    def find(self, typed: str) -> list[int]:
        """Rows of the names that begin like `typed`, save for allowed slips; fewest slips, then largest, first."""
        slips = allowed_slips(len(typed))
        if slips == 0 or not self._names:
            return []
        found = []
        for name in self._candidates(typed):
            distance = self._distance(typed, self._names[name], slips)
            if distance <= slips:
                found.append((distance, -self._populations[name], self._rows[name]))
        return [row for _, _, row in sorted(found)]

    def _candidates(self, typed: str) -> list[int]:
        """The names that share most pairs, larger communes first among equals."""
        postings = [self._owners[self._starts[p] : self._starts[p + 1]] for p in set(_pairs(f"^{typed}").tolist())]
        shared = np.bincount(np.concatenate(postings), minlength=len(self._names))
        score = shared + np.minimum(self._populations, 1e7) / 1e8
        count = min(CANDIDATES, score.size)
        return [int(name) for name in np.argpartition(-score, count - 1)[:count]]

    @staticmethod
    def _distance(typed: str, name: str, cutoff: int) -> int:
        """To the whole name, or to its beginning of the same length give or take one: it is still being typed."""
        ends = {len(typed) - 1, len(typed), len(typed) + 1}
        return min(OSA.distance(typed, name[:end], score_cutoff=cutoff) for end in ends)
