"""One search over the segments of a version: the set, its counts, and one page of it."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf, isinf, isnan

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Hit, SearchQuery, SortKey
from indexer.engines.embedded.columns import merged_counts
from indexer.engines.embedded.domain import Rows
from indexer.engines.embedded.ground import Grounds, View
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
        self._eligible = [np.flatnonzero(s.eligible) for s in self._scans]
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
        rows, found = rows_of(self._scans, picks), self._found_words(picks)
        hits = []
        for place, (row, rank, start, score, parts) in enumerate(
            zip(rows.tolist(), ranks, scored.start.tolist(), scored.score.tolist(), scored.rounded_parts(), strict=True)
        ):
            s = self._scans[int(picks.scan[place])]
            segment, key = s.view.segment, _key(s, row, int(picks.local[place]), rank)
            hits.append(
                Hit(
                    id=key.id,
                    body=segment.body(row),
                    distance_km=None if isinf(key.distance) else round(key.distance, 1),
                    score=score,
                    parts=parts,
                    fold=int(segment.fold[row]),
                    next_start=None if isnan(start) else int(start),
                    found_words=found[place],
                    key=key,
                )
            )
        return hits

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


def _key(s: Scan, row: int, local: int, rank: int | None) -> SortKey:
    """Where a row stands in the total order; `rank` is its place in the window, None beyond."""
    distance = float(s.distance[local])
    start = NEVER if s.start is None else int(s.start[local])
    document_id = s.view.segment.identifiers.of_row(row)
    return SortKey(1 if rank is None else 0, rank or 0, inf if isnan(distance) else distance, start, document_id)


def _nearest_by_meaning(scans: Sequence[Scan], query: SearchQuery) -> list[Scan]:
    """The scans with nothing admitted but the nearest by meaning, if there is a vector to say.

    They are chosen before the selections, so that each facet value alone gives what its count says.
    """
    parts: list[Rows] = []
    cosines: list[NDArray[np.float64]] = [np.empty(0)]
    for s in scans:
        passing = np.flatnonzero(s.ground.base)
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
