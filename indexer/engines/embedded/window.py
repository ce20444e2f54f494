"""The window: the candidates that the shared ranking orders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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


Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scored:
    """Rows as the ranking saw them, one after the other: `start` of the next session in seconds UTC, NaN for none."""

    score: Floats
    parts: Mapping[str, Floats]
    start: Floats

    def rounded_parts(self) -> Iterator[dict[str, float]]:
        """The parts of each row, as they are shown."""
        columns = [[round(value, 4) for value in values.tolist()] for values in self.parts.values()]
        return (dict(zip(self.parts, row, strict=True)) for row in zip(*columns, strict=True))

    def at(self, places: NDArray[np.int64]) -> "Scored":
        parts = {name: values[places] for name, values in self.parts.items()}
        return Scored(self.score[places], parts, self.start[places])

    def then(self, other: "Scored") -> "Scored":
        parts = {name: np.concatenate((values, other.parts[name])) for name, values in self.parts.items()}
        return Scored(np.concatenate((self.score, other.score)), parts, np.concatenate((self.start, other.start)))


class Window:
    """`picks` are in their final order; nothing when the order asked for is by distance or date."""

    def __init__(
        self, scans: Sequence[Scan], eligible: Sequence[Rows], query: SearchQuery, *, by_meaning: bool
    ) -> None:
        self._scans, self._query, self._by_meaning = scans, query, by_meaning
        self.picks = picks_of([])
        self._scored: Scored | None = None
        if query.sort == "pertinence" and any(map(len, eligible)):
            chosen = self._choose(eligible)
            order, scored = self._rank(chosen)
            self.picks, self._scored = chosen.at(order), scored.at(order)

    def scored(self, picks: Picks, ranks: Sequence[int | None]) -> Scored:
        """The rows of a page: those of the window are known by their ranks, those beyond (None) come after them."""
        within = [rank for rank in ranks if rank is not None]
        if self._scored is None or not within:
            return self._rank(picks)[1]
        known = self._scored.at(np.array(within))
        return known if len(within) == len(ranks) else known.then(self._rank(picks.at(slice(len(within), None)))[1])

    def _rank(self, picks: Picks) -> tuple[NDArray[np.int64], Scored]:
        """The order of any rows among themselves, and each one's own scores, in the order of the picks."""
        query, candidates = self._query, self._candidates(picks)
        midnight = float(day_number(query.today) * _DAY)
        setting = ranking.Setting(query.today, midnight, ranking.half_km_of(query.reach), query.stale_days)
        weights = ranking.weights_for(query, by_meaning=self._by_meaning)
        ranked = ranking.rank(candidates, weights, setting)
        return ranked.order, Scored(ranked.score, ranked.parts, candidates.start)

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
            pool = pool[best(-self._first_look(s, pool, np.zeros(())), s, pool, MEANING_POOL)]
        return pool[best(-self._look(s, pool), s, pool, MAX_RERANKED)]

    def _look(self, s: Scan, local: Rows) -> NDArray[np.float64]:
        """The first look: by the words and needs asked, by meaning alone, or by nearness alone."""
        query = self._query
        if not query.asks_for_something and query.vector is None:
            return -ranking.filled(s.distance[local], missing=np.inf)
        meaning = np.zeros(len(local))
        if query.vector is not None:
            rows = s.domain.rows(local)
            meaning = np.round(s.view.segment.vectors.coarse_cosines(rows, query.vector), 6).astype(np.float64)
        if not query.asks_for_something or self._by_meaning:
            return meaning
        return self._first_look(s, local, meaning)

    def _candidates(self, picks: Picks) -> ranking.Candidates:
        """What the ranking reads, in the order of the picks."""
        held = [0] if len(self._scans) == 1 else np.unique(picks.scan).tolist()
        parts = [build_candidates(self._scans[place], picks.of_scan(place), self._query) for place in held]
        candidates = ranking.joined(parts)
        if len(held) > 1:  # the parts came scan by scan
            candidates = candidates.pick(np.argsort(np.argsort(picks.scan, kind="stable")))
        return candidates.named(id_ranks(self._scans, picks))

    def _first_look(self, s: Scan, local: Rows, meaning: NDArray[np.float64]) -> NDArray[np.float64]:
        words, need = s.answers.words[local].astype(np.float64), s.answers.need[local].astype(np.float64)
        half_km = ranking.half_km_of(self._query.reach)
        distance = np.array(np.nan) if self._query.place is None else s.distance[local]
        return ranking.first_look(words, s.answers.name[local], need, meaning, distance, half_km)
