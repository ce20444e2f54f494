"""Working days in France: neither week-ends nor the holidays of the labour code (article L3133-1)."""

from datetime import date, datetime, timedelta
from functools import cache

from dateutil.easter import easter


def add_working_days(moment: datetime, days: int) -> datetime:
    """The same hour, so many working days later."""
    while days > 0:
        moment += timedelta(days=1)
        if is_working_day(moment.date()):
            days -= 1
    return moment


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


@cache
def holidays(year: int) -> frozenset[date]:
    """The eleven of the whole country; Alsace, Moselle and overseas have a few more, which only delay nothing."""
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    sunday = easter(year)
    moving = {sunday + timedelta(days=after) for after in (1, 39, 50)}  # Easter Monday, Ascension, Whit Monday
    return frozenset({date(year, month, day) for month, day in fixed} | moving)
