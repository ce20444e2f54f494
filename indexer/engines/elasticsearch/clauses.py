"""What a query selects, as clauses: pure functions from the neutral query to Elasticsearch's language."""

from collections.abc import Iterable
from typing import Any

from indexer.engines.base import Place, SearchQuery, Words
from indexer.engines.elasticsearch.codes import EVERYTHING, UNKNOWN
from indexer.engines.elasticsearch.writing import index_term, key_of
from indexer.engines.shared import SHARE_SLACK, day_number

Clause = dict[str, Any]

NOTHING: Clause = {"match_none": {}}
_EVERY_DAY = {"gte": -(2**31)}


def all_of(filters: Iterable[Clause], must_not: Iterable[Clause] = ()) -> Clause:
    """Documents that pass every filter and none of the others."""
    return {"bool": {"filter": list(filters), "must_not": list(must_not)}}


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Documents that pass one of the clauses; none when there is no clause."""
    held = list(clauses)
    return {"bool": {"should": held, "minimum_should_match": 1}} if held else NOTHING


def build_base(query: SearchQuery) -> Clause:
    """What stands before anything is asked: valid, in reach, with a session of the days asked for, not excluded."""
    today = day_number(query.today)
    filters: list[Clause] = [{"range": {"valid_from": {"lte": today}}}, {"range": {"valid_until": {"gte": today}}}]
    if query.place is not None:
        remote = {"term": {"remote": True}}
        filters += [
            {"terms": {"zone": [EVERYTHING, *sorted(query.place.zones)]}},
            any_of([remote, within_reach(query.place)]),
        ]
    if query.starts_from is not None or query.starts_until is not None:
        filters.append({"nested": {"path": "slots", "query": asked_days(query)}})
    excluded = [{"ids": {"values": [key_of(i) for i in sorted(query.exclude)]}}] if query.exclude else []
    return all_of(filters, excluded)


def within_reach(place: Place, field: str = "point") -> Clause:
    """On site within the circle: only offers on site have a `point`."""
    return {"geo_distance": {"distance": f"{place.radius_km}km", field: origin_of(place)}}


def origin_of(place: Place) -> dict[str, float]:
    return {"lat": place.latitude, "lon": place.longitude}


def asked_days(query: SearchQuery) -> Clause:
    """Sessions of the days asked for: from today, if no day is."""
    days = {"gte": day_number(query.starts_from or query.today)}
    if query.starts_until is not None:
        days["lte"] = day_number(query.starts_until)
    return {"range": {"slots.day": days}}


def build_admission(query: SearchQuery) -> Clause:
    """What a need, a métier or the words admit; everything when nothing is asked."""
    if not query.asks_for_something:
        return {"match_all": {}}
    ways: list[Clause] = [_says("thematiques", {need.thematique}) for need in query.needs]
    if query.metiers:
        ways.append(_says("metiers", query.metiers))
    if query.words is not None and query.words.groups:
        ways.append(holding(query.words, query.words.share))
    return any_of(ways)


def holding(words: Words, share: float) -> Clause:
    """Documents in which the groups found weigh at least `share` of all: constant scores added up, with a floor."""
    total = sum(group.weight for group in words.groups) or 1.0
    groups = [
        {
            "constant_score": {
                "filter": {"terms": {"words": [index_term(term) for term, _ in group.alternatives]}},
                "boost": group.weight / total,
            }
        }
        for group in words.groups
    ]
    if share - SHARE_SLACK <= 0:
        return {"match_all": {}}
    return {
        "function_score": {"query": {"bool": {"should": groups}}, "min_score": share - SHARE_SLACK, "boost_mode": "sum"}
    }


def build_selections(query: SearchQuery) -> dict[str, Clause]:
    """One clause a field that is filtered."""
    return {field: _selection(field, wanted, query.place) for field, wanted in query.filters.items()}


def _selection(field: str, wanted: Iterable[str], place: Place | None) -> Clause:
    if field != "modes_accueil" or place is None:
        return _says(field, wanted)
    return any_of(clause for mode, clause in mode_clauses(place).items() if mode in wanted)


def mode_clauses(place: Place) -> dict[str, Clause]:
    """With a place, « on site » means on site within reach."""
    return {"en-presentiel": within_reach(place), "a-distance": {"term": {"remote": True}}}


def _says(field: str, wanted: Iterable[str]) -> Clause:
    """Documents that say one of the values, or match every value."""
    return {"terms": {f"codes.{field}": [*sorted(wanted), UNKNOWN, EVERYTHING]}}
