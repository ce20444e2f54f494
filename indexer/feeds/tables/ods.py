"""ODS: OpenDocument's `content.xml`, read as a stream (OpenDocument 1.3, part 3, chapter 9)."""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from indexer.errors import FeedError
from indexer.feeds.tables.archive import open_archive, read_entry
from indexer.feeds.tables.cells import render_cell
from indexer.feeds.tables.sheet import MAX_COLUMNS, Line, Sheet, choose_sheet, limit_lines

MAX_REPEAT: Final = 1_000
"""A filled line that says to be repeated more often is a mistake of a whole column."""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def open_ods(stream: BinaryIO, name: str, wanted: str = "") -> Sheet:
    """The sheet called `wanted`, or the first. FeedError when the document is damaged, or has no such sheet."""
    content = read_entry(open_archive(stream, name), "content.xml", name)
    chosen = choose_sheet(list(_iter_names(content, name)), wanted, name)
    return Sheet(chosen, limit_lines(_iter_lines(content, chosen, name), name))


def _iter_names(content: bytes, name: str) -> Iterator[str]:
    for event, element in _iter_xml(content, name):
        if event == "start" and element.tag == f"{_TABLE}table":
            yield element.get(f"{_TABLE}name", "")


def _iter_lines(content: bytes, wanted: str, name: str) -> Iterator[Line]:
    inside = False
    number = 1
    for event, element in _iter_xml(content, name):
        if element.tag == f"{_TABLE}table":
            inside = event == "start" and element.get(f"{_TABLE}name", "") == wanted
            if event == "end":
                element.clear()
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            if inside:
                cells = _cells(element)
                repeat = _repeated(element, "number-rows-repeated")
                for offset in range(min(repeat, MAX_REPEAT) if any(cells) else 0):
                    yield Line(number + offset, list(cells))
                number += repeat
            element.clear()


def _iter_xml(content: bytes, name: str) -> Iterator[tuple[str, Element]]:
    try:
        yield from iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise FeedError(f"{name} : classeur abîmé, ou qui contient des entités interdites.") from error


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        room = MAX_COLUMNS - len(cells)
        cells += [_render(cell)] * min(_repeated(cell, "number-columns-repeated"), room)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _repeated(element: Element, attribute: str) -> int:
    text = element.get(f"{_TABLE}{attribute}", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def _render(cell: Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "date":
        return render_cell(cell.get(f"{_OFFICE}date-value", "").replace("T", " ").removesuffix(" 00:00:00")[:16])
    if kind == "time":
        return _time(cell.get(f"{_OFFICE}time-value", ""))
    if kind == "boolean":
        return render_cell(cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind in ("float", "percentage", "currency"):
        return _number(cell.get(f"{_OFFICE}value", ""))
    return render_cell("\n".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p")))


def _time(duration: str) -> str:
    """`PT09H30M00S` as 09:30."""
    hours, _, rest = duration.removeprefix("PT").partition("H")
    minutes = rest.partition("M")[0]
    return f"{int(hours):02d}:{int(minutes):02d}" if hours.isdecimal() and minutes.isdecimal() else ""


def _number(text: str) -> str:
    try:
        return render_cell(float(text))
    except ValueError:
        return render_cell(text)  # a number that is none is shown as it is written
