"""Whether a file is a table in the layout that was declared for it."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from indexer.errors import ReferenceDataError
from indexer.reference.known_tables import KnownTable

_YEAR = re.compile(r"\d{4}", re.ASCII)


class Reader(Protocol):
    """A csv.reader, which has no public type."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


def check_table(table: KnownTable, file_name: str, text: str) -> tuple[int, str]:
    """Its number of rows and its vintage; ReferenceDataError names the file, the line and what is wrong."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        _check_header(table, file_name, header)
        count, vintages = _check_rows(table, file_name, header, rows)
    except csv.Error as error:
        raise ReferenceDataError(f"{file_name}, ligne {rows.line_num} : CSV mal formé ({error}).") from error
    if count == 0:
        raise ReferenceDataError(f"{file_name} ne contient aucune ligne.")
    return count, ", ".join(sorted(vintages)) or table.vintage


def _check_header(table: KnownTable, file_name: str, header: Sequence[str]) -> None:
    missing = [column for column in table.columns if column not in header]
    if missing:
        seen = ", ".join(header[:8]) or "aucune"
        raise ReferenceDataError(
            f"{file_name} : colonnes absentes : {', '.join(missing)}. Colonnes trouvées : {seen}. "
            "Le fichier doit être en CSV, séparé par des virgules."
        )


def _check_rows(table: KnownTable, file_name: str, header: Sequence[str], rows: Reader) -> tuple[int, set[str]]:
    """How many rows, and the years that they bear."""
    form, vintages, count = re.compile(table.form), set[str](), 0
    key = header.index(table.key)
    year = None if table.vintage_column is None else header.index(table.vintage_column)
    for row in rows:
        where = f"{file_name}, ligne {rows.line_num}"
        if len(row) != len(header):
            raise ReferenceDataError(f"{where} : {len(row)} valeurs pour {len(header)} colonnes.")
        if form.fullmatch(row[key]) is None:
            raise ReferenceDataError(f"{where} : « {row[key]} » n'est pas une valeur de {table.key}.")
        if year is not None and _YEAR.fullmatch(row[year]) is None:
            raise ReferenceDataError(f"{where} : « {row[year]} » n'est pas une année ; sans elle, aucun millésime.")
        if year is not None:
            vintages.add(row[year])
        count += 1
    return count, vintages
