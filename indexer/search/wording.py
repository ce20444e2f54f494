"""Numbers, distances and dates as a person reads them."""

from datetime import date, datetime

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def say_distance(km: float) -> str:
    """« à 1,2 km », « à moins de 100 m »."""
    if km < 0.1:
        return "à moins de 100 m"
    return f"à {km:.1f} km".replace(".0 ", " ").replace(".", ",") if km < 10 else f"à {km:.0f} km"


def say_month(day: date) -> str:
    """« mars 2024 »."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def say_day(day: date) -> str:
    """« 1er avril »."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"


def say_moment(moment: datetime) -> str:
    """« mardi 3 mars à 14 h 30 », in the offset that the moment bears."""
    day = "1er" if moment.day == 1 else str(moment.day)
    hour = f"{moment.hour} h" if moment.minute == 0 else f"{moment.hour} h {moment.minute:02}"
    return f"{DAYS[moment.weekday()]} {day} {MONTHS[moment.month - 1]} à {hour}"
