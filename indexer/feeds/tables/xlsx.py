"""XLSX, streamed by openpyxl; merged cells and formulas without a result are told by the sheet's own XML."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

import openpyxl
from openpyxl.utils.cell import column_index_from_string

from indexer.errors import FeedError
from indexer.feeds.tables.archive import open_archive, read_entry
from indexer.feeds.tables.cells import render_cell
from indexer.feeds.tables.sheet import MAX_COLUMNS, Line, Sheet, choose_sheet, limit_lines

MAX_MERGES: Final = 5_000
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_BARE_FORMULA = re.compile(
    rb'<c\s[^>]*?r="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]{0,8000}</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)


@dataclass(slots=True)
class Merges:
    """Merged ranges by first row; the value of their first cell stands for all of them."""

    ranges: list[tuple[int, int, int, int]]
    values: dict[tuple[int, int], str] = field(default_factory=dict)

    def fill(self, number: int, cells: list[str]) -> list[str]:
        """The cells of a row (columns from 0) with merged ones filled."""
        for top, left, bottom, right in self.ranges:
            if not top <= number <= bottom:
                continue
            if number == top:
                self.values[top, left] = cells[left] if left < len(cells) else ""
            value = self.values.get((top, left), "")
            last = min(right, MAX_COLUMNS - 1)
            cells += [""] * (last + 1 - len(cells))
            cells[left : last + 1] = [value] * (last + 1 - left)
        return cells


def open_xlsx(stream: BinaryIO, name: str, wanted: str = "") -> Sheet:
    """The sheet called `wanted`, or the first. Formulas give the result that the spreadsheet saved.

    FeedError when the workbook is damaged, too large, or has no such sheet.
    """
    archive = open_archive(stream, name)
    try:
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        chosen = choose_sheet(workbook.sheetnames, wanted, name)
        sheet = workbook[chosen]
        source = read_entry(archive, str(getattr(sheet, "_worksheet_path", "")).lstrip("/"), name)
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, OSError, SyntaxError) as error:
        raise _damaged(name) from error  # openpyxl has no error of its own for XML that makes no sense
    return Sheet(chosen, limit_lines(_iter_lines(sheet, name, _merges(source)), name), _remarks(source))


def _iter_lines(sheet: Any, name: str, merges: Merges) -> Iterator[Line]:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    try:
        for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [render_cell(value) for value in values[:MAX_COLUMNS]]
            yield Line(number, merges.fill(number, cells) if merges.ranges else cells)
    except (KeyError, ValueError, TypeError, IndexError, zipfile.BadZipFile, OSError, SyntaxError) as error:
        raise _damaged(name) from error


def _damaged(name: str) -> FeedError:
    return FeedError(f"{name} : classeur abîmé. Ouvrez-le dans un tableur et enregistrez-le de nouveau, ou en CSV.")


def _merges(source: bytes) -> Merges:
    ranges: list[tuple[int, int, int, int]] = []
    for found in _MERGE.finditer(source):
        left, right = (column_index_from_string(found[i].decode()) - 1 for i in (1, 3))
        if left < MAX_COLUMNS and len(ranges) < MAX_MERGES:
            ranges.append((int(found[2]), left, int(found[4]), right))
    return Merges(sorted(ranges))


def _remarks(source: bytes) -> tuple[str, ...]:
    bare = [found[1].decode() for found in _BARE_FORMULA.finditer(source)]
    if not bare:
        return ()
    return (
        f"{len(bare)} formules n'ont pas de résultat enregistré (d'abord {', '.join(bare[:5])}) : elles sont lues "
        "comme vides. Ouvrez le classeur dans un tableur et enregistrez-le.",
    )
