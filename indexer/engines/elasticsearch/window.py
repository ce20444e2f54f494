"""The window: the candidates that the shared ranking orders."""

from dataclasses import dataclass

import numpy as np

from indexer.engines.base import MAX_RERANKED
from indexer.engines.elasticsearch.facts import Floats
from indexer.engines.elasticsearch.found import Found, Judge, read_cosines, read_found
from indexer.engines.elasticsearch.requests import Body, Selection, best_first, nearest
from indexer.engines.elasticsearch.scoring import named

_NAMED = 100
"""Offers brought because of their name alone; few are called alike."""


@dataclass(frozen=True)
class Window:
    """Offers in their final order, with their cosines."""

    offers: tuple[Found, ...]
    meaning: Floats

    def known(self) -> dict[str, float]:
        """Cosines by id."""
        return {offer.id: float(c) for offer, c in zip(self.offers, self.meaning, strict=True)}


NO_WINDOW = Window((), np.empty(0))


def build_window(judge: Judge, chosen: Selection, brought: list[Found], total: int) -> Window:
    """At most MAX_RERANKED of what the query finds. `brought` are the best by words, needs and nearness."""
    known: dict[str, float] = {}
    if total > len(brought):
        more, known = _others(judge, chosen)
        brought = list({offer.id: offer for offer in (*brought, *more)}.values())
    meaning = judge.cosines(brought, known)
    if len(brought) > MAX_RERANKED:
        brought, meaning = _best(judge, brought, meaning)
    if not brought:
        return NO_WINDOW
    order = judge.rank(brought, meaning)[1].order
    return Window(tuple(brought[place] for place in order.tolist()), meaning[order])


def _others(judge: Judge, chosen: Selection) -> tuple[list[Found], dict[str, float]]:
    """The nearest by meaning, with their cosines, and those that are called by the words."""
    query, bodies = judge.query, list[Body]()
    if query.vector is not None:
        bodies.append(nearest(query, chosen.eligible, MAX_RERANKED))
    if judge.names and query.words is not None and query.words.groups:
        bodies.append(
            {"query": {"bool": {"filter": [chosen.eligible], "must": [named(query.words)]}}} | best_first(query, _NAMED)
        )
    answers = judge.reader.all_hits(bodies)
    known = {} if query.vector is None else read_cosines(answers[0])
    return [offer for hits in answers for offer in read_found(hits)], known


def _best(judge: Judge, offers: list[Found], meaning: Floats) -> tuple[list[Found], Floats]:
    looks = judge.first_look(offers, meaning)
    kept = sorted(range(len(offers)), key=lambda place: (-looks[place], offers[place].id))[:MAX_RERANKED]
    return [offers[place] for place in kept], meaning[kept]
