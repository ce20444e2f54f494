"""Dates of LHÉO: eight digits, with values that mean « no date »."""

from datetime import date

_FIRST, _LAST = 2000, 2090
"""Catalogues write 00000000, 19000101 or 99991231 where there is no date."""


def day_of(text: str) -> str | None:
    """`AAAAMMJJ` (or ISO) as an ISO day; None for what is no date, or one that means « not known »."""
    digits = text.replace("-", "")[:8]
    if len(digits) != 8 or not digits.isdecimal() or not digits.isascii():
        return None
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day.isoformat() if _FIRST <= day.year <= _LAST else None


def is_open_ended(text: str) -> bool:
    """Whether an end is written as « never »."""
    return text.replace("-", "")[:4] in ("9999", "2999", "2099")
