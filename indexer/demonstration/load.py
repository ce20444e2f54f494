"""Reads the demonstration catalogue and dates it from a given day, so that its sessions never rot."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final, NotRequired, TypedDict
from zoneinfo import ZoneInfo

Record = dict[str, Any]

PARIS: Final = ZoneInfo("Europe/Paris")
OFFERS: Final = "offers"
"""The folder of the offers: one file a category, that of an offer's first thématique."""
WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class RelativeDay(TypedDict, total=False):
    """A day counted from today; one of the two keys."""

    il_y_a_jours: int
    dans_jours: int


class RelativeStart(TypedDict):
    """The first `jour` that is at least `dans_jours` days away, at a wall-clock time in Paris.

    The session ends `duree_h` hours later, on the day that is `duree_jours` days later (the same day when absent);
    it comes back every week, `fois` times in all.
    """

    dans_jours: int
    jour: str
    heure: str
    duree_h: float
    duree_jours: NotRequired[int]
    fois: NotRequired[int]


def build_demonstration(today: date) -> list[Record]:
    """The structures, then the offers, as a feed would bring them on that day: JSON values, ISO 8601 dates."""
    folder = resources.files("indexer.demonstration")
    offer_files = sorted(folder.joinpath(OFFERS).iterdir(), key=lambda file: file.name)
    records = [one for file in (folder.joinpath("structures.json"), *offer_files) for one in _load_records(file)]
    return [_dated(record, today) for record in records]


def resolve_day(day: RelativeDay, today: date) -> date:
    """The day meant. KeyError without one of the two keys."""
    if "il_y_a_jours" in day:
        return today - timedelta(days=day["il_y_a_jours"])
    return today + timedelta(days=day["dans_jours"])


def iter_periods(start: RelativeStart, today: date) -> Iterator[tuple[datetime, datetime]]:
    """The start and the end of each session, with the offset of Paris on their days."""
    earliest = today + timedelta(days=start["dans_jours"])
    first_day = earliest + timedelta(days=(WEEKDAYS.index(start["jour"]) - earliest.weekday()) % 7)
    length = timedelta(days=start.get("duree_jours", 0), hours=start["duree_h"])
    for week in range(start.get("fois", 1)):
        begins = datetime.combine(first_day + timedelta(weeks=week), time.fromisoformat(start["heure"]), tzinfo=PARIS)
        yield begins, begins + length  # aware arithmetic in one zone is wall-clock: 14:00 + 2 h is 16:00 on any day


def _load_records(file: Traversable) -> list[Record]:
    records: list[Record] = json.loads(file.read_text(encoding="utf-8"))
    return records


def _dated(record: Record, today: date) -> Record:
    dated = {**record, "date_maj": resolve_day(record["date_maj"], today).isoformat()}
    if "validite" in record:
        dated["validite"] = {bound: resolve_day(day, today).isoformat() for bound, day in record["validite"].items()}
    if "sessions" in record:
        dated["sessions"] = [one for session in record["sessions"] for one in _dated_sessions(session, today)]
    return dated


def _dated_sessions(session: Record, today: date) -> Iterator[Record]:
    for begins, ends in iter_periods(session["debut"], today):
        yield {**session, "debut": begins.isoformat(), "fin": ends.isoformat()}
