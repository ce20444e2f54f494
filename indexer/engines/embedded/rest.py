"""What follows the window: the engine's own order, by distance (or date, then distance), then id."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import SearchQuery, SortKey
from indexer.engines.embedded.domain import Rows
from indexer.engines.embedded.picks import Picks, best, id_ranks, picks_of, rank_of
from indexer.engines.embedded.scan import Scan


def next_picks(scans: Sequence[Scan], eligible: Sequence[Rows], window: Picks, query: SearchQuery, count: int) -> Picks:
    """The first `count` rows outside the window, after the query's key when it is of this stage."""
    key = query.after if query.after is not None and query.after.stage == 1 else None
    parts = [
        _next_in(s, np.setdiff1d(local, window.of_scan(place), assume_unique=True), key, query, count)
        for place, (s, local) in enumerate(zip(scans, eligible, strict=True))
    ]
    picks = picks_of(parts)
    if sum(1 for part in parts if len(part)) <= 1:
        return picks
    first = np.concatenate([_primary(s, local, query) for s, local in zip(scans, parts, strict=True)])
    distance = np.concatenate([_distance(s, local) for s, local in zip(scans, parts, strict=True)])
    return picks.at(np.lexsort((id_ranks(scans, picks), distance, first))[:count])


def _next_in(s: Scan, local: Rows, key: SortKey | None, query: SearchQuery, count: int) -> Rows:
    primary, distance = _primary(s, local, query), _distance(s, local)
    if key is not None:
        first = float(key.start) if query.sort == "date" else key.distance
        after = _after(s, local, primary, distance, key, first)
        local, primary, distance = local[after], primary[after], distance[after]
    return local[best(primary, s, local, count, distance)]


def _after(
    s: Scan, local: Rows, primary: NDArray[np.float64], distance: NDArray[np.float64], key: SortKey, first: float
) -> NDArray[np.bool_]:
    beyond = rank_of(s, local) >= s.view.segment.identifiers.first_rank_from(key.id, after=True)
    beyond &= distance == key.distance
    return np.asarray((primary > first) | ((primary == first) & ((distance > key.distance) | beyond)), dtype=np.bool_)


def _primary(s: Scan, local: Rows, query: SearchQuery) -> NDArray[np.float64]:
    if query.sort == "date" and s.start is not None:
        return s.start[local].astype(np.float64)
    return _distance(s, local)


def _distance(s: Scan, local: Rows) -> NDArray[np.float64]:
    return ranking.filled(s.distance[local], missing=np.inf)
