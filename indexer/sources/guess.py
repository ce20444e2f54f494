"""Proposes what each column of a partner's table is, from its name and its values, and says how sure it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz

from indexer.feeds.opening import open_feed
from indexer.feeds.tables.reader import open_table
from indexer.normalise.folding import unaccent
from indexer.sources.column_names import LOOKS, NAMES, TOLD_BY_VALUES

SAMPLE: Final = 300
"""Lines looked at: enough for each kind of mess to show, few enough for an answer at once."""

SURE: Final = 0.8
LEAST: Final = 0.5
_NOT_WORD = re.compile(r"[^a-z0-9°]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column as it was read: its name, the values of the sample ("" for empty cells)."""

    name: str
    values: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        return [value for value in self.values if value]

    def share(self, field: str) -> float | None:
        """The share of its values that look like the field's; None when the field has no look, or nothing is filled."""
        look = LOOKS.get(field)
        return None if look is None or not self.filled else sum(map(look, self.filled)) / len(self.filled)


@dataclass(frozen=True, slots=True)
class Match:
    """A column taken for a field. `score` in 0–1; `why` is for the person who checks."""

    column: Column
    field: str
    score: float
    why: str

    @property
    def sure(self) -> bool:
        return self.score >= SURE


@dataclass(frozen=True, slots=True)
class Guess:
    """What was understood of a table: one match a field, and the columns that nothing was made of."""

    path: Path
    sheet: str
    first_line: int
    matches: dict[str, Match]
    left: tuple[Column, ...]
    copied: tuple[str, ...]

    def name_of(self, field: str) -> str | None:
        found = self.matches.get(field)
        return None if found is None else found.column.name


def guess_file(path: Path) -> Guess:
    """Reads the beginning of a CSV, XLSX or ODS. Raises FeedError when it is none of them, or is empty."""
    with open_feed(str(path)) as file:
        table = open_table(file)
        lines = [line.cells for line in islice(table.lines, SAMPLE)]
        names = table.header.names
        columns = [
            Column(name, tuple(cells[i] if i < len(cells) else "" for cells in lines))
            for i, name in enumerate(names)
            if name
        ]
        matches = match_columns(columns)
        taken = {match.column.name for match in matches.values()}
        left = tuple(column for column in columns if column.name not in taken)
        sheet = "" if table.sheet.name == file.name else table.sheet.name
        return Guess(path, sheet, table.header.last, matches, left, _copied(matches))


def match_columns(columns: Sequence[Column]) -> dict[str, Match]:
    """The best match of each field; a column serves one field, the surest first."""
    found = [m for column in columns for field in NAMES if (m := _match(column, field)) is not None]
    matches: dict[str, Match] = {}
    taken: set[str] = set()
    for match in sorted(found, key=lambda m: (-m.score, m.field, m.column.name)):
        if match.field not in matches and match.column.name not in taken:
            matches[match.field] = match
            taken.add(match.column.name)
    return matches


def _match(column: Column, field: str) -> Match | None:
    named = max(_name_score(column.name, name) for name in NAMES[field])
    share = column.share(field)
    if share is not None and named > 0:
        score = named + 0.15 if share >= 0.7 else named - (0.5 if share < 0.3 else 0.15)
        why = f"son nom ; {share:.0%} des valeurs en ont la forme"
    elif field in TOLD_BY_VALUES and share is not None and share >= 0.8:
        score, why = 0.6, f"ses valeurs seules ({share:.0%}) : son nom ne le dit pas"
    else:
        score, why = named, "son nom"
    if not column.filled:
        return None
    return Match(column, field, min(score, 1.0), why) if score >= LEAST else None


def _name_score(name: str, known: str) -> float:
    said, wanted = _plain(name), _plain(known)
    last = _plain(name.rpartition("/")[2])
    if said == wanted or said.removesuffix("s") == wanted.removesuffix("s"):
        return 0.9
    if last == wanted:
        return 0.85
    if re.search(rf"\b{re.escape(wanted)}s?\b", said) and len(wanted) > 2:
        return 0.6 + 0.2 * len(wanted) / len(said)
    close = fuzz.ratio(said, wanted) / 100
    return 0.65 if close >= 0.88 and len(wanted) > 4 else 0.0


def _plain(name: str) -> str:
    return _NOT_WORD.sub(" ", unaccent(name).lower()).strip()


def _copied(matches: dict[str, Match]) -> tuple[str, ...]:
    """Columns whose empty cells seem to mean « as above »: few values, in blocks, on lines that hold an offer."""
    offers = matches.get("nom")
    wanted = [matches[field].column for field in ("structure", "lieu", "commune", "adresse") if field in matches]
    if offers is None:
        return ()
    lines = [i for i, value in enumerate(offers.column.values) if value]
    return tuple(
        column.name
        for column in wanted
        if lines and column.values[lines[0]] and 0.2 <= sum(not column.values[i] for i in lines) / len(lines) <= 0.95
    )
