"""Opening hours of OpenStreetMap's grammar in plain French, when they are simple; else nothing rather than a riddle."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.search.wording import DAYS
from ui.wording import say_hour, say_list, sentence

_CODES: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_TIMES = re.compile(r"\d{1,2}:\d\d-\d{1,2}:\d\d(?:,\d{1,2}:\d\d-\d{1,2}:\d\d)*")
_RULE = re.compile(r"(?:(?P<days>[A-Z][A-Za-z,\-\[\]\d ]*?) )?(?P<times>off|closed|24/7|[\d:,\- ]+)")
_NTH = re.compile(r"(?P<day>[A-Z][a-z])\[(?P<which>-?\d(?:,\d)*)\]")
_HOLIDAYS: Final = {"PH": "les jours fériés", "SH": "pendant les vacances scolaires"}
_ORDINALS: Final = {"1": "1er", "2": "2e", "3": "3e", "4": "4e", "5": "5e", "-1": "dernier"}
_CLOSED: Final = "fermé"


@dataclass(frozen=True, slots=True)
class HoursLine:
    """« Du lundi au vendredi », « 9 h – 12 h et 14 h – 17 h »."""

    days: str
    times: str


class _Riddle(ValueError):
    """The value says more than these lines can."""


def say_hours(value: str | None) -> tuple[HoursLine, ...]:
    """Lines in the order of the week, then special days; empty when any part is not simple."""
    if value is None:
        return ()
    if value.strip() == "24/7":
        return (HoursLine("Tous les jours", "jour et nuit"),)
    try:
        return tuple(_iter_lines(value))
    except _Riddle:
        return ()


def _iter_lines(value: str) -> Iterator[HoursLine]:
    week: dict[int, str] = {}
    special: dict[str, str] = {}
    for rule in value.split(";"):
        _read_rule(rule.strip(), week, special)
    if not any(times != _CLOSED for times in (*week.values(), *special.values())):
        raise _Riddle(value)
    yield from _iter_week(week)
    yield from (HoursLine(sentence(days), times) for days, times in special.items())


def _read_rule(rule: str, week: dict[int, str], special: dict[str, str]) -> None:
    """A later rule replaces an earlier one on its days, as the grammar says."""
    if not rule:
        return
    match = _RULE.fullmatch(rule)
    if match is None:
        raise _Riddle(rule)
    times = _say_times(match["times"].strip())
    days = match["days"]
    if days is None:
        week.update(dict.fromkeys(range(7), times))
    elif "[" in days:
        special[_say_nth(days)] = times
    else:
        for part in days.replace(" ", "").split(","):
            if part in _HOLIDAYS:
                special[_HOLIDAYS[part]] = times
            else:
                week.update(dict.fromkeys(_span(part), times))


def _span(part: str) -> Iterator[int]:
    first, _, last = part.partition("-")
    try:
        start, end = _CODES.index(first), _CODES.index(last or first)
    except ValueError as error:
        raise _Riddle(part) from error
    yield from ((start + step) % 7 for step in range((end - start) % 7 + 1))


def _say_times(text: str) -> str:
    if text in ("off", "closed"):
        return _CLOSED
    if text == "24/7":
        return "jour et nuit"
    text = text.replace(" ", "")
    if not _TIMES.fullmatch(text):
        raise _Riddle(text)
    return say_list(tuple(_say_period(period) for period in text.split(",")))


def _say_period(period: str) -> str:
    return " – ".join(say_hour(*map(int, moment.split(":"))) for moment in period.split("-"))


def _say_nth(days: str) -> str:
    """« Th[1,3] » → « les 1er et 3e jeudis du mois »."""
    match = _NTH.fullmatch(days)
    if match is None or match["day"] not in _CODES:
        raise _Riddle(days)
    which = match["which"].split(",")
    if any(number not in _ORDINALS for number in which):
        raise _Riddle(days)
    name = DAYS[_CODES.index(match["day"])]
    said = say_list(tuple(_ORDINALS[number] for number in which))
    return f"les {said} {name}s du mois" if len(which) > 1 else f"le {said} {name} du mois"


def _iter_week(week: dict[int, str]) -> Iterator[HoursLine]:
    """Days that have the same hours are told together, by their first day; closed days go without saying."""
    together: dict[str, list[int]] = {}
    for day in sorted(week):
        together.setdefault(week[day], []).append(day)
    for times, days in together.items():
        if times != _CLOSED:
            yield HoursLine(sentence(_say_days(days)), times)


def _say_days(days: list[int]) -> str:
    if len(days) == 7:
        return "tous les jours"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"du {DAYS[days[0]]} au {DAYS[days[-1]]}"
    return say_list(tuple(DAYS[day] for day in days))
