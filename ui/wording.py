"""Phones, dates, counts and freshness as a person reads them; distances come from `indexer.search.wording`."""

import re
from datetime import date, datetime, timedelta

from indexer.search.wording import DAYS, MONTHS

_LOOSE_MARK = re.compile(r" (?=[:;?!»])|(?<=«) ")
_FRENCH_CODES = {33, 262, 508, 590, 594, 596, 681, 687, 689}


def say_phone(number: str) -> str:
    """« 03 84 00 00 00 »; a foreign number keeps its code, a short one stays as it is."""
    import phonenumbers  # 30 ms and 58 modules that no start waits for
    from phonenumbers import NumberParseException, PhoneNumberFormat

    try:
        parsed = phonenumbers.parse(number, None)
    except NumberParseException:
        return number
    french = parsed.country_code in _FRENCH_CODES
    style = PhoneNumberFormat.NATIONAL if french else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def say_count(number: int, one: str, several: str | None = None) -> str:
    """« 1 offre », « 1 234 offres », « 0 offre »."""
    figures = f"{number:,}".replace(",", "\u202f")
    return f"{figures}\u00a0{one if number < 2 else several or one + 's'}"


def say_day(day: date, today: date) -> str:
    """« mardi 3 mars »; the year when it is another one."""
    number = "1er" if day.day == 1 else str(day.day)
    year = "" if day.year == today.year else f" {day.year}"
    return f"{DAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}{year}"


def say_date(day: date) -> str:
    """« 3 mars 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def say_hour(hour: int, minute: int) -> str:
    """« 14 h », « 9 h 05 »."""
    return f"{hour}\u00a0h" if minute == 0 else f"{hour}\u00a0h\u00a0{minute:02}"


def say_session(start: datetime, end: datetime | None, today: date) -> str:
    """« mardi 3 mars, 14 h – 16 h », « du mardi 3 mars, 9 h, au vendredi 6 mars, 17 h »."""
    opening = f"{say_day(start.date(), today)}, {say_hour(start.hour, start.minute)}"
    if end is None:
        return opening
    if end.date() == start.date():
        return f"{opening} – {say_hour(end.hour, end.minute)}"
    return f"du {opening}, au {say_day(end.date(), today)}, {say_hour(end.hour, end.minute)}"


def say_age(day: date, today: date) -> str:
    """« aujourd’hui », « hier », « il y a 3 semaines », « il y a 2 ans »."""
    age = max(today - day, timedelta()).days
    if age == 0:
        return "aujourd’hui"
    if age == 1:
        return "hier"
    for length, one, several in ((365, "an", "ans"), (30, "mois", "mois"), (7, "semaine", "semaines")):
        if age >= 2 * length or (age >= length and length != 7):
            return f"il y a {say_count(age // length, one, several)}"
    return f"il y a {say_count(age, 'jour')}"


def say_list(words: tuple[str, ...], link: str = "et") -> str:
    """« a », « a et b », « a, b et c »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {link} {words[-1]}"


def glued(text: str) -> str:
    """The text whose « : ; ? ! » never begin a line."""
    return _LOOSE_MARK.sub("\u00a0", text)


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def say_of(name: str) -> str:
    """« de Belfort », « d’Offemont », « du Havre », « des Abymes »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    if name.startswith(("La ", "L'", "L’")):
        return "de l" + name[1:]
    return f"d’{name}" if name[:1] in "AÂÀEÉÈÊIÎOÔUY" else f"de {name}"


def say_at(name: str) -> str:
    """« à Belfort », « au Havre », « aux Abymes », « à La Rochelle »."""
    for article, contracted in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"à {name}"
