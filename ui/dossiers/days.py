"""Moments as they are read on the mainland: the database keeps them in UTC."""

from datetime import datetime

from indexer.geocode.clocks import MAINLAND
from ui.wording import say_date, say_hour


def say_day_of(moment: datetime) -> str:
    """« 3 mars 2026 »."""
    return say_date(moment.astimezone(MAINLAND).date())


def say_moment(moment: datetime) -> str:
    """« 3 mars 2026, 14 h 05 »."""
    local = moment.astimezone(MAINLAND)
    return f"{say_date(local.date())}, {say_hour(local.hour, local.minute)}"
