"""A partner's table as rows: its columns by name, as texts. A mapping makes offers of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile, Row
from indexer.feeds.tables.cells import is_error
from indexer.feeds.tables.delimited import open_delimited
from indexer.feeds.tables.header import SEARCHED, Header, build_header, column_key, find_header
from indexer.feeds.tables.sheet import Line, Sheet

_TOTAL = re.compile(r"(?:sous[- ])?tota(?:l|ux)\b|nombre total\b", re.IGNORECASE)
ZIP: Final = b"PK\x03\x04"
_ODS_MARK: Final = b"application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose columns are known: `lines` are those of data."""

    sheet: Sheet
    header: Header
    lines: Iterator[Line]


def iter_table(file: FeedFile) -> Iterator[Row]:
    """The rows of a CSV, XLSX or ODS: {column: text}, empty cells left out.

    Options: `feuille`, `ligne_titres` (from 1) and `lignes_titres` (1 or 2) when they are not found by themselves,
    `recopier` (columns whose empty cells mean « as above »). FeedError when a column that the mapping needs is not
    there, telling those that are.
    """
    table = open_table(file)
    _require_columns(file, table.header)
    copied = {column_key(name) for name in file.options.texts("recopier")}
    above: dict[str, str] = {}
    remarks = table.sheet.remarks
    for line in table.lines:
        row = _row(line, table.header, copied, above)
        yield Row(row.number, row.fields, row.refusal, remarks + row.remarks)
        remarks = ()


def open_table(file: FeedFile) -> Table:
    """The sheet of a file, its header found. FeedError when it holds no line that could name columns."""
    sheet = _open_sheet(file)
    top = list(islice(sheet.lines, SEARCHED + 2))
    header = _asked_header(file, top) or find_header(top, file.options.columns)
    if header is None:
        raise FeedError(f"{file.name} : la feuille « {sheet.name} » est vide. Vérifiez l'export qui l'a produite.")
    return Table(sheet, header, _after(header, top, sheet))


def _open_sheet(file: FeedFile) -> Sheet:
    magic = file.stream.read(200)
    file.stream.seek(-len(magic), 1)
    wanted = file.options.text("feuille")
    if not magic.startswith(ZIP):
        return open_delimited(file)
    if _ODS_MARK in magic:
        from indexer.feeds.tables.ods import open_ods  # a CSV needs neither library

        return open_ods(file.stream, file.name, wanted)
    from indexer.feeds.tables.xlsx import open_xlsx

    return open_xlsx(file.stream, file.name, wanted)


def _asked_header(file: FeedFile, top: list[Line]) -> Header | None:
    number, depth = file.options.values.get("ligne_titres"), file.options.values.get("lignes_titres", 1)
    if number is None:
        return None
    index = next((i for i, line in enumerate(top) if line.number == number), None)
    if index is None or depth not in (1, 2) or index + depth > len(top):
        raise FeedError(
            f"{file.name} : pas de titres de colonnes à la ligne {number} (options « ligne_titres », "
            "« lignes_titres » = 1 ou 2). Retirez ces options pour qu'ils soient cherchés."
        )
    return build_header(top, index, depth)


def _after(header: Header, top: list[Line], sheet: Sheet) -> Iterator[Line]:
    yield from (line for line in top if line.number > header.last)
    yield from sheet.lines


def _require_columns(file: FeedFile, header: Header) -> None:
    present = {column_key(name) for name in header.names if name}
    missing = [name for name in file.options.columns if column_key(name) not in present]
    if missing:
        seen = " ; ".join(name for name in header.names if name)
        raise FeedError(
            f"{file.name} : colonnes absentes : {' ; '.join(missing)}. Colonnes lues, ligne {header.last} : {seen}. "
            "Si le partenaire les a renommées, changez leur nom dans la source ; sinon, demandez-lui le bon fichier."
        )


def _row(line: Line, header: Header, copied: set[str], above: dict[str, str]) -> Row:
    fields: dict[str, str] = {}
    errors: list[str] = []
    for column, text in zip(header.names, line.cells, strict=False):
        if not column:
            continue
        if is_error(text):
            errors.append(f"La colonne « {column} » contient l'erreur {text} : la formule est à réparer.")
            text = ""
        if column_key(column) in copied:
            text = above[column] = text or above.get(column, "")
        if text:
            fields[column] = text
    return Row(line.number, dict(fields), _refusal(line, header), tuple(errors))


def _refusal(line: Line, header: Header) -> str | None:
    """Why a line is no record: a title between two parts of the table, a total, or its header said again."""
    names = [name for name in header.names if name]
    texts = {cell for cell in line.cells if cell}
    if len(names) >= 3 and len(texts) == 1 and (line.filled > 2 or len(line.cells) <= 1 or not any(line.cells[1:])):
        return "un titre ou une note au milieu du tableau, et non une fiche."
    first = next((cell for cell in line.cells if cell), "")
    if _TOTAL.match(first) and line.filled * 2 < len(names):
        return "un total, et non une fiche."
    if len(texts) >= 2 and [c for c in line.cells if c] == names:
        return "les titres des colonnes, écrits de nouveau."
    return None
