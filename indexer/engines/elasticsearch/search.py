"""One search: what is found, its counts, and one page of it in the total order: the window, then the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isnan

from indexer.engines import ranking
from indexer.engines.base import MAX_RERANKED, Hit, SearchQuery, SortKey, VocabularyStatistics
from indexer.engines.elasticsearch.clauses import NOTHING, holding
from indexer.engines.elasticsearch.counts import Counts, read_counts
from indexer.engines.elasticsearch.facts import found_words
from indexer.engines.elasticsearch.found import Found, Judge, read_found
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
from indexer.engines.elasticsearch.scoring import first_look
from indexer.engines.elasticsearch.window import NO_WINDOW, Window, build_window
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
    judge = Judge(reader, query, by_meaning, 0 < counts.called <= ranking.MAX_NAMED)
    window = build_window(judge, chosen, brought, counts.total) if query.sort == "pertinence" else NO_WINDOW
    shown, keys, more = _page(judge, chosen, window, counts, brought)
    return Answered(tuple(_hits(judge, window, shown, keys)), counts, more, by_meaning)


def _count(
    reader: Reader, query: SearchQuery, chosen: Selection, statistics: VocabularyStatistics | None
) -> tuple[Counts, list[Found], Reader]:
    """The counts, and the offers that the same request can bring: candidates, or the page itself."""
    called = None
    if query.words is not None and query.words.groups:
        called = holding(query.words, ranking.NEARLY_ALL)
    scored = query.sort == "pertinence" and query.asks_for_something
    scores = first_look(query, statistics) if scored else []
    answer = reader.search(counting(query, chosen, scores, called) | _first_brought(query, scored=scored))
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


def _page(
    judge: Judge, chosen: Selection, window: Window, counts: Counts, brought: list[Found]
) -> tuple[list[Found], list[SortKey], bool]:
    """(offers of the page, their places in the total order, whether there are more)."""
    query, size = judge.query, judge.query.size
    if query.sort != "pertinence":
        shown = brought[:size]
        more = len(brought) > size if query.after is not None else counts.total > query.page * size
        return shown, [_rest_key(offer, query) for offer in shown], more
    skip = _first_rank(query, len(window.offers))
    listed = list(window.offers[skip : skip + size])
    keys = [SortKey(0, skip + place, inf, NEVER, offer.id) for place, offer in enumerate(listed)]
    if len(listed) == size or counts.total <= len(window.offers):
        return listed, keys, counts.total > skip + len(listed)
    rest = _rest(judge, chosen, window, max(0, skip - len(window.offers)), size - len(listed) + 1)
    kept = rest[: size - len(listed)]
    return [*listed, *kept], [*keys, *(_rest_key(offer, query) for offer in kept)], len(rest) > len(kept)


def _first_rank(query: SearchQuery, window: int) -> int:
    """Where the page starts; the end of the window when the cursor has left it."""
    if query.after is None:
        return (query.page - 1) * query.size
    return min(query.after.rank + 1, window) if query.after.stage == 0 else window


def _rest(judge: Judge, chosen: Selection, window: Window, skip: int, count: int) -> list[Found]:
    """What follows the window, in the engine's own order."""
    query = judge.query
    after = query.after if query.after is not None and query.after.stage == 1 else None
    outside = {"bool": {"filter": [chosen.eligible], "must_not": [among_keys([o.key for o in window.offers])]}}
    return read_found(judge.reader.hits({"query": outside} | in_order(query, count, skip, after)))


def _rest_key(offer: Found, query: SearchQuery) -> SortKey:
    values = list(offer.sort)
    start = int(values.pop(0)) if query.sort == "date" else NEVER
    distance = inf if query.place is None else float(values.pop(0))
    return SortKey(1, 0, distance, start, offer.id)


def _hits(judge: Judge, window: Window, shown: Sequence[Found], keys: Sequence[SortKey]) -> list[Hit]:
    if not shown:
        return []
    candidates, ranked = judge.rank(shown, judge.cosines(shown, window.known()))
    bodies = {
        hit["fields"]["id"][0]: read_body(hit["fields"]) for hit in judge.reader.hits(bodies_of([o.key for o in shown]))
    }
    hits = []
    for place, (offer, key) in enumerate(zip(shown, keys, strict=True)):
        if offer.id not in bodies:  # removed while we looked
            continue
        distance, start = float(candidates.distance[place]), float(candidates.start[place])
        near = inf if isnan(distance) else distance
        hits.append(
            Hit(
                id=offer.id,
                body=bodies[offer.id],
                distance_km=None if isnan(distance) else round(distance, 1),
                score=float(ranked.score[place]),
                parts={name: round(float(values[place]), 4) for name, values in ranked.parts.items()},
                fold=offer.facts["fold"],
                next_start=None if isnan(start) else int(start),
                found_words=found_words(offer.facts, judge.query.words),
                key=key if key.stage == 1 else replace(key, distance=near),
            )
        )
    return hits
