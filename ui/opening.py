"""Whether a place is open now, and until when: « Ouvert maintenant, ferme à 17 h »."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, validate

from indexer.geocode.clocks import zone_of
from indexer.search.wording import DAYS
from ui.wording import say_day, say_hour

AHEAD: Final = timedelta(days=60)
"""A change later than that is not told: nobody plans by it."""


def say_opening(value: str | None, code: str | None, now: datetime) -> str | None:
    """`value` in OpenStreetMap's grammar, `code` the INSEE or postal code that gives the clock.

    None when the value cannot be read. A public holiday that the value says nothing of is told as doubtful: most
    places close without writing it.
    """
    if not value:
        return None
    zone = zone_of(code)
    hours = _parse(value, zone.key)
    if hours is None:
        return None
    here = now.astimezone(zone).replace(microsecond=0)
    if "PH" not in value and _is_holiday(here, zone):
        return "Aujourd’hui est un jour férié : appelez avant de venir."
    change = hours.next_change(here)
    if change is not None and change - here > AHEAD:
        change = None
    return _say_open(change, here) if hours.is_open(here) else _say_closed(change, here)


def _say_open(change: datetime | None, here: datetime) -> str:
    if change is None:
        return "Ouvert maintenant, jour et nuit."
    if change.date() == here.date():
        return f"Ouvert maintenant, ferme à {say_hour(change.hour, change.minute)}."
    return f"Ouvert maintenant, ferme {_say_when(change, here)}."


def _say_closed(change: datetime | None, here: datetime) -> str:
    return "Fermé en ce moment." if change is None else f"Fermé maintenant, ouvre {_say_when(change, here)}."


def _say_when(change: datetime, here: datetime) -> str:
    """« à 14 h », « demain à 9 h », « lundi à 9 h », « mardi 3 mars à 9 h »."""
    hour = f"à {say_hour(change.hour, change.minute)}"
    days = (change.date() - here.date()).days
    if days == 0:
        return hour
    if days == 1:
        return f"demain {hour}"
    return f"{DAYS[change.weekday()]} {hour}" if days < 7 else f"{say_day(change.date(), here.date())} {hour}"


def _is_holiday(here: datetime, zone: ZoneInfo) -> bool:
    holidays = _parse("PH", zone.key)
    return holidays is not None and holidays.is_open(here)


@lru_cache(maxsize=512)
def _parse(value: str, zone: str) -> OpeningHours | None:
    """None for what the grammar does not know. Public holidays are those of the whole of France."""
    return OpeningHours(value, timezone=ZoneInfo(zone), country="FR") if validate(value) else None
