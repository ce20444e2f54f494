"""The bodies of searches: what is counted, what is brought, in which order."""

from dataclasses import dataclass
from typing import Any

from indexer.engines.base import SearchQuery, SortKey
from indexer.engines.elasticsearch.clauses import (
    Clause,
    all_of,
    any_of,
    asked_days,
    build_admission,
    build_base,
    build_selections,
    mode_clauses,
    origin_of,
    within_reach,
)
from indexer.engines.elasticsearch.writing import STATE

Body = dict[str, Any]

MOST_VALUES = 5_000
"""Of a field that is counted: there are 532 métiers, and fewer of anything else."""

MOST_NEIGHBOURS = 10_000
"""Neighbours that one graph walk may look at: Elasticsearch's own limit."""

_SHORT_WALK = 100

_OFFERS: Clause = {"range": {"valid_from": {"gte": -(2**31)}}}
_STATE: Clause = {"ids": {"values": [STATE]}}


@dataclass(frozen=True)
class Selection:
    """A query's clauses: `base` and `admitted` say what it is about, `selections` what the person ticked, by field."""

    base: Clause
    admitted: Clause
    selections: dict[str, Clause]

    @property
    def eligible(self) -> Clause:
        """What the query finds."""
        return all_of([self.base, self.admitted, *self.selections.values()])

    def without(self, field: str | None = None) -> Clause:
        """The selections, one field's left out."""
        return all_of([_OFFERS, *(clause for name, clause in self.selections.items() if name != field)])


def select(query: SearchQuery, admitted: Clause | None = None) -> Selection:
    """`admitted` stands in place of the query's own admission."""
    return Selection(build_base(query), admitted or build_admission(query), build_selections(query))


def counting(query: SearchQuery, chosen: Selection, scores: list[Clause], called: Clause | None) -> Body:
    """One request: the exact total, every facet without its own selection, and the state that was seen.

    The state's document is in the set and out of every count, so that it is of the same instant.
    """
    found = all_of([chosen.base, chosen.admitted])
    offers = {"bool": {"filter": found["bool"]["filter"], "should": scores, "minimum_should_match": 0}}
    aggregations: Body = {"etat": _state_counts(), "trouves": {"filter": _OFFERS}}
    facets = {field: _facet(query, chosen, field) for field in query.facets}
    if called is not None:
        facets["appeles"] = {"filter": called}
    if facets:
        aggregations["trouves"]["aggs"] = facets
    return {
        "query": any_of([offers, {"constant_score": {"filter": _STATE, "boost": 1e-6}}]),
        "post_filter": chosen.without(),
        "aggs": aggregations,
        "track_total_hits": True,
    }


def state_body() -> Body:
    """The state of a version, and how many offers it holds. Without hits: the server then remembers the answer."""
    return {"size": 0, "aggs": {"etat": _state_counts(), "offres": {"filter": _OFFERS}}}


def _state_counts() -> Body:
    counts: Body = {"index": {"terms": {"field": "_index", "size": 1}}}
    return {"filter": _STATE, "aggs": counts | {name: {"max": {"field": name}} for name in ("changes", "written")}}


def _facet(query: SearchQuery, chosen: Selection, field: str) -> Body:
    """Values that no kept offer says count too: those that match every value are theirs."""
    if field == "modes_accueil" and query.place is not None:
        counts: Body = {mode: {"filter": clause} for mode, clause in mode_clauses(query.place).items()}
    else:
        counts = {"valeurs": {"terms": {"field": f"codes.{field}", "size": MOST_VALUES, "min_doc_count": 0}}}
    return {"filter": chosen.without(field), "aggs": counts}


def best_first(query: SearchQuery, size: int) -> Body:
    """The best by score, then by id."""
    return {"sort": ["_score", {"id": "asc"}], "size": size, **_brought(query)}


def in_order(query: SearchQuery, size: int, skip: int = 0, after: SortKey | None = None) -> Body:
    """The engine's own order: by distance (or date, then distance), then id; unknown ones last."""
    body: Body = {"sort": _sort(query), "size": size, **_brought(query)}
    if after is None:
        return body | {"from": skip}
    values: list[Any] = [after.start] if query.sort == "date" else []
    if query.place is not None:
        values.append("Infinity" if after.distance == float("inf") else after.distance)
    return body | {"search_after": [*values, after.id]}


def _sort(query: SearchQuery) -> list[Body]:
    keys: list[Body] = []
    if query.sort == "date":
        nested = {"path": "slots", "filter": asked_days(query)}
        keys.append({"slots.start": {"order": "asc", "mode": "min", "missing": "_last", "nested": nested}})
    if query.place is not None:
        nested = {"path": "near", "filter": within_reach(query.place, "near.point")}
        keys.append(
            {"_geo_distance": {"near.point": origin_of(query.place), "unit": "km", "order": "asc", "nested": nested}}
        )
    return [*keys, {"id": "asc"}]


def nearest(query: SearchQuery, among: Clause, size: int, walk: int = _SHORT_WALK) -> Body:
    """The nearest by meaning to the query's vector: exact where the set is no larger than the walk, and rescored by the
    exact vectors. `walk` is how many neighbours are looked at, at least.
    """
    assert query.vector is not None  # asked for with a vector only
    return {
        "knn": {
            "field": "vector",
            "query_vector": query.vector.tolist(),
            "k": size,
            "num_candidates": min(MOST_NEIGHBOURS, max(2 * size, walk)),
            "filter": among,
            "rescore_vector": {"oversample": 2.0},
        },
        "size": size,
        **_brought(query),
    }


def _brought(query: SearchQuery) -> Body:
    """What is read of each offer. "_none_": what is stored is slow to read (6 ms for 300 offers), columns are not."""
    typed = ["typed"] if query.words is not None and query.words.groups else []
    meaning = [] if query.vector is None else ["meaning"]
    return {"docvalue_fields": ["ranked", *typed, *meaning], "stored_fields": "_none_"}


def bodies_of(keys: list[str]) -> Body:
    """What is served of some offers."""
    return {"query": among_keys(keys), "size": len(keys), "docvalue_fields": ["id"], "stored_fields": ["body"]}


def among_keys(keys: list[str]) -> Clause:
    return {"ids": {"values": keys}}
