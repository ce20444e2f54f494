"""The first look of the shared ranking as clauses: it chooses which offers are brought, when too many are found."""

import math
from collections.abc import Iterator

from indexer.engines import ranking
from indexer.engines.base import SearchQuery, VocabularyStatistics, Words
from indexer.engines.elasticsearch.clauses import Clause, any_of, origin_of, within_reach
from indexer.engines.elasticsearch.mapping import FREQUENCY_STEPS
from indexer.engines.elasticsearch.writing import index_term
from indexer.engines.ranking.weights import ASKED
from indexer.engines.shared import SATURATION

_BM25_NUMERATOR = SATURATION * FREQUENCY_STEPS + 1
_REMOTE_NEARNESS = 0.5  # as `scaled_nearness` says of an offer without a distance


def first_look(query: SearchQuery, statistics: VocabularyStatistics | None) -> list[Clause]:
    """Clauses whose scores add up to the words, the need and the nearness of `ranking.first_look`."""
    clauses = [*_word_clauses(query.words, statistics)] if query.words is not None else []
    needs = [*_need_clauses(query), *_job_clauses(query)]
    if needs:
        clauses.append({"dis_max": {"queries": needs}})
    if query.place is not None:
        clauses.append(_nearness(query))
    return clauses


def named(words: Words) -> Clause:
    """Offers whose name, or whose structure's, holds the words: the shorter the name, the better."""
    queries = [
        {"term": {field: {"value": index_term(term), "boost": group.weight * worth}}}
        for group in words.groups
        for term, worth in group.alternatives
        for field in ("own_name", "holder_name")
    ]
    return any_of(queries)


def _word_clauses(words: Words, statistics: VocabularyStatistics | None) -> Iterator[Clause]:
    total = sum(group.weight for group in words.groups) or 1.0
    for group in words.groups:
        weight = ASKED["mots"] * group.weight / total
        terms = [
            {"term": {"words": {"value": index_term(term), "boost": weight * factor / _own_factor(term, statistics)}}}
            for term, factor in group.alternatives
        ]
        if terms:
            yield {"dis_max": {"queries": terms}}


def _own_factor(term: str, statistics: VocabularyStatistics | None) -> float:
    """What Lucene's BM25 multiplies f / (k1 + f) by: its own idf, which our query already brings, and k1 + 1."""
    if statistics is None:
        return _BM25_NUMERATOR
    held = min(max(1, statistics.frequencies.get(term, 1)), statistics.documents or 1)
    idf = math.log1p((statistics.documents - held + 0.5) / (held + 0.5))
    return _BM25_NUMERATOR * idf


def _need_clauses(query: SearchQuery) -> Iterator[Clause]:
    worth = []
    for need in query.needs:
        boost = ASKED["besoin"] * need.score
        lesser = {field: {"term": {field: need.thematique}} for field in ("predicted", "faint")}
        for field, share in (("predicted", ranking.PREDICTED), ("faint", ranking.FAINT)):
            worth.append({"constant_score": {"filter": lesser[field], "boost": boost * share}})
        plain = {"filter": [{"term": {"codes.thematiques": need.thematique}}], "must_not": list(lesser.values())}
        worth.append({"constant_score": {"filter": {"bool": plain}, "boost": boost}})
    if worth:
        lowered = {"field_value_factor": {"field": "spread", "missing": 1.0}, "boost_mode": "multiply"}
        yield {"function_score": {"query": {"dis_max": {"queries": worth}}, **lowered}}


def _job_clauses(query: SearchQuery) -> Iterator[Clause]:
    """A job, then those of its field; deduced ones, which have no stated one beside them, for less."""
    for code in query.metiers:
        for how, value, fit in (("term", code, ranking.JOB), ("prefix", code[: ranking.FIELD], ranking.NEAR_JOB)):
            deduced = {how: {"predicted": value}}
            stated = {"bool": {"filter": [{how: {"codes.metiers": value}}], "must_not": [deduced]}}
            for clause, share in ((stated, 1.0), (deduced, ranking.PREDICTED)):
                yield {"constant_score": {"filter": clause, "boost": ASKED["besoin"] * fit * share}}


def nearness_alone(query: SearchQuery) -> list[Clause]:
    """What orders offers when nothing is asked: the nearest on site within reach first, then all others alike."""
    if query.place is None:
        return []
    return [{"bool": {"filter": [within_reach(query.place)], "must": [_feature(query, 1.0)]}}]


def _nearness(query: SearchQuery) -> Clause:
    """An offer both remote and on site within reach is taken for no farther than a remote one: telling them apart asks
    for the circle twice more, half of the time of a search.
    """
    worth = ASKED["proximite"]
    remote = {"constant_score": {"filter": {"term": {"remote": True}}, "boost": worth * _REMOTE_NEARNESS}}
    return {"dis_max": {"queries": [_feature(query, worth), remote]}}


def _feature(query: SearchQuery, worth: float) -> Clause:
    assert query.place is not None
    pivot = ranking.half_km_of(query.reach)
    feature = {"field": "point", "origin": origin_of(query.place), "pivot": f"{pivot}km", "boost": worth}
    return {"distance_feature": feature}
