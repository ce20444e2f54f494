"""Offers that a search has brought, and how the shared ranking sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import SearchQuery
from indexer.engines.elasticsearch.columns import Columns, Floats, Packed, decode, unpack
from indexer.engines.elasticsearch.facts import build_candidates, read_answers, read_distance
from indexer.engines.elasticsearch.requests import Body
from indexer.engines.elasticsearch.writing import key_of
from indexer.engines.shared import day_number

_DAY = 86_400
_DECIMALS = 6


_COLUMNS = ("ranked", "typed", "meaning")


class Found(NamedTuple):
    """One offer. `sort` are the values that the server ordered it by."""

    packed: Packed
    sort: tuple[Any, ...] = ()

    @property
    def id(self) -> str:
        return self.packed.id

    @property
    def key(self) -> str:
        return key_of(self.id)


def read_found(hits: Sequence[Body]) -> list[Found]:
    """The columns that were asked for, of each hit."""
    asked = [name for name in _COLUMNS if hits and name in hits[0]["fields"]]
    columns = {name: decode([hit["fields"][name][0] for hit in hits]) for name in asked}
    none = [b""] * len(hits)
    packed = map(unpack, *(columns.get(name, none) for name in _COLUMNS))
    return [Found(one, tuple(hit.get("sort", ()))) for one, hit in zip(packed, hits, strict=True)]


@dataclass(frozen=True)
class Weighed:
    """Offers and what the ranking says of them, side by side."""

    offers: tuple[Found, ...]
    candidates: ranking.Candidates
    score: Floats
    parts: Mapping[str, Floats]

    def at(self, places: NDArray[np.int64]) -> "Weighed":
        """Those at some places, in that order."""
        parts = {name: values[places] for name, values in self.parts.items()}
        offers = tuple(self.offers[place] for place in places.tolist())
        return Weighed(offers, self.candidates.pick(places), self.score[places], parts)


@dataclass(frozen=True)
class Judge:
    """How offers are weighed for one query. `names`: whether the words may be somebody's name."""

    query: SearchQuery
    by_meaning: bool
    names: bool

    def candidates(self, offers: Sequence[Found]) -> ranking.Candidates:
        """What the ranking reads of some offers."""
        columns = Columns([offer.packed for offer in offers])
        answers, distance = read_answers(columns, self.query, names=self.names), read_distance(columns, self.query)
        ids = [offer.id for offer in offers]
        return build_candidates(columns, ids, self.query, answers, distance, self._meaning(columns))

    def first_look(self, candidates: ranking.Candidates) -> Floats:
        """The cheap score by which candidates are picked."""
        c = candidates
        if not self.query.asks_for_something or self.by_meaning:
            return c.meaning
        half_km = ranking.half_km_of(self.query.reach)
        return ranking.first_look(c.words, c.name, c.need, np.nan_to_num(c.meaning), c.distance, half_km)

    def rank(self, candidates: ranking.Candidates) -> ranking.Ranked:
        """Scores, parts and the order."""
        midnight = float(day_number(self.query.today) * _DAY)
        setting = ranking.Setting(
            self.query.today, midnight, ranking.half_km_of(self.query.reach), self.query.stale_days
        )
        return ranking.rank(candidates, ranking.weights_for(self.query, by_meaning=self.by_meaning), setting)

    def weigh(self, offers: Sequence[Found]) -> Weighed:
        """Offers in the order given."""
        candidates = self.candidates(offers)
        ranked = self.rank(candidates)
        return Weighed(tuple(offers), candidates, ranked.score, ranked.parts)

    def _meaning(self, columns: Columns) -> Floats:
        """Cosines; NaN when there is nothing to compare with."""
        if self.query.vector is None or not len(columns):
            return np.full(len(columns), np.nan)
        return np.round(columns.cosines(self.query.vector), _DECIMALS)
