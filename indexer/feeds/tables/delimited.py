"""CSV of any partner: the separator is the one that cuts the first lines the most alike."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile
from indexer.feeds.tables.cells import render_cell
from indexer.feeds.tables.sheet import MAX_COLUMNS, Line, Sheet, limit_lines

SEPARATORS: Final = (";", ",", "\t", "|")
_LINES_SEEN = 30


def open_delimited(file: FeedFile) -> Sheet:
    """The table of a CSV. FeedError, while it is read, for a quote that is never closed."""
    separator = guess_separator(file.head)
    return Sheet(file.name, limit_lines(_iter_lines(file, separator), file.name))


def guess_separator(head: str) -> str:
    """The separator under which most of the first lines have the same number of cells, more than one."""
    return max(SEPARATORS, key=lambda separator: _agreement(head, separator))


def _agreement(head: str, separator: str) -> tuple[int, int]:
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(head[:65_536], newline=""), delimiter=separator):
            widths.append(len(cells))
            if len(widths) == _LINES_SEEN:
                break
    except csv.Error:
        return 0, 0
    (width, count), *_ = Counter(w for w in widths if w > 1).most_common(1) or [(0, 0)]
    return count, width


def _iter_lines(file: FeedFile, separator: str) -> Iterator[Line]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(file.text(newline=""), delimiter=separator, strict=True), start=1):
            yield Line(number, [render_cell(cell) for cell in cells[:MAX_COLUMNS]])
    except csv.Error as error:
        raise FeedError(
            f"{file.name}, ligne {number + 1} : CSV illisible ({error}). "
            "Cherchez un guillemet ouvert et jamais fermé, ou doublez les guillemets dans les textes."
        ) from error
