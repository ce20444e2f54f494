"""What every reader of tables gives: numbered lines of texts, and what is to be said of the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from indexer.errors import FeedError

MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 300


@dataclass(frozen=True, slots=True)
class Line:
    """One line as a spreadsheet numbers it, its cells as text."""

    number: int
    cells: list[str]

    @property
    def filled(self) -> int:
        return sum(1 for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, read line by line; `remarks` are about the whole of it."""

    name: str
    lines: Iterator[Line]
    remarks: tuple[str, ...] = ()


def limit_lines(lines: Iterable[Line], name: str) -> Iterator[Line]:
    """The lines that hold something. FeedError beyond MAX_ROWS of them."""
    count = 0
    for line in lines:
        if line.filled:
            count += 1
            if count > MAX_ROWS:
                raise FeedError(f"{name} : plus de {MAX_ROWS} lignes. Découpez ce tableau.")
            yield line


def choose_sheet(names: list[str], wanted: str, file: str) -> str:
    """The sheet that was asked for, whatever its capitals; the first one when none was. FeedError when it is absent."""
    if not names:
        raise FeedError(f"{file} : classeur sans feuille. Enregistrez-le de nouveau.")
    if not wanted:
        return names[0]
    found = next((name for name in names if name.strip().casefold() == wanted.strip().casefold()), None)
    if found is None:
        raise FeedError(f"{file} : pas de feuille « {wanted} ». Feuilles du classeur : {', '.join(names)}.")
    return found
