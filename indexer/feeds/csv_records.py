"""CSV: a header, then a record a row. Rows count as a spreadsheet shows them, the header being row 1."""

import csv
import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile, Row
from indexer.feeds.cells import parse_cell

DELIMITERS: Final = (";", ",", "\t")
_ID_COLUMNS = frozenset({"id", "nom"})


def iter_csv(file: FeedFile) -> Iterator[Row]:
    """The rows of a CSV file. A row with too few or too many cells is refused, the others stay.

    FeedError for a header that names neither `id` nor `nom`, a repeated column, or a quote that is never closed.
    """
    delimiter, columns = read_header(file)
    reader = csv.reader(file.text(newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > 1 and any(cell.strip() for cell in cells):
                yield _row(number, columns, cells)
    except csv.Error as error:
        raise FeedError(
            f"{file.name}, ligne {number + 1} : CSV illisible ({error}). "
            "Cherchez un guillemet ouvert et jamais fermé, ou doublez les guillemets dans les textes."
        ) from error


def read_header(file: FeedFile) -> tuple[str, tuple[str, ...]]:
    """The delimiter and the names of the columns, in lower case. FeedError when this is not such a CSV."""
    best: tuple[str, ...] = ()
    delimiter = DELIMITERS[0]
    for candidate in DELIMITERS:
        columns = _columns(file.head, candidate)
        if len(columns) > len(best):
            delimiter, best = candidate, columns
    if len(best) < 2 or not _ID_COLUMNS.intersection(best):
        raise FeedError(
            f"{file.name} : format non reconnu. Attendu : une liste JSON, du JSON par lignes, ou un CSV séparé par "
            "« ; », « , » ou tabulation, dont la première ligne nomme les colonnes, dont « id » et « nom »."
        )
    doubles = sorted({c for c in best if c and best.count(c) > 1})
    if doubles:
        raise FeedError(f"{file.name}, ligne 1 : colonne en double : {', '.join(doubles)}. Gardez-en une seule.")
    return delimiter, best


def _columns(head: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return ()
    return tuple(cell.strip().lower() for cell in cells)


def _row(number: int, columns: tuple[str, ...], cells: list[str]) -> Row:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    if extra or len(cells) < len(columns):
        return Row(
            number,
            refusal=f"{len(cells)} colonnes au lieu de {len(columns)} : un texte contient sans doute le séparateur ; "
            "mettez-le entre guillemets.",
        )
    pairs = zip_longest(columns, cells[: len(columns)], fillvalue="")
    return Row(number, {column: parse_cell(column, cell) for column, cell in pairs if column})
