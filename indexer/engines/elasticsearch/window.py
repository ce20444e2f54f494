"""The window: the candidates that the shared ranking orders."""

import numpy as np

from indexer.engines.base import MAX_RERANKED
from indexer.engines.elasticsearch.found import Found, Judge, Weighed, read_found
from indexer.engines.elasticsearch.reader import Reader
from indexer.engines.elasticsearch.requests import Body, Selection, among_keys, best_first, nearest
from indexer.engines.elasticsearch.scoring import named

_NEAREST = 100
"""Offers brought because of their meaning alone: few others get before the 300 that words, needs and nearness chose."""

_NAMED = 100
"""Offers brought because of their name alone; few are called alike."""


def build_window(judge: Judge, reader: Reader, chosen: Selection, brought: list[Found], total: int) -> Weighed:
    """At most MAX_RERANKED of what the query finds, in their final order. `brought` are the best by words, needs and
    nearness.
    """
    if total > len(brought):
        brought = list({offer.id: offer for offer in (*brought, *_others(judge, reader, chosen, brought))}.values())
    candidates = judge.candidates(brought)
    if len(brought) > MAX_RERANKED:
        kept = np.lexsort((candidates.id_rank, -judge.first_look(candidates)))[:MAX_RERANKED]
        brought, candidates = [brought[place] for place in kept.tolist()], candidates.pick(kept)
    ranked = judge.rank(candidates)
    return Weighed(tuple(brought), candidates, ranked.score, ranked.parts).at(ranked.order)


def _others(judge: Judge, reader: Reader, chosen: Selection, brought: list[Found]) -> list[Found]:
    """Beside those brought: the nearest by meaning, and those that are called by the words."""
    query, bodies = judge.query, list[Body]()
    others = {"filter": [chosen.eligible], "must_not": [among_keys([offer.key for offer in brought])]}
    if query.vector is not None:
        bodies.append(nearest(query, {"bool": others}, _NEAREST))
    if judge.names and query.words is not None and query.words.groups:
        bodies.append({"query": {"bool": others | {"must": [named(query.words)]}}} | best_first(query, _NAMED))
    return [offer for hits in reader.all_hits(bodies) for offer in read_found(hits)]
