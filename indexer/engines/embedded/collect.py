"""From the scans of all segments to one page: the window that the shared ranking orders, then the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import MAX_RERANKED, Hit, SearchQuery, SortKey
from indexer.engines.embedded.columns import merged_counts
from indexer.engines.embedded.domain import Rows
from indexer.engines.embedded.scan import NEVER, Scan, View, scan
from indexer.engines.embedded.segment import day_number

MEANING_POOL = 5_000
"""Rows whose meaning is looked at when more are admitted: the best by need, words and nearness."""

NEAREST_BY_MEANING = 20
"""What is given when nothing is admitted."""

_DAY = 86_400


@dataclass(frozen=True)
class Found:
    """A row of a scan: what both lists of a page are made of."""

    scan: Scan
    local: int
    id: str
    primary: float
    distance: float


class Collector:
    """One search over the segments of a version."""

    def __init__(self, views: Sequence[View], query: SearchQuery) -> None:
        self._query = query
        scans = [scan(view, query) for view in views if view.segment.size]
        self.by_meaning_only = query.asks_for_something and not any(np.any(s.base & s.admitted) for s in scans)
        self._scans = self._nearest_only(scans) if self.by_meaning_only else scans
        self._eligible = [np.flatnonzero(s.eligible) for s in self._scans]
        self.total = sum(map(len, self._eligible))

    def facets(self) -> dict[str, dict[str, int]]:
        """The counts of the fields asked for."""
        place_given = self._query.place is not None
        return {f: merged_counts([s.count(f, place_given) for s in self._scans]) for f in self._query.facets}

    def page(self) -> tuple[list[Hit], bool]:
        """The hits of the page, and whether there are more after it."""
        query, size = self._query, self._query.size
        skip = 0 if query.after is not None else (query.page - 1) * size
        wanted = skip + size + 1
        listed = list(islice(self._iter_window(), wanted))
        if len(listed) < wanted:
            listed += self._rest(wanted - len(listed))
        shown = listed[skip : skip + size]
        return self._hits(shown), len(listed) > skip + size

    # The window

    @cached_property
    def _window(self) -> list[Found]:
        """The candidates in their final order; empty when the order is by distance or date."""
        if self._query.sort != "pertinence":
            return []
        chosen = [self._choose(s, e) for s, e in zip(self._scans, self._eligible, strict=True)]
        founds = [f for s, local in zip(self._scans, chosen, strict=True) for f in _founds(s, local)]
        looks = np.concatenate(
            [self._look(s, local) for s, local in zip(self._scans, chosen, strict=True)] or [np.empty(0)]
        )
        if len(founds) > MAX_RERANKED:
            best = sorted(range(len(founds)), key=lambda i: (-looks[i], founds[i].id))[:MAX_RERANKED]
            founds = [founds[i] for i in sorted(best)]
        if not founds:
            return []
        ranked = ranking.rank(self._candidates(founds), self._weights, self._query.today, self._now)
        return [founds[place] for place in ranked.order]

    def _iter_window(self) -> Sequence[Found]:
        after = self._query.after
        if after is None:
            return self._window
        return self._window[after.rank + 1 :] if after.stage == 0 else []

    def _choose(self, s: Scan, eligible: Rows) -> Rows:
        """At most MAX_RERANKED local rows of a scan."""
        if len(eligible) <= MAX_RERANKED:
            return eligible
        pool = eligible
        if self._query.asks_for_something and len(pool) > MEANING_POOL:
            plain = _first_look(s, pool, np.zeros(len(pool)))
            pool = pool[_best(-plain, s, pool, MEANING_POOL)]
        look = self._look(s, pool)
        return np.sort(pool[_best(-look, s, pool, MAX_RERANKED)])

    def _look(self, s: Scan, local: Rows) -> NDArray[np.float64]:
        """The first look: by the words and needs asked, by meaning alone, or by nearness alone."""
        query = self._query
        if not query.asks_for_something and query.vector is None:
            return -np.nan_to_num(s.distance[local], nan=np.inf)
        meaning = np.zeros(len(local))
        if query.vector is not None:
            rows = s.domain.rows(local)
            meaning = np.round(s.view.segment.vectors.coarse_cosines(rows, query.vector), 6).astype(np.float64)
        if not query.asks_for_something or self.by_meaning_only:
            return meaning
        return _first_look(s, local, meaning)

    def _nearest_only(self, scans: Sequence[Scan]) -> list[Scan]:
        """The scans with nothing admitted but the nearest by meaning, if there is a vector to say."""
        query = self._query
        founds: list[tuple[float, str, int, int]] = []
        if query.vector is not None:
            for place, s in enumerate(scans):
                passing = np.flatnonzero(np.logical_and.reduce([s.base, *s.selections.values()]))
                rows = s.domain.rows(passing)
                coarse = s.view.segment.vectors.coarse_cosines(rows, query.vector).astype(np.float64)
                best = passing[_best(-coarse, s, passing, 4 * NEAREST_BY_MEANING)]
                exact = s.view.segment.vectors.cosines(s.domain.rows(best), query.vector)
                ids = [s.view.segment.identifiers.of_row(r) for r in s.domain.rows(best).tolist()]
                founds += [
                    (-round(float(c), 6), i, place, int(local)) for c, i, local in zip(exact, ids, best, strict=True)
                ]
        kept = sorted(founds)[:NEAREST_BY_MEANING]
        return [_admitting(s, [local for _, _, at, local in kept if at == p]) for p, s in enumerate(scans)]

    # The rest

    def _rest(self, count: int) -> list[Found]:
        """The next `count` rows outside the window, in the engine's own order."""
        window = {(id(found.scan), found.local) for found in self._window}
        key = self._query.after if self._query.after is not None and self._query.after.stage == 1 else None
        founds: list[Found] = []
        for s, eligible in zip(self._scans, self._eligible, strict=True):
            taken = np.array([local for owner, local in window if owner == id(s)], dtype=np.int64)
            local = np.setdiff1d(eligible, taken, assume_unique=True) if len(taken) else eligible
            founds += _founds(s, self._next(s, local, key, count), self._primary(s))
        founds.sort(key=lambda f: (f.primary, f.distance, f.id))
        return founds[:count]

    def _primary(self, s: Scan) -> NDArray[np.float64] | None:
        return None if self._query.sort != "date" or s.start is None else s.start.astype(np.float64)

    def _next(self, s: Scan, local: Rows, key: SortKey | None, count: int) -> Rows:
        """The first rows after a key, in order."""
        distance = np.nan_to_num(s.distance[local], nan=np.inf)
        by_date = self._primary(s)
        primary = distance if by_date is None else by_date[local]
        if key is not None:
            after = self._after(s, local, primary, distance, key)
            local, primary, distance = local[after], primary[after], distance[after]
        return local[_best(primary, s, local, count, distance)]

    def _after(
        self, s: Scan, local: Rows, primary: NDArray[np.float64], distance: NDArray[np.float64], key: SortKey
    ) -> NDArray[np.bool_]:
        identifiers = s.view.segment.identifiers
        beyond = identifiers.rank[s.domain.rows(local)] >= identifiers.first_rank_from(key.id, after=True)
        first = float(key.start) if self._query.sort == "date" else key.distance
        same = primary == first
        beyond &= distance == key.distance
        return np.asarray((primary > first) | (same & ((distance > key.distance) | beyond)), dtype=np.bool_)

    # The hits

    @property
    def _weights(self) -> dict[str, float]:
        query = self._query
        if query.vector is not None and (self.by_meaning_only or not query.asks_for_something):
            return dict(ranking.ALIKE)
        return dict(ranking.ASKED if query.asks_for_something else ranking.BROWSED)

    @property
    def _now(self) -> float:
        return float(day_number(self._query.today) * _DAY)

    def _candidates(self, founds: Sequence[Found]) -> ranking.Candidates:
        """The columns that the ranking reads, for some rows of any scans, in their order."""
        parts, places = [], []
        for s in self._scans:
            mine = [i for i, found in enumerate(founds) if found.scan is s]
            if mine:
                parts.append(self._columns(s, np.array([founds[i].local for i in mine], dtype=np.int64)))
                places += mine
        return ranking.joined(parts).pick(np.argsort(np.array(places)))

    def _columns(self, s: Scan, local: Rows) -> ranking.Candidates:
        query, segment, rows = self._query, s.view.segment, s.domain.rows(local)
        meaning = np.full(len(rows), np.nan)
        if query.vector is not None:
            meaning = np.round(segment.vectors.cosines(rows, query.vector), 6).astype(np.float64)
        says = [segment.coded[f].stated(rows, wanted) for f, wanted in query.filters.items() if f != "modes_accueil"]
        return ranking.Candidates(
            ids=tuple(segment.identifiers.of_row(row) for row in rows.tolist()),
            distance=s.distance[local],
            words=s.words[local].astype(np.float64),
            need=s.need[local].astype(np.float64),
            meaning=meaning,
            stated=np.mean(says, axis=0) if says else np.ones(len(rows)),
            quality=segment.quality[rows].astype(np.float64),
            changed=segment.changed[rows].astype(np.float64),
            start=_starts_of(s, local, day_number(query.starts_from or query.today)),
            fold=segment.fold[rows],
            structure=segment.structure[rows],
        )

    def _hits(self, founds: Sequence[Found]) -> list[Hit]:
        if not founds:
            return []
        query, weights = self._query, self._weights
        candidates = self._candidates(founds)
        ranked = ranking.rank(candidates, weights, query.today, self._now)
        in_window = {(id(found.scan), found.local): rank for rank, found in enumerate(self._window)}
        hits = []
        for i, found in enumerate(founds):
            segment = found.scan.view.segment
            row = int(found.scan.domain.rows(np.array([found.local]))[0])
            rank = in_window.get((id(found.scan), found.local))
            start = candidates.start[i]
            distance = candidates.distance[i]
            hits.append(
                Hit(
                    id=found.id,
                    body=segment.body(row),
                    distance_km=None if np.isnan(distance) else round(float(distance), 1),
                    score=float(ranked.score[i]),
                    parts={name: round(float(values[i]), 4) for name, values in ranked.parts.items()},
                    fold=int(candidates.fold[i]),
                    next_start=None if np.isnan(start) else int(start),
                    found_words=() if query.words is None else segment.postings.found_words(row, query.words),
                    key=_key(found, rank),
                )
            )
        return hits


