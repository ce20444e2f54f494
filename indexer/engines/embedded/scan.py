"""The first look at one segment: which rows pass, which are admitted, how far they are."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import SearchQuery, Words
from indexer.engines.embedded import geo
from indexer.engines.embedded.columns import Counts
from indexer.engines.embedded.domain import Domain, Mask, Rows
from indexer.engines.embedded.segment import Segment
from indexer.engines.shared import MILLIMETRE, NEVER, SHARE_SLACK, day_number
from indexer.geocode.distance import distances_km


@dataclass(frozen=True)
class View:
    """A segment and the rows of it that still live (None: all)."""

    segment: Segment
    alive: Mask | None = None

    @property
    def size(self) -> int:
        return self.segment.size if self.alive is None else int(np.count_nonzero(self.alive))


@dataclass(frozen=True)
class Answers:
    """How the rows of a domain answer what was typed, in 0–1: by their words, by their names, by their thématiques."""

    words: NDArray[np.float32]
    name: NDArray[np.float64]
    need: NDArray[np.float32]


@dataclass(frozen=True)
class Scan:
    """Masks and numbers over the local rows of a domain. `distance` is NaN for what is not on site within reach."""

    view: View
    domain: Domain
    base: Mask
    admitted: Mask
    selections: Mapping[str, Mask]
    distance: NDArray[np.float64]
    answers: Answers
    start: NDArray[np.int64] | None

    @property
    def eligible(self) -> Mask:
        """What the query finds."""
        return reduce(np.logical_and, self.selections.values(), self.base & self.admitted)

    def kept_for(self, field: str) -> Mask:
        """What the query would find without the selection on one field."""
        others = (mask for name, mask in self.selections.items() if name != field)
        return reduce(np.logical_and, others, self.base & self.admitted)

    def count(self, field: str, place_given: bool) -> Counts:
        """How many documents each value of a field alone would give."""
        keep = self.kept_for(field)
        if field == "modes_accueil" and place_given:
            flags = mode_flags(self.view.segment, self.domain, self.distance)
            own = {mode: int(np.count_nonzero(keep & mask)) for mode, mask in flags.items()}
            return Counts(int(np.count_nonzero(keep)), 0, own)
        return self.view.segment.coded[field].counts(self.domain, keep)


@dataclass(frozen=True)
class Ground:
    """What a query sees of a segment before it is asked anything: the same for all queries of one place and day."""

    domain: Domain
    distance: NDArray[np.float64]
    base: Mask
    start: NDArray[np.int64] | None


class Grounds:
    """Makes the ground of each segment once for the queries of one call. Not shared between threads."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Ground] = {}

    def of(self, view: View, query: SearchQuery) -> Ground:
        key = (id(view), query.place, query.today, query.exclude, query.starts_from, query.starts_until, query.sort)
        if key not in self._made:
            self._made[key] = _ground(view, query)
        return self._made[key]


def scan(view: View, query: SearchQuery, grounds: Grounds) -> Scan:
    """Looks at one segment."""
    segment, ground = view.segment, grounds.of(view, query)
    domain, distance, base = ground.domain, ground.distance, ground.base
    admitted, answers = _admission(segment, domain, query, base)
    selections = {
        field: _selection(segment, domain, field, wanted, query, distance) for field, wanted in query.filters.items()
    }
    return Scan(view, domain, base, admitted, selections, distance, answers, ground.start)


def _ground(view: View, query: SearchQuery) -> Ground:
    segment = view.segment
    domain = _domain(segment, query)
    distance = _distance(segment, domain, query)
    base = _standing(view, domain, query) & _reached(segment, domain, query, distance)
    dated = query.starts_from is not None or query.starts_until is not None
    start = _next_start(segment, domain, query) if dated or query.sort == "date" else None
    if dated and start is not None:
        base &= start != NEVER
    return Ground(domain, distance, base, start)


def _domain(segment: Segment, query: SearchQuery) -> Domain:
    if query.place is None:
        return Domain([(0, segment.size)])
    return Domain(geo.slices_near(segment.groups, query.place, segment.longitude))


def _distance(segment: Segment, domain: Domain, query: SearchQuery) -> NDArray[np.float64]:
    if query.place is None:
        return np.full(domain.size, np.nan)
    latitude, longitude = domain.take(segment.latitude), domain.take(segment.longitude)
    distance = np.round(distances_km(query.place.latitude, query.place.longitude, latitude, longitude), MILLIMETRE)
    within = domain.take(segment.on_site) & (distance <= query.place.radius_km)
    return np.where(within, distance, np.nan)


