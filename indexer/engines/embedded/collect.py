"""One search over the segments of a version: the set, its counts, and one page of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf, isnan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Hit, SearchQuery, SortKey
from indexer.engines.embedded.counting import merged_counts
from indexer.engines.embedded.domain import Rows
from indexer.engines.embedded.ground import View
from indexer.engines.embedded.grounds import Grounds
from indexer.engines.embedded.picks import Picks, best, both, id_ranks, picks_of, rows_of
from indexer.engines.embedded.rest import next_picks
from indexer.engines.embedded.scan import Scan, scan
from indexer.engines.embedded.window import Window
from indexer.engines.shared import NEAREST_BY_MEANING, NEVER


class Collector:
    """What is found (`total`, `facets`), and a page of it in the total order: the window, then the rest."""

    def __init__(self, views: Sequence[View], query: SearchQuery, grounds: Grounds) -> None:
        self._query = query
        scans = [scan(view, query, grounds) for view in views if view.segment.size]
        self.by_meaning_only = query.asks_for_something and not any(np.any(s.passing) for s in scans)
        self._scans = _nearest_by_meaning(scans, query) if self.by_meaning_only else scans  # then filtered, as any
        self._eligible = [s.kept.local for s in self._scans]
        self.total = sum(map(len, self._eligible))
        self._window = Window(self._scans, self._eligible, query, by_meaning=self.by_meaning_only)

    def facets(self) -> dict[str, dict[str, int]]:
        """The counts of the fields asked for."""
        place_given = self._query.place is not None
        return {f: merged_counts([s.count(f, place_given) for s in self._scans]) for f in self._query.facets}

    def page(self) -> tuple[list[Hit], bool]:
        """The hits of the page, and whether there are more after it."""
        query, window = self._query, self._window.picks
        skip = 0 if query.after is not None else (query.page - 1) * query.size
        wanted = skip + query.size + 1
        first_rank = self._first_rank(len(window))
        listed = window.at(slice(first_rank, first_rank + wanted))
        in_window = len(listed)
        if in_window < wanted:
            rest = next_picks(self._scans, self._eligible, window, query, wanted - in_window)
            listed = both(listed, rest)
        shown = listed.at(slice(skip, skip + query.size))
        ranks = [first_rank + place if place < in_window else None for place in range(skip, skip + len(shown))]
        return self._hits(shown, ranks), len(listed) > skip + query.size

    def _first_rank(self, window: int) -> int:
        """Where the page starts in the window; beyond its end when the cursor has left it."""
        after = self._query.after
        if after is None:
            return 0
        return min(after.rank + 1, window) if after.stage == 0 else window

    def _hits(self, picks: Picks, ranks: Sequence[int | None]) -> list[Hit]:
        if not len(picks):
            return []
        scored = self._window.scored(picks, ranks)
        shown = zip(
            self._shown(picks),
            ranks,
            scored.start.tolist(),
            scored.score.tolist(),
            scored.rounded_parts(),
            self._found_words(picks),
            strict=True,
        )
        return [_hit(row, rank, start, score, parts, found) for row, rank, start, score, parts, found in shown]

    def _shown(self, picks: Picks) -> list["_Row"]:
        """What is told of each pick, whatever its rank."""
        rows = rows_of(self._scans, picks)
        held = np.unique(picks.scan).tolist()
        told = {number: iter(_tell(self._scans[number], rows, picks, picks.scan == number)) for number in held}
        return [next(told[number]) for number in picks.scan.tolist()]

    def _found_words(self, picks: Picks) -> list[tuple[str, ...]]:
        """The query's words that each pick holds."""
        words = self._query.words
        if words is None:
            return [()] * len(picks)
        rows = rows_of(self._scans, picks)
        found: list[tuple[str, ...]] = [()] * len(picks)
        for number in np.unique(picks.scan).tolist():
            mine = np.flatnonzero(picks.scan == number)
            own = self._scans[number].view.segment.postings.found_words(rows[mine], words)
            for place, held in zip(mine.tolist(), own, strict=True):
                found[place] = held
        return found


class _Row(NamedTuple):
    """A row to show: `distance` in km, NaN for none; `start` as the engine sorts it."""

    id: str
    body: bytes
    distance: float
    start: int
    fold: int


def _tell(s: Scan, rows: Rows, picks: Picks, mine: NDArray[np.bool_]) -> Iterator[_Row]:
    """The rows of one scan among those picked."""
    segment, rows, local = s.view.segment, rows[mine], picks.local[mine]
    starts = [NEVER] * len(rows) if s.start is None else s.start[local].tolist()
    folds, distances = segment.fold[rows].tolist(), s.distance[local].tolist()
    told = zip(segment.identifiers.of_rows(rows), segment.bodies(rows), distances, starts, folds, strict=True)
    return map(_Row._make, told)


def _hit(
    row: _Row, rank: int | None, start: float, score: float, parts: dict[str, float], found: tuple[str, ...]
) -> Hit:
    """A hit and its key; `rank` is its place in the window, None beyond."""
    far = isnan(row.distance)
    stage, place = (1, 0) if rank is None else (0, rank)
    key = SortKey(stage, place, inf if far else row.distance, row.start, row.id)
    distance = None if far else round(row.distance, 1)
    next_start = None if isnan(start) else int(start)
    return Hit(row.id, row.body, distance, score, parts, row.fold, next_start, found, key)


def _nearest_by_meaning(scans: Sequence[Scan], query: SearchQuery) -> list[Scan]:
    """The scans with nothing admitted but the nearest by meaning, if there is a vector to say.

    They are chosen before the selections, so that each facet value alone gives what its count says.
    """
    parts: list[Rows] = []
    cosines: list[NDArray[np.float64]] = [np.empty(0)]
    for s in scans:
        passing = np.flatnonzero(s.base)
        if query.vector is None:
            passing = passing[:0]
        else:
            vectors = s.view.segment.vectors
            coarse = vectors.coarse_cosines(s.domain.rows(passing), query.vector).astype(np.float64)
            passing = passing[best(-coarse, s, passing, 4 * NEAREST_BY_MEANING)]
            exact = vectors.cosines(s.domain.rows(passing), query.vector)
            cosines.append(np.asarray(np.round(exact, 6), dtype=np.float64))
        parts.append(passing)
    picks = picks_of(parts)
    kept = picks.at(np.lexsort((id_ranks(scans, picks), -np.concatenate(cosines)))[:NEAREST_BY_MEANING])
    return [_admitting(s, kept.of_scan(place)) for place, s in enumerate(scans)]


def _admitting(s: Scan, local: Rows) -> Scan:
    admitted = np.zeros(s.domain.size, dtype=np.bool_)
    admitted[local] = True
    return replace(s, admitted=admitted)