def _key(found: Found, rank: int | None) -> SortKey:
    start = NEVER if found.scan.start is None else int(found.scan.start[found.local])
    if rank is not None:
        return SortKey(0, rank, found.distance, start, found.id)
    return SortKey(1, 0, found.distance, start, found.id)


def _founds(s: Scan, local: Rows, primary: NDArray[np.float64] | None = None) -> list[Found]:
    rows = s.domain.rows(local).tolist()
    distance = np.nan_to_num(s.distance[local], nan=np.inf).tolist()
    first = distance if primary is None else primary[local].tolist()
    of_row = s.view.segment.identifiers.of_row
    return [Found(s, *facts) for facts in zip(local.tolist(), map(of_row, rows), first, distance, strict=True)]


def _first_look(s: Scan, local: Rows, meaning: NDArray[np.float64]) -> NDArray[np.float64]:
    words, need = s.words[local].astype(np.float64), s.need[local].astype(np.float64)
    return ranking.first_look(words, need, meaning, s.distance[local])


def _best(
    keys: NDArray[np.float64], s: Scan, local: Rows, count: int, second: NDArray[np.float64] | None = None
) -> NDArray[np.int64]:
    """Places of the `count` smallest keys (then `second`, then id), in order."""
    places = np.arange(len(keys))
    if len(keys) > count:
        places = np.flatnonzero(keys <= np.partition(keys, count - 1)[count - 1])
    ranks = s.view.segment.identifiers.rank[s.domain.rows(local[places])]
    ties = () if second is None else (second[places],)
    return np.asarray(places[np.lexsort((ranks, *ties, keys[places]))][:count], dtype=np.int64)


def _admitting(s: Scan, local: Sequence[int]) -> Scan:
    admitted = np.zeros(s.domain.size, dtype=np.bool_)
    admitted[np.array(local, dtype=np.int64)] = True
    return Scan(s.view, s.domain, s.base, admitted, s.selections, s.distance, s.words, s.need, s.start)


def _starts_of(s: Scan, local: Rows, first_day: int) -> NDArray[np.float64]:
    """The next session of each row, NaN where there is none."""
    rows = s.domain.rows(local)
    owners, days = s.view.segment.slot_days.of_rows(rows)
    _, starts = s.view.segment.slot_starts.of_rows(rows)
    found = np.full(len(rows), np.inf)
    coming = days >= first_day
    np.minimum.at(found, owners[coming], starts[coming].astype(np.float64))
    return np.where(np.isinf(found), np.nan, found)
