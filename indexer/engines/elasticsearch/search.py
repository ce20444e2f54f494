"""One search: what is found, its counts, and one page of it in the total order: the window, then the rest."""

from dataclasses import dataclass, replace
from math import inf, isnan

import numpy as np

from indexer.engines import ranking
from indexer.engines.base import MAX_RERANKED, Hit, SearchQuery, SortKey, VocabularyStatistics
from indexer.engines.elasticsearch.clauses import NOTHING, holding
from indexer.engines.elasticsearch.columns import Columns
from indexer.engines.elasticsearch.counts import Counts, read_counts
from indexer.engines.elasticsearch.facts import found_words
from indexer.engines.elasticsearch.found import Found, Judge, Weighed, read_found
from indexer.engines.elasticsearch.reader import Reader
from indexer.engines.elasticsearch.requests import (
    Body,
    Selection,
    among_keys,
    best_first,
    bodies_of,
    counting,
    in_order,
    nearest,
    select,
)
from indexer.engines.elasticsearch.scoring import first_look, nearness_alone
from indexer.engines.elasticsearch.window import build_window
from indexer.engines.elasticsearch.writing import read_body
from indexer.engines.shared import NEAREST_BY_MEANING, NEVER

_LONG_WALK = 1000
"""Neighbours looked at when meaning alone chooses: many offers say the same, and a short walk misses half of them."""


@dataclass(frozen=True)
class Answered:
    """A page and its counts."""

    hits: tuple[Hit, ...]
    counts: Counts
    more: bool
    by_meaning_only: bool


def run_search(reader: Reader, query: SearchQuery, statistics: VocabularyStatistics | None) -> Answered:
    """`statistics` are those of the version, if they are known: they only sharpen which candidates are brought."""
    chosen = select(query)
    counts, brought, reader = _count(reader, query, chosen, statistics)
    by_meaning = query.asks_for_something and not counts.found
    if by_meaning:  # chosen before the selections, so that each facet value alone gives what its count says
        chosen = select(query, _nearest(reader, query, chosen))
        counts, brought, reader = _count(reader, query, chosen, None)
    judge = Judge(query, by_meaning, 0 < counts.called <= ranking.MAX_NAMED)
    if query.sort == "pertinence":
        window = build_window(judge, reader, chosen, brought, counts.total)
        page = _best(judge, reader, chosen, window, counts.total)
    else:
        page = _in_order(judge, counts, brought)
    return Answered(tuple(_hits(reader, query, page)), counts, page.more, by_meaning)


def _count(
    reader: Reader, query: SearchQuery, chosen: Selection, statistics: VocabularyStatistics | None
) -> tuple[Counts, list[Found], Reader]:
    """The counts, and the offers that the same request can bring: candidates, or the page itself."""
    called = None
    if query.words is not None and query.words.groups:
        called = holding(query.words, ranking.NEARLY_ALL)
    scores = []
    if query.sort == "pertinence":
        scores = first_look(query, statistics) if query.asks_for_something else nearness_alone(query)
    answer = reader.search(counting(query, chosen, scores, called) | _first_brought(query, scored=bool(scores)))
    counts = read_counts(answer, query)
    return counts, read_found(answer["hits"]["hits"]), reader.at(counts.index)


def _first_brought(query: SearchQuery, *, scored: bool) -> Body:
    if scored:
        return best_first(query, MAX_RERANKED)
    if query.sort == "pertinence":
        return in_order(query, MAX_RERANKED)
    if query.after is not None:
        return in_order(query, query.size + 1, after=query.after)
    return in_order(query, query.size, skip=(query.page - 1) * query.size)


def _nearest(reader: Reader, query: SearchQuery, chosen: Selection) -> Body:
    """The clause of the nearest by meaning, if there is a vector to say."""
    if query.vector is None:
        return NOTHING
    hits = read_found(reader.hits(nearest(query, chosen.base, NEAREST_BY_MEANING, _LONG_WALK)))
    return among_keys([offer.key for offer in hits]) if hits else NOTHING


@dataclass(frozen=True)
class _Page:
    """What is shown, each with its place in the total order; whether there is more."""

    shown: Weighed
    keys: list[SortKey]
    more: bool


def _in_order(judge: Judge, counts: Counts, brought: list[Found]) -> _Page:
    """A page that the engine's own order gives."""
    query, size = judge.query, judge.query.size
    shown = brought[:size]
    more = len(brought) > size if query.after is not None else counts.total > query.page * size
    return _Page(judge.weigh(shown), [_rest_key(offer, query) for offer in shown], more)


def _best(judge: Judge, reader: Reader, chosen: Selection, window: Weighed, total: int) -> _Page:
    """A page of the window, then of the rest."""
    query, size = judge.query, judge.query.size
    skip = _first_rank(query, len(window.offers))
    places = np.arange(skip, min(skip + size, len(window.offers)))
    shown = window.at(places)
    keys = [SortKey(0, skip + place, inf, NEVER, offer.id) for place, offer in enumerate(shown.offers)]
    if len(places) == size or total <= len(window.offers):
        return _Page(shown, keys, total > skip + len(places))
    rest = _rest(reader, query, chosen, window, max(0, skip - len(window.offers)), size - len(places) + 1)
    kept = rest[: size - len(places)]
    keys += [_rest_key(offer, query) for offer in kept]
    return _Page(judge.weigh([*shown.offers, *kept]), keys, len(rest) > len(kept))


def _first_rank(query: SearchQuery, window: int) -> int:
    """Where the page starts; the end of the window when the cursor has left it."""
    if query.after is None:
        return (query.page - 1) * query.size
    return min(query.after.rank + 1, window) if query.after.stage == 0 else window


def _rest(reader: Reader, query: SearchQuery, chosen: Selection, window: Weighed, skip: int, count: int) -> list[Found]:
    """What follows the window, in the engine's own order."""
    after = query.after if query.after is not None and query.after.stage == 1 else None
    outside = {"bool": {"filter": [chosen.eligible], "must_not": [among_keys([o.key for o in window.offers])]}}
    return read_found(reader.hits({"query": outside} | in_order(query, count, skip, after)))


def _rest_key(offer: Found, query: SearchQuery) -> SortKey:
    values = list(offer.sort)
    start = int(values.pop(0)) if query.sort == "date" else NEVER
    distance = inf if query.place is None else float(values.pop(0))
    return SortKey(1, 0, distance, start, offer.id)


def _hits(reader: Reader, query: SearchQuery, page: _Page) -> list[Hit]:
    shown, candidates = page.shown, page.shown.candidates
    if not shown.offers:
        return []
    keys = [offer.key for offer in shown.offers]
    bodies = {hit["fields"]["id"][0]: read_body(hit["fields"]) for hit in reader.hits(bodies_of(keys))}
    words = found_words(Columns([offer.packed for offer in shown.offers]), query.words)
    hits = []
    for place, (offer, key) in enumerate(zip(shown.offers, page.keys, strict=True)):
        if offer.id not in bodies:  # removed while we looked
            continue
        distance, start = float(candidates.distance[place]), float(candidates.start[place])
        near = inf if isnan(distance) else distance
        hits.append(
            Hit(
                id=offer.id,
                body=bodies[offer.id],
                distance_km=None if isnan(distance) else round(distance, 1),
                score=float(shown.score[place]),
                parts={name: round(float(values[place]), 4) for name, values in shown.parts.items()},
                fold=int(candidates.fold[place]),
                next_start=None if isnan(start) else int(start),
                found_words=words[place],
                key=key if key.stage == 1 else replace(key, distance=near),
            )
        )
    return hits
