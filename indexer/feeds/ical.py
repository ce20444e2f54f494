"""iCalendar: recurrences expanded within a horizon, moved and cancelled occurrences respected, time zones kept."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Calendar

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile, FeedOptions, Row
from indexer.feeds.building import HORIZON, given, stable_id, today_of
from indexer.feeds.events import Event, iter_event_rows
from indexer.feeds.postal_line import split_address
from indexer.feeds.recurrences import iter_occurrences
from indexer.geocode.clocks import MAINLAND_ZONE

SOURCE: Final = "agenda"
MAX_BYTES: Final = 20_000_000
"""A calendar is read whole: the largest of a town holds a few hundred kB."""

UNREADABLE: Final = "événement dont les dates ou la répétition sont illisibles"


def iter_ical(file: FeedFile) -> Iterator[Row]:
    """Offers of a calendar. FeedError when it is none, or too large."""
    content = file.utf8().read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FeedError(
            f"{file.name} : calendrier de plus de {MAX_BYTES // 1_000_000} Mo. Demandez une période plus courte."
        )
    yield from iter_calendar_rows(content, file.name, file.options)


def iter_calendar_rows(content: bytes, name: str, options: FeedOptions) -> Iterator[Row]:
    """The rows of one calendar in memory."""
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise FeedError(
            f"{name} : calendrier iCalendar illisible ({str(error)[:100]}). Exportez-le de nouveau."
        ) from error
    if not calendars and content.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        raise FeedError(f"{name} : calendrier tronqué, sa fin (END:VCALENDAR) manque. Téléchargez-le de nouveau.")
    if not calendars:
        raise FeedError(f"{name} : aucun calendrier (BEGIN:VCALENDAR) dans ce contenu. Vérifiez l'adresse.")
    refused: list[Row] = []

    def events() -> Iterator[tuple[int, Event]]:
        number = 0
        for calendar in calendars:
            title = str(calendar.get("X-WR-CALNAME", ""))
            for group in _by_uid(calendar).values():
                number += 1
                try:
                    yield number, parse_group(group, title, today_of(options) + HORIZON)
                except (ValueError, TypeError, AttributeError, OverflowError) as error:
                    refused.append(Row(number, refusal=f"{UNREADABLE} ({str(error)[:100]})."))

    yield from iter_event_rows(events(), options, SOURCE)
    yield from refused


def _by_uid(calendar: Any) -> dict[str, list[Any]]:
    """Events that share a UID: the first, and its occurrences moved or cancelled one by one."""
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for event in calendar.walk("VEVENT"):
        groups[str(event.get("UID") or stable_id(event.get("SUMMARY"), event.get("DTSTART")))].append(event)
    return groups


def parse_group(group: list[Any], calendar: str, until: date) -> Event:
    """One event with all its occurrences up to `until`. ValueError when its dates cannot be read."""
    main = next((event for event in group if "RECURRENCE-ID" not in event), group[0])
    moved = [event for event in group if event is not main]
    sessions = sorted([*_sessions(main, moved, until), *_moved_sessions(moved)], key=lambda s: s["debut"])
    return Event(
        id=str(main.get("UID") or stable_id(main.get("SUMMARY"), main.get("DTSTART"))),
        title=str(main.get("SUMMARY", "")).strip(),
        description=str(main.get("DESCRIPTION", "")).strip(),
        keywords=tuple(_categories(main)),
        sessions=tuple(sessions),
        last_day=max((datetime.fromisoformat(s.get("fin", s["debut"])).date() for s in sessions), default=None),
        organiser=_organiser(main) or calendar.strip(),
        place=_place(main),
        extra=given({"lien_source": str(main.get("URL", "")), "date_maj": _changed(main)}),
        cancelled=str(main.get("STATUS", "")).upper() == "CANCELLED",
    )


def _sessions(event: Any, moved: list[Any], until: date) -> Iterator[dict[str, str]]:
    start = event.decoded("DTSTART")
    length = _length(event, start)
    zone = start.tzinfo if isinstance(start, datetime) and start.tzinfo is not None else ZoneInfo(MAINLAND_ZONE)
    removed = {_wall(date.dt, zone) for date in _dates(event, "EXDATE")}
    removed |= {_wall(other.decoded("RECURRENCE-ID"), zone) for other in moved if "RECURRENCE-ID" in other}
    added = [_wall(date.dt, zone) for date in _dates(event, "RDATE") if not isinstance(date.dt, tuple)]
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    for moment in iter_occurrences(_wall(start, zone), zone, rules, added, removed, until):
        yield _session(moment, length, start)


def _moved_sessions(moved: list[Any]) -> Iterator[dict[str, str]]:
    for event in moved:
        if str(event.get("STATUS", "")).upper() != "CANCELLED":
            start = event.decoded("DTSTART")
            zone = start.tzinfo if isinstance(start, datetime) else None
            yield _session(_wall(start, zone or ZoneInfo(MAINLAND_ZONE)), _length(event, start), start)


def _session(moment: datetime, length: timedelta, start: date | datetime) -> dict[str, str]:
    """A day stays a day; an hour keeps its zone, or has none and takes that of the place."""
    if not isinstance(start, datetime):
        last = moment.date() + max(length - timedelta(days=1), timedelta())
        return {"debut": moment.date().isoformat(), "fin": last.isoformat()}
    begin = moment.replace(tzinfo=start.tzinfo)
    return given({"debut": begin.isoformat(), "fin": (begin + length).isoformat() if length else None})


def _length(event: Any, start: date | datetime) -> timedelta:
    if "DTEND" in event:
        end = event.decoded("DTEND")
        return _naive(end) - _naive(start) if type(end) is type(start) else timedelta()
    return event.decoded("DURATION") if "DURATION" in event else timedelta(days=0)


def _naive(value: date | datetime) -> datetime:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else datetime.combine(value, time())


def _wall(value: date | datetime, zone: tzinfo) -> datetime:
    """The naive wall time of a moment in `zone`; a day is its first minute."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value.astimezone(zone).replace(tzinfo=None) if value.tzinfo is not None else value


def _dates(event: Any, name: str) -> Iterator[Any]:
    held = event.get(name, [])
    for item in held if isinstance(held, list) else [held]:
        yield from item.dts


def _categories(event: Any) -> Iterator[str]:
    held = event.get("CATEGORIES", [])
    for item in held if isinstance(held, list) else [held]:
        yield from (str(word) for word in getattr(item, "cats", [item]))


def _organiser(event: Any) -> str:
    """The name of the organiser: never an e-mail address."""
    organiser = event.get("ORGANIZER")
    return "" if organiser is None else str(getattr(organiser, "params", {}).get("CN", "")).strip()


def _place(event: Any) -> dict[str, Any]:
    fields = split_address(str(event.get("LOCATION", "")))
    if "GEO" in event:
        fields |= {"latitude": event["GEO"].latitude, "longitude": event["GEO"].longitude}
    return given(fields)


def _changed(event: Any) -> str | None:
    name = next((n for n in ("LAST-MODIFIED", "DTSTAMP") if n in event), None)
    return None if name is None else event.decoded(name).isoformat()
