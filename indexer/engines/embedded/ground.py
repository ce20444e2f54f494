"""What a query sees of a segment before it asks anything: the same for all queries of one place and day."""

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import DEDUCED_FIELDS, SearchQuery
from indexer.engines.embedded import geo
from indexer.engines.embedded.domain import Domain, Mask, Rows
from indexer.engines.embedded.segment import Segment
from indexer.engines.shared import MILLIMETRE, NEVER, day_number
from indexer.geocode.distance import chord_distances_km

Floats = NDArray[np.float64]
Wanted = frozenset[str]

_REMEMBERED = 8
"""Filters remembered of a place: a byte a row each."""


@dataclass(frozen=True)
class View:
    """A segment and the rows of it that still live (None: all)."""

    segment: Segment
    alive: Mask | None = None

    @property
    def size(self) -> int:
        return self.segment.size if self.alive is None else int(np.count_nonzero(self.alive))


class Ground:
    """Over the local rows of `domain`: `distance` in km, NaN for what is not on site within reach; `base`, the rows
    that may be found; `start`, the next session (seconds UTC), where days are asked for.

    Shared between threads: what is remembered of a filter is the same whoever makes it.
    """

    def __init__(self, segment: Segment, query: SearchQuery) -> None:
        self.segment, self._place = segment, query.place
        self.domain = _domain(segment, query)
        self.distance = _distance(segment, self.domain, query)
        self.base = _standing(segment, self.domain, query) & self._reached()
        dated = query.starts_from is not None or query.starts_until is not None
        self.start = _next_start(segment, self.domain, query) if dated or query.sort == "date" else None
        if dated and self.start is not None:
            self.base &= self.start != NEVER
        self._selections: dict[tuple[str, Wanted], Mask] = {}

    def selection(self, field: str, wanted: Wanted) -> Mask:
        """Rows that a filter keeps; the last few filters are remembered, people go on from one search to the next."""
        kept = self._selections.get((field, wanted))
        if kept is None:
            if len(self._selections) >= _REMEMBERED:
                self._selections = {}
            kept = self._selections[field, wanted] = self._selection(field, wanted)
        return kept

    def says(self, local: Rows, field: str, wanted: Wanted) -> Floats:
        """1 for rows that answer a filter by a « yes » of their own; what was deduced is worth less."""
        rows = self.domain.rows(local)
        says = self.segment.coded[field].worth(rows, wanted, unknown=0.0, anything=1.0)
        if field in DEDUCED_FIELDS:
            says[self.segment.predicted.worth(rows, wanted, unknown=0.0, anything=1.0) > 0] *= ranking.PREDICTED
        return says

    def says_zone(self, local: Rows) -> Floats:
        """1 for rows on site or of a zone that holds the place: a remote offer that names none may be for elsewhere."""
        assert self._place is not None  # asked for with a place only
        says = self.segment.zone.worth(self.domain.rows(local), self._place.zones, unknown=0.0, anything=1.0)
        says[~np.isnan(self.distance[local])] = 1.0
        return says

    def suits(self, local: Rows, field: str, wanted: Wanted) -> Floats:
        """How rows answer a wish, in 0–1."""
        if field == "modes_accueil" and self._place is not None:
            return self._any_mode(wanted)[local].astype(np.float64)
        column, rows = self.segment.coded[field], self.domain.rows(local)
        return column.worth(rows, wanted, unknown=ranking.UNKNOWN, anything=ranking.ANYTHING)

    def mode_flags(self) -> dict[str, Mask]:
        """With a place, « on site » means on site within reach."""
        return {"en-presentiel": ~np.isnan(self.distance), "a-distance": self.domain.take(self.segment.remote)}

    def _selection(self, field: str, wanted: Wanted) -> Mask:
        if field == "modes_accueil" and self._place is not None:
            return self._any_mode(wanted)
        return self.segment.coded[field].flags(self.domain, wanted)

    def _any_mode(self, wanted: Wanted) -> Mask:
        flags = self.mode_flags()
        none = np.zeros(self.domain.size, dtype=np.bool_)
        return reduce(np.logical_or, (flags[mode] for mode in wanted if mode in flags), none)

    def _reached(self) -> Mask:
        if self._place is None:
            return np.ones(self.domain.size, dtype=np.bool_)
        eligible = self.segment.zone.flags(self.domain, self._place.zones)
        return eligible & (self.domain.take(self.segment.remote) | ~np.isnan(self.distance))


def _domain(segment: Segment, query: SearchQuery) -> Domain:
    if query.place is None:
        return Domain([(0, segment.size)])
    return Domain(geo.slices_near(segment.groups, query.place, segment.longitude))


def _distance(segment: Segment, domain: Domain, query: SearchQuery) -> Floats:
    if query.place is None:
        return np.full(domain.size, np.nan)
    points = [domain.take(axis) for axis in segment.points]
    distance = np.round(chord_distances_km(query.place.latitude, query.place.longitude, points), MILLIMETRE)
    within = domain.take(segment.on_site) & (distance <= query.place.radius_km)
    return np.where(within, distance, np.nan)


def _standing(segment: Segment, domain: Domain, query: SearchQuery) -> Mask:
    today = day_number(query.today)
    return (domain.take(segment.valid_from) <= today) & (domain.take(segment.valid_until) >= today)


def _next_start(segment: Segment, domain: Domain, query: SearchQuery) -> NDArray[np.int64]:
    """The first session of the days asked for (from today, if none is), NEVER where there is none."""
    first = day_number(query.starts_from or query.today)
    last = NEVER if query.starts_until is None else day_number(query.starts_until)
    owners, days = segment.slot_days.of_domain(domain)
    starts = segment.slot_starts.values_of(domain)
    asked = (days >= first) & (days <= last)
    found = np.full(domain.size, NEVER, dtype=np.int64)
    np.minimum.at(found, owners[asked], starts[asked])
    return found
