"""What the shared ranking reads of some offers, from the columns that the server brings of each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from indexer.engines import ranking
from indexer.engines.base import DEDUCED_FIELDS, SearchQuery, Words
from indexer.engines.elasticsearch.codes import EVERYTHING, UNKNOWN
from indexer.engines.elasticsearch.columns import Columns, Flags, Floats
from indexer.engines.elasticsearch.packed import (
    ANY_AGE,
    FAINT,
    JOB_FIELD,
    PREDICTED,
    PREDICTED_FIELD,
    ZONE,
    code_of,
    term_of,
)
from indexer.engines.shared import MILLIMETRE, SATURATION, SHARE_SLACK, day_number
from indexer.geocode.distance import distances_km


@dataclass(frozen=True)
class Answers:
    """How n offers answer what was typed, in 0–1: by their words, by their names, by their thématiques."""

    words: Floats
    name: Floats
    need: Floats


def read_distance(columns: Columns, query: SearchQuery) -> Floats:
    """Kilometres; NaN for what is not on site within reach."""
    if query.place is None or not len(columns):
        return np.full(len(columns), np.nan)
    latitude, longitude = columns.head["latitude"], columns.head["longitude"]
    distance = np.round(distances_km(query.place.latitude, query.place.longitude, latitude, longitude), MILLIMETRE)
    return np.where(distance <= query.place.radius_km, distance, np.nan)


def read_answers(columns: Columns, query: SearchQuery, *, names: bool) -> Answers:
    """`names`: whether names are looked at (words that too many offers hold are nobody's name)."""
    words, name = np.zeros((2, len(columns)))
    if query.words is not None and query.words.groups:
        words, share = _word_scores(columns, query.words)
        if names:
            called = np.flatnonzero(share >= ranking.NEARLY_ALL - SHARE_SLACK)
            held = columns.names(called)
            name[called] = ranking.name_fit(query.words, ranking.HeldNames(held.size, held.owners, held.values))
    need = _need(columns, query).astype(np.float32)  # as the embedded engine keeps it
    return Answers(words, name, need.astype(np.float64))


def found_words(columns: Columns, words: Words | None) -> list[tuple[str, ...]]:
    """The query's words that each offer holds."""
    found: list[tuple[str, ...]] = [()] * len(columns)
    for group in () if words is None else words.groups:
        terms = columns.terms
        holders = terms.owners[np.isin(terms.values["hash"], [term_of(term) for term, _ in group.alternatives])]
        for place in np.unique(holders).tolist():
            found[place] = (*found[place], group.word)
    return found


def build_candidates(
    columns: Columns, ids: Collection[str], query: SearchQuery, answers: Answers, distance: Floats, meaning: Floats
) -> ranking.Candidates:
    """The columns of some offers, in their order."""
    slots = columns.slots
    coming = slots.values["day"] >= day_number(query.starts_from or query.today)
    start, full = ranking.next_starts(
        len(columns), slots.owners, slots.values["start"], slots.values["full"] > 0, coming
    )
    rank = np.empty(len(columns), dtype=np.int64)
    rank[np.argsort(np.array(list(ids), dtype=object))] = np.arange(len(columns))
    near = ~np.isnan(distance)
    head = columns.head
    return ranking.Candidates(
        id_rank=rank,
        distance=distance,
        words=answers.words,
        name=answers.name,
        need=answers.need,
        meaning=meaning,
        stated=ranking.mean_of(_says(columns, near, query), len(columns)),
        wished=ranking.mean_of(_suits(columns, near, query), len(columns)),
        age=ranking.age_fit(head["age_min"], head["age_max"], ANY_AGE, query.age),
        quality=head["quality"].astype(np.float64),
        changed=head["changed"].astype(np.float64),
        start=start,
        full=full,
        fold=head["fold"],
        structure=head["structure"],
    )


def _word_scores(columns: Columns, words: Words) -> tuple[Floats, Floats]:
    """(BM25 with the query's own idf, share of the query's weight that was found); the best alternative counts."""
    score, share = np.zeros((2, len(columns)))
    total = sum(group.weight for group in words.groups) or 1.0
    terms = columns.terms
    hashes, frequencies = np.ascontiguousarray(terms.values["hash"]), terms.values["frequency"]
    for group in words.groups:
        best = np.zeros(len(columns))
        for term, worth in group.alternatives:
            places = np.flatnonzero(hashes == term_of(term))
            held = frequencies[places].astype(np.float64)
            np.maximum.at(best, terms.owners[places], worth * held / (SATURATION + held))
        score += group.weight / total * best
        share += np.where(best > 0, group.weight / total, 0.0)
    return score, share


def _need(columns: Columns, query: SearchQuery) -> Floats:
    """As `ranking.need_fit` of each offer; one that matches every thématique answers each as if it had no other."""
    worth = np.zeros(len(columns))
    for need in query.needs:
        share = np.where(_has(columns, FAINT, [need.thematique]), ranking.FAINT, 1.0)
        share[_has(columns, PREDICTED, [need.thematique])] = ranking.PREDICTED
        held = _has(columns, "thematiques", [need.thematique, EVERYTHING, UNKNOWN])
        worth = np.maximum(worth, np.where(held, need.score * share, 0.0))
    worth *= columns.head["spread"]
    for job in query.metiers:
        held, predicted = _has(columns, "metiers", [job]), _has(columns, PREDICTED, [job])
        field = [job[: ranking.FIELD]]
        for flags, fit in (
            (held & ~predicted, ranking.JOB),
            (held & predicted, ranking.JOB * ranking.PREDICTED),
            (_has(columns, JOB_FIELD, field), ranking.NEAR_JOB),
            (_has(columns, PREDICTED_FIELD, field), ranking.NEAR_JOB * ranking.PREDICTED),
        ):
            worth[flags] = np.maximum(worth[flags], fit)
    return worth


def _has(columns: Columns, field: str, values: Collection[str]) -> Flags:
    return columns.codes.having(code_of(field, value) for value in values)


def _says(columns: Columns, near: Flags, query: SearchQuery) -> Iterator[Floats]:
    """For each filter, whether an offer says yes of its own; what was deduced does less."""
    for field, wanted in query.filters.items():
        if field == "modes_accueil":
            continue
        says = _has(columns, field, [*wanted, EVERYTHING]).astype(np.float64)
        if field in DEDUCED_FIELDS:
            says[_has(columns, PREDICTED, wanted)] *= ranking.PREDICTED
        yield says
    if query.place is not None:  # a remote offer that names no zone may be meant for elsewhere
        yield (near | _has(columns, ZONE, query.place.zones)).astype(np.float64)


def _suits(columns: Columns, near: Flags, query: SearchQuery) -> Iterator[Floats]:
    """For each wish, how an offer answers it."""
    for field, wanted in query.wishes.items():
        if field == "modes_accueil" and query.place is not None:
            modes = (("en-presentiel", near), ("a-distance", columns.head["remote"] > 0))
            yes = [flags for mode, flags in modes if mode in wanted]
            yield np.any([np.zeros(len(columns), dtype=np.bool_), *yes], axis=0).astype(np.float64)
            continue
        worth = _has(columns, field, wanted).astype(np.float64)
        worth[_has(columns, field, [EVERYTHING])] = ranking.ANYTHING
        worth[_has(columns, field, [UNKNOWN])] = ranking.UNKNOWN
        yield worth
