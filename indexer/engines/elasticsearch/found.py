"""Offers that a search has brought, and how the shared ranking sees them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.engines import ranking
from indexer.engines.base import SearchQuery
from indexer.engines.elasticsearch.facts import Answers, Facts, Floats, build_candidates, read_answers, read_distance
from indexer.engines.elasticsearch.reader import Reader
from indexer.engines.elasticsearch.requests import Body, cosines_of
from indexer.engines.elasticsearch.writing import key_of, read_facts
from indexer.engines.shared import day_number

_DAY = 86_400
_DECIMALS = 6


@dataclass(frozen=True)
class Found:
    """One offer. `sort` are the values that the server ordered it by."""

    facts: Facts
    sort: tuple[Any, ...] = ()

    @property
    def id(self) -> str:
        return str(self.facts["id"])

    @property
    def key(self) -> str:
        return key_of(self.id)


def read_found(hits: Iterable[Body]) -> list[Found]:
    return [Found(read_facts(hit["fields"]), tuple(hit.get("sort", ()))) for hit in hits]


@dataclass(frozen=True)
class Judge:
    """How offers are weighed for one query. `names`: whether the words may be somebody's name."""

    reader: Reader
    query: SearchQuery
    by_meaning: bool
    names: bool

    def look(self, offers: Sequence[Found]) -> tuple[Answers, Floats]:
        """(answers to what was typed, distances)."""
        facts = [offer.facts for offer in offers]
        return read_answers(facts, self.query, names=self.names), read_distance(facts, self.query)

    def cosines(self, offers: Sequence[Found], known: Mapping[str, float]) -> Floats:
        """Exact cosines; NaN when there is nothing to compare with, 0 for an offer without a vector."""
        if self.query.vector is None:
            return np.full(len(offers), np.nan)
        unknown = [offer.key for offer in offers if offer.id not in known]
        held = {**known, **self._fetch(unknown)}
        return np.array([held.get(offer.id, 0.0) for offer in offers])

    def first_look(self, offers: Sequence[Found], meaning: Floats) -> Floats:
        """The cheap score by which candidates are picked."""
        if not self.query.asks_for_something or self.by_meaning:
            return meaning
        answers, distance = self.look(offers)
        half_km = ranking.half_km_of(self.query.reach)
        plain = np.nan_to_num(meaning)
        return ranking.first_look(answers.words, answers.name, answers.need, plain, distance, half_km)

    def rank(self, offers: Sequence[Found], meaning: Floats) -> tuple[ranking.Candidates, ranking.Ranked]:
        """Scores, parts and the order of some offers."""
        answers, distance = self.look(offers)
        facts = [offer.facts for offer in offers]
        candidates = build_candidates(facts, self.query, answers, distance, meaning)
        midnight = float(day_number(self.query.today) * _DAY)
        setting = ranking.Setting(
            self.query.today, midnight, ranking.half_km_of(self.query.reach), self.query.stale_days
        )
        weights = ranking.weights_for(self.query, by_meaning=self.by_meaning)
        return candidates, ranking.rank(candidates, weights, setting)

    def _fetch(self, keys: list[str]) -> dict[str, float]:
        if not keys or self.query.vector is None:
            return {}
        return read_cosines(self.reader.hits(cosines_of(self.query.vector, keys)))


def read_cosines(hits: Iterable[Body]) -> dict[str, float]:
    """By id. The server's score of a cosine c is (1 + c) / 2."""
    return {_id_of(hit): round(2 * hit["_score"] - 1, _DECIMALS) for hit in hits}


def _id_of(hit: Body) -> str:
    fields = hit["fields"]
    return str(fields["id"][0] if "id" in fields else read_facts(fields)["id"])
