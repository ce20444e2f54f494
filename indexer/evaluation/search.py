"""How well a search orders the offers that people judged."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import httpx

from indexer.errors import EvaluationError
from indexer.evaluation.families import Families, fold
from indexer.evaluation.figures import Grouping
from indexer.evaluation.judged import JudgedNeed
from indexer.evaluation.measures import DEPTH, measure_ranking
from indexer.evaluation.scored import Run, Scored
from indexer.search import OfferSearch, SearchRequest

KIND: Final = "search"

GROUPINGS: Final[tuple[Grouping, ...]] = ((), ("part",), ("type",), ("langue",), ("registre",))

ASKED: Final = 50
"""Offers asked for, so that ten remain once siblings are folded."""

Ranking = Callable[[JudgedNeed], Sequence[str]]
"""A need → ids of offers, best first, siblings and all."""


def measure_search(needs: Sequence[JudgedNeed], rank: Ranking, families: Families, about: dict[str, str]) -> Run:
    """One search a need."""
    rankings = {str(place): fold(families, rank(need))[:DEPTH] for place, need in enumerate(needs)}
    values = measure_ranking({str(place): need.grades for place, need in enumerate(needs)}, rankings)
    scored = (_score(need, rankings[str(place)], values[str(place)]) for place, need in enumerate(needs))
    return Run(KIND, about, tuple(scored))


def local_ranking(search: OfferSearch) -> Ranking:
    """The search of this code, as a page asks it."""

    def rank(need: JudgedNeed) -> list[str]:
        answer = search.search(SearchRequest(q=need.said, code_commune=need.place, size=ASKED))
        return [one for item in answer.items for one in (item.id, *(other.id for other in item.autres_lieux))]

    return rank


def remote_ranking(client: httpx.Client) -> Ranking:
    """`GET /v1/offers` of a running server. EvaluationError when it does not answer as it should."""

    def rank(need: JudgedNeed) -> list[str]:
        asked: dict[str, str | int] = {"q": need.said, "size": ASKED}
        if need.place is not None:
            asked["code_commune"] = need.place
        try:
            answer = client.get("/v1/offers", params=asked).raise_for_status().json()
            return [str(item["offre"]["id"]) for item in answer["items"]]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{client.base_url} ne répond pas comme « /v1/offers » : {error}") from error

    return rank


def _score(need: JudgedNeed, ranking: Sequence[str], values: dict[str, float]) -> Scored:
    graded = sorted(need.grades.items(), key=lambda item: (-item[1], item[0]))
    found = tuple(f"{one} ({need.grades.get(one, 0)})" for one in ranking)
    return Scored(need.said, dict(_labels(need)), values, tuple(f"{one} ({grade})" for one, grade in graded), found)


def _labels(need: JudgedNeed) -> Iterator[tuple[str, str]]:
    yield "part", need.part
    yield "type", need.type
    yield "langue", need.langue
    yield "registre", need.registre
    yield "lieu", need.place or ""
