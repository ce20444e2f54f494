"""One cell as text: dates and numbers written one way, errors of formulas told apart."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

ERRORS: Final = frozenset(
    {"#REF!", "#VALUE!", "#VALEUR!", "#DIV/0!", "#NAME?", "#NOM?", "#N/A", "#NUM!", "#NOMBRE!", "#NULL!", "#NUL!"}
)
"""What a spreadsheet shows in place of a result, in English and in French."""


def render_cell(value: Any) -> str:
    """A value as text: 2026-03-04, 2026-03-04 09:30, 09:30, 12, 12.5, oui. "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (datetime, date, time, timedelta)):
        return _render_moment(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    return str(value).replace("\r\n", "\n").replace("\xa0", " ").strip()


def _render_moment(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime) and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"


def is_error(text: str) -> bool:
    """Whether a cell holds the error of a formula."""
    return text.upper() in ERRORS
