"""Where the columns are named: under a title, on one line or two, whatever the accents and the capitals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.feeds.tables.sheet import Line
from indexer.normalise.folding import unaccent

SEARCHED: Final = 25
"""Lines at the top among which the names of the columns are looked for."""

JOINT: Final = " / "
"""Between the two lines of a double header: « Contact / Téléphone »."""

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns, "" for one without; data begin after line `last`."""

    names: tuple[str, ...]
    last: int


def column_key(name: str) -> str:
    """What two spellings of one column's name share."""
    return _NOT_WORD.sub("", unaccent(name).lower()) or name.strip()


def build_header(lines: Sequence[Line], index: int, depth: int) -> Header:
    """The header made of `depth` lines (1 or 2) from lines[index]."""
    rows = [line.cells for line in lines[index : index + depth]]
    width = max(len(row) for row in rows)
    padded = [row + [""] * (width - len(row)) for row in rows]
    if depth == 2:
        padded[0] = _spread(padded[0], padded[1])
    names = [_join([row[column] for row in padded]) for column in range(width)]
    return Header(tuple(_numbered(names)), lines[index + depth - 1].number)


def find_header(lines: Sequence[Line], wanted: Sequence[str]) -> Header | None:
    """The header that names the most of `wanted`; without any, the first one that looks like a header."""
    if not wanted:
        return guess_header(lines)
    keys = {column_key(name) for name in wanted}
    candidates = [
        build_header(lines, index, depth)
        for index in range(min(len(lines), SEARCHED))
        for depth in (1, 2)
        if index + depth <= len(lines)
    ]
    return max(candidates, key=lambda header: (_found(header, keys), -header.last), default=None)


def guess_header(lines: Sequence[Line]) -> Header | None:
    """The first line with the most different short texts; with the one that goes with it, above or below, if any."""
    top = lines[:SEARCHED]
    if not top:
        return None
    widest = max(len(set(filter(None, line.cells))) for line in top)
    index = next(i for i, line in enumerate(top) if _looks_like_names(line, widest))
    above = top[index - 1] if index else None
    if above is not None and above.number == top[index].number - 1 and len(set(filter(None, above.cells))) >= 2:
        return build_header(lines, index - 1, 2)
    below = top[index + 1] if index + 1 < len(top) else None
    return build_header(lines, index, 2 if below is not None and _parts_groups(top[index], below) else 1)


def _parts_groups(upper: Line, lower: Line) -> bool:
    """Whether the lower line names columns under groups of the upper one: « Contact » over « Téléphone », « Mail »."""
    width = max(len(upper.cells), len(lower.cells))
    above, below = (line.cells + [""] * (width + 1 - len(line.cells)) for line in (upper, lower))
    named = [column for column in range(width) if below[column] and below[column] != above[column]]
    if len(named) < 2 or any(len(below[c]) > 40 or any(map(str.isdigit, below[c])) for c in named):
        return False
    spanned = [c for c in named if not above[c] or (c > 0 and above[c] == above[c - 1])]
    starts = [c for c in named if above[c] and above[c + 1] in ("", above[c]) and below[c + 1]]
    return bool(spanned) and set(named) == {*spanned, *starts}


def _looks_like_names(line: Line, widest: int) -> bool:
    distinct = set(filter(None, line.cells))
    return len(distinct) >= max(1, round(widest * 0.6)) and len(distinct) >= min(2, widest)


def _found(header: Header, keys: set[str]) -> int:
    return len(keys & {column_key(name) for name in header.names})


def _spread(upper: list[str], lower: list[str]) -> list[str]:
    """A group's name over the columns that it spans: the cells to its right that are empty, over a named column."""
    spread = list(upper)
    for column in range(1, len(spread)):
        if not spread[column] and lower[column]:
            spread[column] = spread[column - 1]
    return spread


def _join(parts: list[str]) -> str:
    cleaned = [_SPACES.sub(" ", part).strip() for part in parts]
    return JOINT.join(dict.fromkeys(part for part in cleaned if part))


def _numbered(names: list[str]) -> list[str]:
    """The second « Date » is « Date (2) »."""
    seen: dict[str, int] = {}
    told: list[str] = []
    for name in names:
        key = column_key(name)
        seen[key] = seen.get(key, 0) + 1
        told.append(f"{name} ({seen[key]})" if name and seen[key] > 1 else name)
    return told
