"""When each source is to be synced: five fields, as cron writes them."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from indexer.errors import SettingError
from indexer.geocode.clocks import MAINLAND_ZONE
from indexer.sources.model import Source

ZONE: Final = ZoneInfo(MAINLAND_ZONE)


def build_trigger(source: Source) -> CronTrigger | None:
    """What tells the moments of a source, in the time of Paris; None without planning. SettingError when it is bad."""
    if source.planning is None:
        return None
    try:
        return CronTrigger.from_crontab(_named_days(source.planning), timezone=ZONE)
    except ValueError as error:
        raise SettingError(
            f"{source.fichier_toml}, planning : « {source.planning} » n'est pas un planning "
            "(minute heure jour mois jour-de-semaine, comme « 30 5 * * * »)."
        ) from error


def next_sync(source: Source, now: datetime) -> datetime | None:
    """The next moment after `now`."""
    trigger = build_trigger(source)
    moment: datetime | None = None if trigger is None else trigger.get_next_fire_time(None, now)
    return moment


def _named_days(planning: str) -> str:
    """Cron counts days from Sunday = 0, the library from Monday = 0: digits are given their names."""
    *fields, days = planning.split()
    names = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
    named = "".join(names[int(c)] if c.isdecimal() and int(c) < 8 else c for c in days) if "/" not in days else days
    return " ".join([*fields, named])
