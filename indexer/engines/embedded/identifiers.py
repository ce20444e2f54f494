"""Ids of a segment: from a row to its id, from an id to its row, and their order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Identifiers:
    """`blob[starts[i]:starts[i + 1]]` is the id of row i in UTF-8; `rank` its place in id order; `by_rank` the inverse.

    UTF-8 bytes sort as code points do, so ranks agree with Python's order of str.
    """

    blob: NDArray[np.uint8]
    starts: NDArray[np.int64]
    rank: NDArray[np.int32]
    by_rank: NDArray[np.int32]

    def of_rows(self, rows: NDArray[np.int64]) -> list[str]:
        """The ids of some rows."""
        spans = zip(self.starts[rows].tolist(), self.starts[rows + 1].tolist(), strict=True)
        return [self.blob[start:stop].tobytes().decode() for start, stop in spans]

    def row_of(self, document_id: str) -> int | None:
        """The row of an id, None where the segment has it not."""
        place = self.first_rank_from(document_id)
        if place < len(self.by_rank) and self._bytes(row := int(self.by_rank[place])) == document_id.encode():
            return row
        return None

    def first_rank_from(self, document_id: str, *, after: bool = False) -> int:
        """The lowest rank whose id is at or (`after`) beyond the given one."""
        wanted = document_id.encode()
        low, high = 0, len(self.by_rank)
        while low < high:
            middle = (low + high) // 2
            seen = self._bytes(int(self.by_rank[middle]))
            if seen < wanted or (after and seen == wanted):
                low = middle + 1
            else:
                high = middle
        return low

    def _bytes(self, row: int) -> bytes:
        return self.blob[self.starts[row] : self.starts[row + 1]].tobytes()


def build_identifiers(ids: Sequence[str]) -> Identifiers:
    """Ids in row order."""
    encoded = [i.encode() for i in ids]
    by_rank = np.array(sorted(range(len(ids)), key=encoded.__getitem__), dtype=np.int32)
    rank = np.empty(len(ids), dtype=np.int32)
    rank[by_rank] = np.arange(len(ids), dtype=np.int32)
    starts = np.concatenate(([0], np.cumsum([len(e) for e in encoded]))).astype(np.int64)
    return Identifiers(np.frombuffer(b"".join(encoded), dtype=np.uint8), starts, rank, by_rank)
