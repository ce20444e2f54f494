"""Shapes that a value of a partner's table can be asked to take. Each gives "" for what it cannot read."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from indexer.normalise.dates import parse_date
from indexer.normalise.folding import unaccent

_EPOCH: Final = date(1899, 12, 30)
"""Day 0 of spreadsheets, once their invented 29 February 1900 is past."""

_SERIAL_DAYS: Final = range(30_000, 65_000)  # from 1982 to 2077
_MONTHS: Final = (
    "janv", "fevr", "mars", "avri", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece",
)  # fmt: skip
_WRITTEN = re.compile(r"(\d{1,2})(?:er)?\s+([a-z]{3,9})\.?\s+(\d{4})")
_SHORT = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})(?!\d)")
_LONG = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2}")
_HOUR = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:h|:|H)\s*(\d{2})?(?![\d/])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"-?\d+(?:[ \u202f]\d{3})*(?:[.,]\d+)?")
_YES: Final = frozenset({"oui", "o", "x", "1", "vrai", "true", "yes", "ok", "✓", "✔"})
_NO: Final = frozenset({"non", "n", "0", "faux", "false", "no"})


def date_of(text: str) -> str:
    """AAAA-MM-JJ of « 04/03/2026 », « mercredi 4 mars 2026 », « 4/3/26 », or the number of a day (46085)."""
    found = _LONG.search(text)
    parsed = parse_date(found[0]) if found else None
    return "" if (day := parsed or _written(text) or _short(text) or _serial(text)) is None else day.isoformat()


def _written(text: str) -> date | None:
    found = _WRITTEN.search(unaccent(text).lower())
    if found is None:
        return None
    month = next((i for i, name in enumerate(_MONTHS, 1) if found[2].startswith(name[: len(found[2])])), None)
    return None if month is None else parse_date(f"{found[3]}-{month}-{found[1]}")


def _short(text: str) -> date | None:
    found = _SHORT.search(text)
    return None if found is None else parse_date(f"20{found[3]}-{found[2]}-{found[1]}")


def _serial(text: str) -> date | None:
    whole = text.strip().partition(".")[0]
    if not whole.isdecimal() or len(whole) != 5 or int(whole) not in _SERIAL_DAYS:
        return None
    return _EPOCH + timedelta(days=int(whole))


def hours_of(text: str) -> list[str]:
    """The hours of a text, as HH:MM: « de 9h à 11h30 » gives 09:00 and 11:30; a fraction of a day gives one."""
    if re.fullmatch(r"0?[.,]\d+", text.strip()):
        minutes = round(float(text.strip().replace(",", ".")) * 1440)
        return [f"{minutes // 60:02d}:{minutes % 60:02d}"]
    found = [(int(hour), int(minute or 0)) for hour, minute in _HOUR.findall(text)]
    return [f"{hour:02d}:{minute:02d}" for hour, minute in found if hour < 24 and minute < 60]


def first_hour(text: str) -> str:
    return next(iter(hours_of(text)), "")


def last_hour(text: str) -> str:
    """The end of a span of hours; "" when the text has one hour only."""
    hours = hours_of(text)
    return hours[-1] if len(hours) > 1 else ""


def number_of(text: str) -> str:
    """The first number of « 12,50 € », « 15 places », with a point."""
    found = _NUMBER.search(text)
    return "" if found is None else found[0].replace(" ", "").replace("\u202f", "").replace(",", ".")


def identifier_of(text: str) -> str:
    """Letters, digits and single dashes: the same for two spellings that differ by accents or capitals."""
    return _NOT_WORD.sub("-", unaccent(text).lower()).strip("-")[:200]


def postal_code_of(text: str) -> str:
    """Five digits; the zero that a spreadsheet took away is put back."""
    found = re.search(r"(?<!\d)\d{4,5}(?!\d)", text.replace(" ", ""))
    return "" if found is None else found[0].zfill(5)


def yes_no_of(text: str) -> str:
    folded = unaccent(text).strip().lower()
    return "true" if folded in _YES else "false" if folded in _NO else ""


FORMS: Final[Mapping[str, Callable[[str], str]]] = {
    "date": date_of,
    "heure": first_hour,
    "heure_fin": last_hour,
    "nombre": number_of,
    "identifiant": identifier_of,
    "code_postal": postal_code_of,
    "oui_non": yes_no_of,
    "minuscules": str.lower,
}
