"""What a query sees of a segment before it asks anything: the same for all queries of one place and day."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import SearchQuery
from indexer.engines.embedded import geo
from indexer.engines.embedded.domain import Domain, Mask
from indexer.engines.embedded.segment import Segment
from indexer.engines.shared import MILLIMETRE, NEVER, day_number
from indexer.geocode.distance import chord_distances_km

Floats = NDArray[np.float64]
Wanted = frozenset[str]
Made = TypeVar("Made")


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

    Filters and wishes are looked at once each, whatever the number of queries. Not shared between threads.
    """

    def __init__(self, view: View, query: SearchQuery) -> None:
        self.view, self._place = view, query.place
        self.domain = _domain(view.segment, query)
        self.distance = _distance(view.segment, self.domain, query)
        self.base = _standing(view, self.domain, query) & self._reached()
        dated = query.starts_from is not None or query.starts_until is not None
        self.start = _next_start(view.segment, self.domain, query) if dated or query.sort == "date" else None
        if dated and self.start is not None:
            self.base &= self.start != NEVER
        self._masks: dict[Hashable, Mask] = {}
        self._numbers: dict[Hashable, Floats] = {}

    @property
    def segment(self) -> Segment:
        return self.view.segment

    def selection(self, field: str, wanted: Wanted) -> Mask:
        """Rows that a filter keeps."""
        return _kept(self._masks, ("selection", field, wanted), lambda: self._selection(field, wanted))

    def says(self, field: str, wanted: Wanted) -> Floats:
        """1 for rows that answer a filter by a « yes » of their own; a deduced thématique is worth less."""
        return _kept(self._numbers, ("says", field, wanted), lambda: self._says(field, wanted))

    def says_zone(self) -> Floats:
        """1 for rows on site or of a zone that holds the place: a remote offer that names none may be for elsewhere."""
        return _kept(self._numbers, "zone", self._says_zone)

    def suits(self, field: str, wanted: Wanted) -> Floats:
        """How rows answer a wish, in 0–1."""
        return _kept(self._numbers, ("suits", field, wanted), lambda: self._suits(field, wanted))

    def mode_flags(self) -> dict[str, Mask]:
        """With a place, « on site » means on site within reach."""
        return {"en-presentiel": ~np.isnan(self.distance), "a-distance": self.domain.take(self.segment.remote)}

    def _selection(self, field: str, wanted: Wanted) -> Mask:
        if field == "modes_accueil" and self._place is not None:
            return self._any_mode(wanted)
        return self.segment.coded[field].flags(self.domain, wanted)

    def _says(self, field: str, wanted: Wanted) -> Floats:
        says = self.segment.coded[field].flags(self.domain, wanted, unknown=False).astype(np.float64)
        if field == "thematiques":
            says[self.segment.predicted.flags(self.domain, wanted, unknown=False)] *= ranking.PREDICTED
        return says

    def _says_zone(self) -> Floats:
        assert self._place is not None  # asked for with a place only
        says = self.segment.zone.flags(self.domain, self._place.zones, unknown=False) | ~np.isnan(self.distance)
        return says.astype(np.float64)

    def _suits(self, field: str, wanted: Wanted) -> Floats:
        if field == "modes_accueil" and self._place is not None:
            return self._any_mode(wanted).astype(np.float64)
        column = self.segment.coded[field]
        return column.suits(self.domain, wanted, unknown=ranking.UNKNOWN, anything=ranking.ANYTHING)

    def _any_mode(self, wanted: Wanted) -> Mask:
        flags = self.mode_flags()
        none = np.zeros(self.domain.size, dtype=np.bool_)
        return reduce(np.logical_or, (flags[mode] for mode in wanted if mode in flags), none)

    def _reached(self) -> Mask:
        if self._place is None:
            return np.ones(self.domain.size, dtype=np.bool_)
        eligible = self.segment.zone.flags(self.domain, self._place.zones)
        return eligible & (self.domain.take(self.segment.remote) | ~np.isnan(self.distance))


class Grounds:
    """Makes the ground of each segment once for the queries of one call. Not shared between threads."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Ground] = {}

    def of(self, view: View, query: SearchQuery) -> Ground:
        key = (id(view), query.place, query.today, query.exclude, query.starts_from, query.starts_until, query.sort)
        if key not in self._made:
            self._made[key] = Ground(view, query)
        return self._made[key]


def _kept(table: dict[Hashable, Made], key: Hashable, make: Callable[[], Made]) -> Made:
    if key not in table:
        table[key] = make()
    return table[key]


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
