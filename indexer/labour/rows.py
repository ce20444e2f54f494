"""Rows of the loaded tables, read strictly: what cannot be a figure is refused with its file and its line."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from indexer.errors import ReferenceDataError

WITHHELD = "*"
"""How the hiring survey writes a figure that it keeps secret."""


class Row:
    """One row, which knows where it is."""

    __slots__ = ("_values", "_where")

    def __init__(self, values: Mapping[str, str], where: str) -> None:
        self._values, self._where = values, where

    def __getitem__(self, column: str) -> str:
        return self._values[column]

    def level(self, column: str) -> int:
        """1 to 5, 0 where nothing is published."""
        text = self._values[column].removesuffix(".0")
        if text in ("", "1", "2", "3", "4", "5"):
            return int(text or 0)
        raise self._refused(column, "un niveau de 1 à 5")

    def count(self, column: str) -> int | None:
        """A whole number; None for a secret, and where nothing is published."""
        text = self._values[column].strip().removesuffix(".0")
        if text in ("", WITHHELD):
            return None
        if text.isdigit() and len(text) < 9:
            return int(text)
        raise self._refused(column, f"un nombre entier, ou « {WITHHELD} » pour un secret")

    def weight(self, column: str) -> float:
        """A number that only weighs others; 0 where it is absent from the table or is none."""
        try:
            return max(0.0, float(self._values.get(column) or 0))
        except ValueError:
            return 0.0

    def _refused(self, column: str, expected: str) -> ReferenceDataError:
        message = f"{self._where}, colonne {column} : « {self._values[column][:40]} » n'est pas {expected}."
        return ReferenceDataError(message)


def iter_table(folder: Path, name: str) -> Iterator[Row]:
    """The rows of a table of a generation; none when it is not there."""
    path = folder / f"{name}.csv"
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for values in reader:
                yield Row(values, f"{name}, ligne {reader.line_num}")


def iter_latest(folder: Path, name: str, year_column: str) -> Iterator[Row]:
    """The rows of the last year only, where a table holds several."""
    last = max((row[year_column] for row in iter_table(folder, name)), default="")
    return (row for row in iter_table(folder, name) if row[year_column] == last)