def _standing(view: View, domain: Domain, query: SearchQuery) -> Mask:
    segment, today = view.segment, day_number(query.today)
    mask = (domain.take(segment.valid_from) <= today) & (domain.take(segment.valid_until) >= today)
    if view.alive is not None:
        mask &= domain.take(view.alive)
    for document_id in query.exclude:
        row = segment.identifiers.row_of(document_id)
        if row is not None:
            mask[domain.within(np.array([row], dtype=np.int32))[0]] = False
    return mask


def _reached(segment: Segment, domain: Domain, query: SearchQuery, distance: NDArray[np.float64]) -> Mask:
    if query.place is None:
        return np.ones(domain.size, dtype=np.bool_)
    eligible = segment.zone.flags(domain, query.place.zones)
    return eligible & (domain.take(segment.remote) | ~np.isnan(distance))


def _next_start(segment: Segment, domain: Domain, query: SearchQuery) -> NDArray[np.int64]:
    """The first session of the days asked for (from today, if none is), NEVER where there is none."""
    first = day_number(query.starts_from or query.today)
    last = NEVER if query.starts_until is None else day_number(query.starts_until)
    owners, days = segment.slot_days.of_domain(domain)
    _, starts = segment.slot_starts.of_domain(domain)
    asked = (days >= first) & (days <= last)
    found = np.full(domain.size, NEVER, dtype=np.int64)
    np.minimum.at(found, owners[asked], starts[asked])
    return found


def _admission(segment: Segment, domain: Domain, query: SearchQuery, base: Mask) -> tuple[Mask, Answers]:
    """Which rows are admitted, and how they answer. Names are looked at in rows of `base` only."""
    words, name = np.zeros(domain.size, dtype=np.float32), np.zeros(domain.size)
    need = np.zeros(domain.size, dtype=np.float32)
    if not query.asks_for_something:
        return np.ones(domain.size, dtype=np.bool_), Answers(words, name, need)
    admitted = np.zeros(domain.size, dtype=np.bool_)
    if query.words is not None and query.words.groups:
        scores = segment.postings.score(domain, query.words)
        words = scores.score
        admitted |= scores.share >= query.words.share - SHARE_SLACK
        called = np.flatnonzero(base & (scores.share >= ranking.NEARLY_ALL - SHARE_SLACK))
        name[called] = _name_fit(segment, domain.rows(called), query.words)
    for wanted in query.needs:
        found = segment.coded["thematiques"].flags(domain, {wanted.thematique})
        deduced = segment.predicted.flags(domain, {wanted.thematique})
        worth = np.where(deduced[found], wanted.score * ranking.PREDICTED, wanted.score).astype(np.float32)
        need[found] = np.maximum(need[found], worth)
        admitted |= found
    _spread(need, segment, domain)
    if query.metiers:
        admitted |= segment.coded["metiers"].flags(domain, query.metiers)
        segment.coded["metiers"].raise_to(need, domain, lambda code: ranking.job_fit(code, query.metiers))
    return admitted, Answers(words, name, need)


def _spread(need: NDArray[np.float32], segment: Segment, domain: Domain) -> None:
    """Lowers the needs that an offer answers among many others."""
    for_one = np.flatnonzero(need)
    counts = segment.coded["thematiques"].count_values(domain)[for_one]
    table = np.array([ranking.spread(count) for count in range(int(counts.max(initial=0)) + 1)])
    need[for_one] *= table[counts].astype(np.float32)


def _name_fit(segment: Segment, rows: Rows, words: Words) -> NDArray[np.float64]:
    if not len(rows) or len(rows) > ranking.MAX_NAMED:
        return np.zeros(len(rows))
    return ranking.name_fit(words, ranking.HeldNames(len(rows), *segment.names.of_rows(rows)))


def _selection(
    segment: Segment,
    domain: Domain,
    field: str,
    wanted: frozenset[str],
    query: SearchQuery,
    distance: NDArray[np.float64],
) -> Mask:
    if field == "modes_accueil" and query.place is not None:
        flags = mode_flags(segment, domain, distance)
        return reduce(np.logical_or, (flags[mode] for mode in wanted if mode in flags), np.zeros(domain.size, np.bool_))
    return segment.coded[field].flags(domain, wanted)


def mode_flags(segment: Segment, domain: Domain, distance: NDArray[np.float64]) -> dict[str, Mask]:
    """With a place, « on site » means on site within reach."""
    return {"en-presentiel": ~np.isnan(distance), "a-distance": domain.take(segment.remote)}
