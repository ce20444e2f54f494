"""Days written in French: « 18 - 23 juillet 2021 », « Samedi 15 octobre 2022, 17h00 », « du 5 au 30 novembre 2019 »."""

import re
from datetime import date
from typing import Final

from indexer.normalise.folding import unaccent

_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
    "decembre",
)  # fmt: skip
_DAY = re.compile(rf"\b(\d{{1,2}})(?:er)?\b(?: ({'|'.join(_MONTHS)})\b)?(?: (\d{{4}})\b)?(?! ?h|:)")


def parse_french_days(text: str) -> tuple[date, date] | None:
    """The first and the last day named. A day without month or year takes the next one's; None without a year."""
    found = _DAY.findall(unaccent(text).lower().replace(" 1er", " 1"))
    days: list[date] = []
    month = year = ""
    for day, own_month, own_year in reversed(found):
        month, year = own_month or month, own_year or year
        if month and year:
            try:
                days.append(date(int(year), _MONTHS.index(month) + 1, int(day)))
            except ValueError:
                return None
    return (min(days), max(days)) if days else None
