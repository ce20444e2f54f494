"""Document frequencies over the segments of a snapshot."""

from collections.abc import Iterator, Mapping

from indexer.engines.embedded.postings import Postings
from indexer.engines.embedded.snapshot import Snapshot


class SummedFrequencies(Mapping[str, int]):
    """Term → in how many rows it is, rows replaced since included: they only weigh."""

    def __init__(self, postings: list[Postings]) -> None:
        self._postings = postings

    def __getitem__(self, term: str) -> int:
        total = sum(p.frequency(term) for p in self._postings)
        if not total:
            raise KeyError(term)
        return total

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        for place, postings in enumerate(self._postings):
            if place == 0:
                yield from postings
            else:
                fresh = [t for t in postings if t not in seen and not self._postings[0].frequency(t)]
                seen.update(fresh)
                yield from fresh

    def __len__(self) -> int:
        return sum(1 for _ in self)


def frequencies_of(snapshot: Snapshot) -> SummedFrequencies:
    """The term frequencies of a snapshot."""
    return SummedFrequencies([view.segment.postings for view in snapshot.views])
