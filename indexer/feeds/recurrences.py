"""Occurrences of a recurring event within a horizon, in the wall time of its place."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any, Final

from dateutil.rrule import rrulestr

MAX_OCCURRENCES: Final = 200
"""A workshop of every working day fills a school year."""

FIRST_YEAR: Final = 2000
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")


def iter_occurrences(
    start: datetime, zone: tzinfo, rules: list[Any], added: list[datetime], removed: set[datetime], until: date
) -> Iterator[datetime]:
    """Starts in the naive wall time of `zone`, ordered, up to `until`, at most MAX_OCCURRENCES a rule.

    `rules` are icalendar's RRULE values. ValueError for a rule that cannot be read, comes more often than daily, or
    begins before FIRST_YEAR (its expansion would not end).
    """
    if start.year < FIRST_YEAR:
        raise ValueError(f"date de début trop ancienne ({start.year})")
    limit = datetime.combine(until, time.max)
    found = {start, *added} if start <= limit else set(added)
    for rule in rules:
        found.update(_expand(start, zone, rule, limit))
    yield from sorted(moment for moment in found if moment not in removed and moment <= limit)


def _expand(start: datetime, zone: tzinfo, rule: Any, limit: datetime) -> Iterator[datetime]:
    parts = {name.upper(): values for name, values in rule.items()}
    if any(str(value).upper() in _TOO_OFTEN for value in _listed(parts.get("FREQ"))):
        raise ValueError("répétition plus fréquente que chaque jour")
    end = min([limit, *(_wall(value, zone) for value in _listed(parts.pop("UNTIL", None)))])
    counts = [int(value) for value in _listed(parts.pop("COUNT", None))]
    text = ";".join(part for part in rule.to_ical().decode().split(";") if not part.startswith(("UNTIL", "COUNT")))
    stamped = f"{text};UNTIL={end:%Y%m%dT%H%M%S}"
    first_wanted = limit - timedelta(days=800)
    moments = islice(rrulestr(stamped, dtstart=start), counts[0] if counts else None)
    return islice((moment for moment in moments if moment >= first_wanted), MAX_OCCURRENCES)


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _wall(value: date | datetime, zone: tzinfo) -> datetime:
    """A bound in the wall time of `zone`; a day means its end."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time.max)
    return value.astimezone(zone).replace(tzinfo=None) if value.tzinfo is not None else value
