"""What the shared ranking reads of some offers, from the facts that the server brings of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import DEDUCED_FIELDS, Names, SearchQuery, Words
from indexer.engines.shared import MILLIMETRE, SATURATION, SHARE_SLACK, day_number, hash_of
from indexer.geocode.distance import distances_km

Floats = NDArray[np.float64]
Facts = dict[str, Any]


@dataclass(frozen=True)
class Answers:
    """How n offers answer what was typed, in 0–1: by their words, by their names, by their thématiques."""

    words: Floats
    name: Floats
    need: Floats


def read_distance(facts: Sequence[Facts], query: SearchQuery) -> Floats:
    """Kilometres; NaN for what is not on site within reach."""
    if query.place is None or not facts:
        return np.full(len(facts), np.nan)
    points = [(f["latitude"], f["longitude"]) if f["on_site"] else (None, None) for f in facts]
    latitude, longitude = np.array(points, dtype=np.float64).T
    distance = np.round(distances_km(query.place.latitude, query.place.longitude, latitude, longitude), MILLIMETRE)
    return np.where(distance <= query.place.radius_km, distance, np.nan)


def read_answers(facts: Sequence[Facts], query: SearchQuery, *, names: bool) -> Answers:
    """`names`: whether names are looked at (words that too many offers hold are nobody's name)."""
    words, name = np.zeros((2, len(facts)))
    if query.words is not None and query.words.groups:
        words, share = _word_scores(facts, query.words)
        called = np.flatnonzero(share >= ranking.NEARLY_ALL - SHARE_SLACK) if names else np.empty(0, dtype=np.int64)
        name[called] = _name_fit([facts[i] for i in called.tolist()], query.words)
    need = np.array([_need(f, query) for f in facts], dtype=np.float32)  # as the embedded engine keeps it
    return Answers(words, name, need.astype(np.float64))


def found_words(facts: Facts, words: Words | None) -> tuple[str, ...]:
    """The query's words that an offer holds."""
    groups = () if words is None else words.groups
    return tuple(g.word for g in groups if any(term in facts["terms"] for term, _ in g.alternatives))


def build_candidates(
    facts: Sequence[Facts], query: SearchQuery, answers: Answers, distance: Floats, meaning: Floats
) -> ranking.Candidates:
    """The columns of some offers, in their order."""
    sessions = [_next_start(f, day_number(query.starts_from or query.today)) for f in facts]
    ids = [f["id"] for f in facts]
    rank = np.empty(len(ids), dtype=np.int64)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    asked = list(zip(facts, (~np.isnan(distance)).tolist(), strict=True))
    return ranking.Candidates(
        id_rank=rank,
        distance=distance,
        words=answers.words,
        name=answers.name,
        need=answers.need,
        meaning=meaning,
        stated=np.array([_mean(_says(f, near, query)) for f, near in asked]),
        wished=np.array([_mean(_suits(f, near, query)) for f, near in asked]),
        age=np.array([_age(f, query.age) for f in facts]),
        quality=np.array([f["quality"] for f in facts], dtype=np.float32).astype(np.float64),
        changed=np.array([f["changed"] for f in facts], dtype="datetime64[D]").astype(np.float64),
        start=np.array([start for start, _ in sessions]),
        full=np.array([full for _, full in sessions]),
        fold=np.array([f["fold"] for f in facts], dtype=np.uint64),
        structure=np.array([hash_of(f["structure"]) for f in facts], dtype=np.uint64),
    )


def _word_scores(facts: Sequence[Facts], words: Words) -> tuple[Floats, Floats]:
    """(BM25 with the query's own idf, share of the query's weight that was found); the best alternative counts."""
    score, share = np.zeros((2, len(facts)))
    total = sum(group.weight for group in words.groups) or 1.0
    for place, f in enumerate(facts):
        terms: Mapping[str, float] = f["terms"]
        for group in words.groups:
            held = [worth * _saturated(terms[term]) for term, worth in group.alternatives if term in terms]
            if held:
                score[place] += group.weight / total * max(held)
                share[place] += group.weight / total
    return score, share


def _saturated(frequency: float) -> float:
    return frequency / (SATURATION + frequency)


def _name_fit(facts: Sequence[Facts], words: Words) -> Floats:
    codes = [list(ranking.iter_codes(Names(*map(tuple, f["names"])))) for f in facts]
    owners = np.repeat(np.arange(len(codes)), [len(held) for held in codes])
    flat = np.array([code for held in codes for code in held], dtype=np.uint64)
    return ranking.name_fit(words, ranking.HeldNames(len(codes), owners, flat))


def _need(f: Facts, query: SearchQuery) -> float:
    """What the offer is for; one that matches every thématique answers each as if it had no other."""
    codes, anything = f["codes"], f["anything"]
    jobs = () if "metiers" in anything else codes.get("metiers", ())
    held = [codes.get("thematiques", ())]
    if "thematiques" in anything:
        held = [(need.thematique,) for need in query.needs] or [()]
    return max(ranking.need_fit(set(one), jobs, query, predicted=f["predicted"], faint=f["faint"]) for one in held)


def _says(f: Facts, near: bool, query: SearchQuery) -> Iterator[float]:
    """For each filter, whether the offer says yes of its own; what was deduced does less."""
    for field, wanted in query.filters.items():
        if field == "modes_accueil":
            continue
        values = f["codes"].get(field, ())
        says = bool(values) if field in f["anything"] else not wanted.isdisjoint(values)
        deduced = field in DEDUCED_FIELDS and not wanted.isdisjoint(f["predicted"])
        yield float(says) * (ranking.PREDICTED if deduced else 1.0)
    if query.place is not None:  # a remote offer that names no zone may be meant for elsewhere
        yield float(near or not query.place.zones.isdisjoint(f["zone"]))


def _suits(f: Facts, near: bool, query: SearchQuery) -> Iterator[float]:
    """For each wish, how the offer answers it."""
    for field, wanted in query.wishes.items():
        values = f["codes"].get(field, ())
        if field == "modes_accueil" and query.place is not None:
            modes = (("en-presentiel", near), ("a-distance", f["remote"]))
            yield float(any(yes and mode in wanted for mode, yes in modes))
        elif field in f["anything"]:
            yield ranking.ANYTHING if values else ranking.UNKNOWN
        else:
            yield float(not wanted.isdisjoint(values))


def _age(f: Facts, age: int | None) -> float:
    """Whether the offer takes people of an age; UNKNOWN where it names none."""
    if age is None:
        return np.nan
    youngest, oldest = f["age_min"], f["age_max"]
    if youngest is None and oldest is None:
        return ranking.UNKNOWN
    return float((youngest is None or youngest <= age) and (oldest is None or age <= oldest))


def _next_start(f: Facts, first_day: int) -> tuple[float, float]:
    """(the next session with a seat, else the next one, NaN where there is none; 1 where all that come are full)."""
    coming = [(start, full) for day, start, full in f["slots"] if day >= first_day]
    free = [start for start, full in coming if not full]
    if not coming:
        return np.nan, 0.0
    return float(min(free or [start for start, _ in coming])), float(not free)


def _mean(values: Iterator[float]) -> float:
    """NaN where nothing was asked."""
    held = list(values)
    return sum(held) / len(held) if held else np.nan
