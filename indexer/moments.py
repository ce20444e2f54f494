"""When an offer happens: in the day, in the evening, at the week-end. Facts first, then clear words; else unknown."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from opening_hours import OpeningHours, State, validate

from indexer.language.moments import moments_said
from indexer.schema import Offer, Session
from indexer.schema.vocabulary import vocabulary

EVENING_STARTS: Final = time(17)
"""A session that starts from then on is « le soir (après 17 h) »."""

OPEN_LATE: Final = time(18)
"""A place is open in the evening when it still is, or opens, after this hour of a weekday: many offices close at it."""

DAY_ENDS: Final = time(17)
_NIGHT_ENDS: Final = time(6)  # what is open before then goes on from the evening before
_LOOKED_AT: Final = timedelta(days=35)  # every « first Thursday of the month » comes once in it


def moments_of(offer: Offer, today: date) -> tuple[str, ...]:
    """Values of the vocabulary `moments`, in its order; empty when neither dates, hours nor words say it.

    Coming sessions are the truth where there are some. Else opening hours and clear words add to each other: hours
    are often those of the reception, while the text says when the course is.
    """
    found = frozenset(_iter_of_sessions(offer.sessions, today)) or (
        _of_hours(offer.horaires_accueil, today) | moments_said(_text_of(offer))
    )
    return tuple(value for value in vocabulary("moments") if value in found)


def _text_of(offer: Offer) -> str:
    return ".\n".join(part for part in (offer.nom, offer.description, offer.mobilisation_precisions) if part)


def _iter_of_sessions(sessions: Iterable[Session], today: date) -> Iterator[str]:
    """On the clock of their place, which their offset gives."""
    for session in sessions:
        start = session.debut
        if start.date() < today:
            continue
        if _is_weekend(start):
            yield "week-end"
        if start.time() >= EVENING_STARTS:
            yield "soir"
        elif start.time() > time(0) and not _is_weekend(start):  # a day without an hour starts at midnight
            yield "journee"


@lru_cache(maxsize=4096)
def _of_hours(value: str | None, today: date) -> frozenset[str]:
    """Of opening hours in OpenStreetMap's grammar, over the coming weeks; nothing when they cannot be read."""
    if not value or not validate(value):
        return frozenset()
    first = datetime.combine(today, time())
    spans = OpeningHours(value).intervals(first, first + _LOOKED_AT)
    opened = ((start, end) for start, end, state, _ in spans if state == State.OPEN)
    return frozenset(moment for start, end in opened for moment in _iter_of_span(start, end))


def _iter_of_span(start: datetime, end: datetime) -> Iterator[str]:
    day = start.date()
    while datetime.combine(day, time()) < end:
        begins = max(start, datetime.combine(day, _NIGHT_ENDS))
        ends = min(end, datetime.combine(day + timedelta(days=1), time()))
        if begins < ends:
            yield from _iter_of_day(begins, ends)
        day += timedelta(days=1)


def _iter_of_day(begins: datetime, ends: datetime) -> Iterator[str]:
    """`ends` is at most the midnight after `begins`."""
    if _is_weekend(begins):
        yield "week-end"
        return
    if begins.time() < DAY_ENDS:
        yield "journee"
    if ends > datetime.combine(begins.date(), OPEN_LATE):
        yield "soir"


def _is_weekend(moment: datetime) -> bool:
    return moment.weekday() >= 5
