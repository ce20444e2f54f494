"""CSV as partners write it."""

from typing import Any

import pytest

from indexer.errors import FeedError
from indexer.feeds.base import REFUSAL_KEY
from indexer.feeds.cells import parse_cell, split_values


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(read: Any, delimiter: str) -> None:
    (record,) = read(f"id{delimiter}nom\r\na--1{delimiter}Un\r\n")
    assert record.fields == {"id": "a--1", "nom": "Un"}


def test_a_byte_order_mark_and_capitals_in_the_header_do_not_hide_a_column(read: Any) -> None:
    assert read("\ufeffID;Nom\na--1;Un")[0].fields == {"id": "a--1", "nom": "Un"}


def test_a_quoted_text_may_hold_lines_quotes_and_the_delimiter(read: Any) -> None:
    rows = read('id;nom;description\na--1;Un;"deux ; ""trois""\nquatre"\na--2;Deux;\n')
    assert rows[0].fields["description"] == 'deux ; "trois"\nquatre'
    assert [r.row for r in rows] == [2, 3]


def test_blank_rows_are_passed_over_and_counted(read: Any) -> None:
    assert [r.row for r in read("id;nom\n;\n\na--1;Un")] == [4]


@pytest.mark.parametrize("row", ["a--1;Un;trop", "a--1"])
def test_a_wrong_number_of_columns_refuses_that_row_alone(read: Any, row: str) -> None:
    rows = read(f"id;nom\n{row}\na--2;Deux")
    assert "colonnes au lieu de 2" in rows[0].fields[REFUSAL_KEY]
    assert rows[0].row == 2
    assert rows[1].fields["nom"] == "Deux"


def test_empty_cells_beyond_the_header_are_harmless(read: Any) -> None:
    assert read("id;nom\na--1;Un;;")[0].fields == {"id": "a--1", "nom": "Un"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id;nom;nom\na--1;Un;Deux", "ligne 1 : colonne en double : nom"),
        ("code;libelle\n1;Un", "« id » et « nom »"),
        ('id;nom\na--1;"jamais fermé\n', "guillemet"),
    ],
)
def test_a_broken_csv_is_said_with_its_row(read: Any, content: str, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        read(content)


def test_windows_1252_with_semicolons_as_a_spreadsheet_writes_it(read: Any) -> None:
    (record,) = read("id;nom\r\na--1;Épicerie\r\n".encode("cp1252"))
    assert record.fields["nom"] == "Épicerie"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("mobilite", ["mobilite"]),
        ("a;b", ["a", "b"]),
        ("a|b", ["a", "b"]),
        (" a , b ,", ["a", "b"]),
        ('["a", "b"]', ["a", "b"]),
        ('{a,"b c"}', ["a", "b c"]),
        ("", []),
        ("[a", ["[a"]),
    ],
)
def test_a_list_column_takes_every_usual_writing(text: str, values: list[str]) -> None:
    assert parse_cell("thematiques", text) == values


def test_other_columns_stay_text_and_objects_are_read() -> None:
    assert parse_cell("description", "a;b") == "a;b"
    assert parse_cell("sessions", '[{"debut": "2026-05-04"}]') == [{"debut": "2026-05-04"}]
    assert parse_cell("sessions", "lundi; mardi") == "lundi; mardi"


def test_the_first_separator_wins() -> None:
    assert split_values("a, b; c") == ["a, b", "c"]
