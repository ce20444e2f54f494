"""The window: the candidates that the shared ranking orders."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import MAX_RERANKED, SearchQuery
from indexer.engines.embedded.candidates import build_candidates
from indexer.engines.embedded.domain import Rows
from indexer.engines.embedded.picks import Picks, best, id_ranks, picks_of
from indexer.engines.embedded.scan import Scan
from indexer.engines.shared import day_number

MEANING_POOL = 5_000
"""Rows whose meaning is looked at when more are admitted: the best by need, words and nearness."""

_DAY = 86_400


class Window:
    """`picks` are in their final order; nothing when the order asked for is by distance or date."""

    def __init__(
        self, scans: Sequence[Scan], eligible: Sequence[Rows], query: SearchQuery, *, by_meaning: bool
    ) -> None:
        self._scans, self._query, self._by_meaning = scans, query, by_meaning
        self.picks = picks_of([])
        if query.sort == "pertinence" and any(map(len, eligible)):
            self.picks = self._order(self._choose(eligible))

    def ranked(self, picks: Picks) -> tuple[ranking.Candidates, ranking.Ranked]:
        """Scores and parts of any rows."""
        query, candidates = self._query, self._candidates(picks)
        midnight = float(day_number(query.today) * _DAY)
        setting = ranking.Setting(query.today, midnight, ranking.half_km_of(query.reach))
        weights = ranking.weights_for(query, by_meaning=self._by_meaning)
        return candidates, ranking.rank(candidates, weights, setting)

    def _order(self, picks: Picks) -> Picks:
        return picks.at(self.ranked(picks)[1].order)

    def _choose(self, eligible: Sequence[Rows]) -> Picks:
        """At most MAX_RERANKED rows of all scans."""
        parts = [self._choose_in(s, local) for s, local in zip(self._scans, eligible, strict=True)]
        picks = picks_of(parts)
        if len(picks) <= MAX_RERANKED:
            return picks
        looks = np.concatenate([self._look(s, local) for s, local in zip(self._scans, parts, strict=True)])
        return picks.at(np.lexsort((id_ranks(self._scans, picks), -looks))[:MAX_RERANKED])

    def _choose_in(self, s: Scan, eligible: Rows) -> Rows:
        if len(eligible) <= MAX_RERANKED:
            return eligible
        pool = eligible
        if self._query.asks_for_something and len(pool) > MEANING_POOL:
            pool = pool[best(-self._first_look(s, pool, np.zeros(len(pool))), s, pool, MEANING_POOL)]
        return pool[best(-self._look(s, pool), s, pool, MAX_RERANKED)]

    def _look(self, s: Scan, local: Rows) -> NDArray[np.float64]:
        """The first look: by the words and needs asked, by meaning alone, or by nearness alone."""
        query = self._query
        if not query.asks_for_something and query.vector is None:
            return -np.nan_to_num(s.distance[local], nan=np.inf)
        meaning = np.zeros(len(local))
        if query.vector is not None:
            rows = s.domain.rows(local)
            meaning = np.round(s.view.segment.vectors.coarse_cosines(rows, query.vector), 6).astype(np.float64)
        if not query.asks_for_something or self._by_meaning:
            return meaning
        return self._first_look(s, local, meaning)

    def _candidates(self, picks: Picks) -> ranking.Candidates:
        """What the ranking reads, in the order of the picks."""
        held = np.unique(picks.scan).tolist()
        parts = [build_candidates(self._scans[place], picks.of_scan(place), self._query) for place in held]
        candidates = ranking.joined(parts)
        if len(held) > 1:  # the parts came scan by scan
            candidates = candidates.pick(np.argsort(np.argsort(picks.scan, kind="stable")))
        return candidates.named(id_ranks(self._scans, picks))

    def _first_look(self, s: Scan, local: Rows, meaning: NDArray[np.float64]) -> NDArray[np.float64]:
        words, need = s.answers.words[local].astype(np.float64), s.answers.need[local].astype(np.float64)
        half_km = ranking.half_km_of(self._query.reach)
        return ranking.first_look(words, s.answers.name[local], need, meaning, s.distance[local], half_km)
