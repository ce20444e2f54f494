"""« Lundi au vendredi 9h-12h / 14h-17h30 » to OSM hours: a scanner, then a small grammar.

What it does not know, it refuses.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final

from indexer.normalise.folding import unaccent

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY_WORDS = (
    "lundis?|lun",
    "mardis?|mar",
    "mercredis?|mer",
    "jeudis?|jeu",
    "vendredis?|ven",
    "samedis?|sam",
    "dimanches?|dim",
)

_TOKENS: Final = (
    ("always", r"24 ?h(?:eures?)? ?(?:/|sur) ?24 ?h?\b"),
    ("everyday", r"tous les jours|toute la semaine sans exception|7 ?j(?:ours)? ?(?:/|sur) ?7 ?j?"),
    ("time", r"(?:[01]?\d|2[0-4]) ?(?:h(?:eures?)?|:) ?(?:[0-5]\d)?(?!\d)|midi\b"),
    *((f"day{i}", rf"(?:{words})\b\.?") for i, words in enumerate(_DAY_WORDS)),
    ("part", r"(?:l')?apres-midi\b|matin\b"),
    ("closed", r"fermeture|fermee?s?\b"),
    ("except", r"sauf\b|hors\b"),
    ("to", r"(?:jusqu')?(?:au?\b)|-|–|—|→"),
    ("and", r"et\b|puis\b|ainsi que\b|,|/|&|\+|;|\n|\|"),
    ("filler", r"du\b|de\b|le\b|les\b|des\b|ouvert(?:e|s|ure)?s?\b|horaires?\b|:|\.|\(|\)|\s+"),
)  # fmt: skip
_SCANNER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _TOKENS))
_TIME = re.compile(r"(\d{1,2}) ?\D+? ?(\d{2})?$")


class _NotUnderstoodError(Exception):
    """The text says something that the grammar does not know."""


@dataclass
class _Rule:
    days: list[int] = field(default_factory=list)
    ranges: list[tuple[int, int]] = field(default_factory=list)
    closed: bool = False


def parse_french_hours(text: str) -> str | None:
    """OSM hours of a French sentence, or None as soon as one word of it is not understood."""
    try:
        tokens = _scan(unaccent(text).lower())
        if sorted(kind for kind, _ in tokens if kind != "and") == ["always", "everyday"]:
            return "24/7"
        return _written(_by_day(_Parser(tokens).rules()))
    except _NotUnderstoodError:
        return None


def _scan(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = _SCANNER.match(text, position)
        if match is None or match.end() == position or match.lastgroup is None:
            raise _NotUnderstoodError
        if match.lastgroup != "filler":
            tokens.append((match.lastgroup, match[0]))
        position = match.end()
    while tokens and tokens[-1][0] == "and":
        tokens.pop()
    return tokens


class _Parser:
    """rule := days ranges | days closed ; days := day (to day)? (and days)? ; ranges := time to time (and ranges)?"""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0

    def rules(self) -> list[_Rule]:
        found: list[_Rule] = []
        while self._at < len(self._tokens):
            found.append(self._rule())
            self._skip("and")
        if not found:
            raise _NotUnderstoodError
        return found

    def _rule(self) -> _Rule:
        if self._is("closed", "except"):
            self._at += 1
            self._skip("to")
            return _Rule(self._days(), closed=True)
        if self._is("time"):
            ranges = self._ranges()
            return _Rule(self._days(), ranges)
        days = self._days()
        if self._is("closed"):
            self._at += 1
            return _Rule(days, closed=True)
        self._skip("and")
        self._skip("part")  # « lundi matin 9h-12h »: the times say it; before « fermé » it would not be enough
        return _Rule(days, self._ranges())

    def _days(self) -> list[int]:
        days: list[int] = []
        while True:
            days += self._day_span()
            if not (self._is("and") and self._is_day(1)):
                break
            self._at += 1
        if len(set(days)) != len(days):
            raise _NotUnderstoodError
        return days

    def _day_span(self) -> list[int]:
        if self._is("everyday"):
            self._at += 1
            return list(range(7))
        first = self._day()
        if not (self._is("to") and self._is_day(1)):
            return [first]
        self._at += 1
        last = self._day()
        if last <= first:
            raise _NotUnderstoodError
        return list(range(first, last + 1))

    def _day(self) -> int:
        if not self._is_day():
            raise _NotUnderstoodError
        self._at += 1
        return int(self._tokens[self._at - 1][0][-1])

    def _ranges(self) -> list[tuple[int, int]]:
        ranges = [self._range()]
        while self._is("and") and "time" in (self._kind(1), self._kind(1) == "part" and self._kind(2)):
            self._at += 1
            self._skip("part")
            ranges.append(self._range())
        return ranges

    def _range(self) -> tuple[int, int]:
        start = self._time()
        if not self._is("to"):
            raise _NotUnderstoodError
        self._at += 1
        end = self._time()
        if end <= start:
            raise _NotUnderstoodError
        return start, end

    def _time(self) -> int:
        if not self._is("time"):
            raise _NotUnderstoodError
        text = self._tokens[self._at][1].strip()
        self._at += 1
        if text == "midi":
            return 12 * 60
        match = _TIME.match(text)
        if match is None:
            raise _NotUnderstoodError
        minutes = int(match[1]) * 60 + int(match[2] or 0)
        if minutes > 24 * 60:
            raise _NotUnderstoodError
        return minutes

    def _kind(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at][0] if at < len(self._tokens) else ""

    def _is(self, *kinds: str) -> bool:
        return self._kind() in kinds

    def _is_day(self, ahead: int = 0) -> bool:
        kind = self._kind(ahead)
        return kind.startswith("day") or kind == "everyday"

    def _skip(self, kind: str) -> None:
        while self._is(kind):
            self._at += 1


def _by_day(rules: list[_Rule]) -> list[tuple[tuple[int, int], ...]]:
    """The ranges of each of the seven days. A day told twice in different company is ambiguous: refused."""
    told: dict[int, _Rule] = {}
    closed = {day for rule in rules if rule.closed for day in rule.days}
    for rule in (r for r in rules if not r.closed):
        for day in rule.days:
            if day in told and told[day].days != rule.days:
                raise _NotUnderstoodError
        if rule.days[0] in told:
            told[rule.days[0]].ranges.extend(rule.ranges)
        else:
            told |= dict.fromkeys(rule.days, rule)
    if not told:
        raise _NotUnderstoodError
    return [tuple(sorted(told[d].ranges)) if d in told and d not in closed else () for d in range(7)]


def _written(week: list[tuple[tuple[int, int], ...]]) -> str:
    if any(a[1] > b[0] for ranges in week for a, b in pairwise(ranges)):
        raise _NotUnderstoodError
    parts: list[str] = []
    for ranges, group in groupby(range(7), key=lambda day: week[day]):
        days = list(group)
        if ranges:
            span = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
            parts.append(f"{span} {','.join(f'{_clock(a)}-{_clock(b)}' for a, b in ranges)}")
    if not parts:
        raise _NotUnderstoodError
    return "; ".join(parts)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
