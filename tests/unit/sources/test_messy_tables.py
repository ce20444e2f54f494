"""Partners' tables: XLSX, ODS and CSV read as people write them, and refused when they are dangerous."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import FeedError
from indexer.feeds.base import FeedOptions, Row
from indexer.feeds.data_inclusion import iter_raw_records
from indexer.feeds.opening import open_feed
from indexer.feeds.tables.reader import iter_table, open_table
from tests.support.messy_workbook import write_messy_workbook

ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Feuille1">{rows}<table:table-row table:number-rows-repeated="1048000"><table:table-cell
 table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>"""


def read(path: Path, columns: tuple[str, ...] = (), **values: Any) -> list[Row]:
    from dataclasses import replace

    with open_feed(str(path)) as file:
        return list(iter_table(replace(file, options=FeedOptions(columns=columns, values=values))))


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def write_ods(path: Path, rows: list[list[str]], content: str | None = None) -> Path:
    lines = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=lines) if content is None else content)
    return path


def test_a_messy_workbook_gives_its_columns_by_name(tmp_path: Path) -> None:
    rows = read(write_messy_workbook(tmp_path / "a.xlsx"))
    assert rows[0].number == 5
    assert rows[0].fields["Quand / Date"] == "2031-03-04"
    assert rows[0].fields["Contact / Mail"] == "contact@tilleuls.example"
    assert rows[0].fields["Nb places"] == "8"


def test_merged_cells_are_filled_downwards(tmp_path: Path) -> None:
    rows = read(write_messy_workbook(tmp_path / "a.xlsx"))
    assert [row.fields.get("Organisme") for row in rows[:3]] == ["Régie des Tilleuls"] * 3


def test_a_title_in_the_middle_is_refused_and_the_rows_around_stay(tmp_path: Path) -> None:
    rows = read(write_messy_workbook(tmp_path / "a.xlsx"))
    assert [row.number for row in rows if row.refusal] == [8]
    assert len(rows) == 6


def test_a_line_of_totals_is_refused_and_a_course_named_total_stays(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "Atelier;Date;Lieu;Tarif;Places\nTotal relooking;4/3/2031;Belfort;gratuit;8\nTOTAL;;;;8\nSous-total mars;;;;8\n"
    )
    assert [row.refusal for row in read(path)] == [None, "un total, et non une fiche.", "un total, et non une fiche."]


def test_formulas_without_a_result_and_errors_are_said_with_their_place(tmp_path: Path) -> None:
    rows = read(write_messy_workbook(tmp_path / "a.xlsx"))
    assert "3 formules" in rows[0].remarks[0]
    assert "J7, K7, B9" in rows[0].remarks[0]
    assert any("#REF!" in remark for remark in rows[4].remarks)
    assert "Nb places" not in rows[4].fields


def test_columns_that_moved_are_found_by_their_name(tmp_path: Path) -> None:
    columns = ("Atelier", "Contact / Mail", "Quand / Date")
    still = read(write_messy_workbook(tmp_path / "a.xlsx"), columns)
    moved = read(write_messy_workbook(tmp_path / "b.xlsx", shuffled=True), columns)
    for name in columns:
        assert [r.fields.get(name) for r in moved if not r.refusal] == [
            r.fields.get(name) for r in still if not r.refusal
        ]


def test_a_missing_column_is_said_with_those_that_are_there(tmp_path: Path) -> None:
    path = write_messy_workbook(tmp_path / "a.xlsx")
    with pytest.raises(FeedError, match=r"colonnes absentes : Intitulé.*Atelier"):
        read(path, ("Organisme", "Intitulé", "Quand / Date"))


def test_a_sheet_is_chosen_by_name_and_a_wrong_name_tells_the_others(tmp_path: Path) -> None:
    path = write_messy_workbook(tmp_path / "a.xlsx")
    assert len(read(path, feuille="ateliers 2031")) == 6
    with pytest.raises(FeedError, match="Ateliers 2031, Notes"):
        read(path, feuille="Absente")


def test_an_open_document_gives_dates_hours_numbers_and_repeated_cells(tmp_path: Path) -> None:
    day = 'office:value-type="date" office:date-value="2031-03-04"'
    hour = 'office:value-type="time" office:time-value="PT09H30M00S"'
    number = 'office:value-type="float" office:value="8"'
    twice = 'office:value-type="string" table:number-columns-repeated="2"'
    path = write_ods(
        tmp_path / "a.ods",
        [
            [cell(name) for name in ("Nom", "Date", "Heure", "Places", "Un", "Deux")],
            [cell("CV"), cell("4 mars", day), cell("9:30", hour), cell("8", number), cell("x", twice)],
        ],
    )
    (row,) = read(path)
    assert row.fields == {
        "Nom": "CV", "Date": "2031-03-04", "Heure": "09:30", "Places": "8", "Un": "x", "Deux": "x",
    }  # fmt: skip


def test_entities_in_an_open_document_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(FeedError, match="entités"):
        read(write_ods(tmp_path / "a.ods", [], bomb))


def test_a_zip_that_swells_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 20_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(FeedError, match="anormalement grand"):
        read(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04 abime" * 50], ids=["cut", "garbage"])
def test_a_damaged_workbook_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(FeedError, match="classeur abîmé"):
        read(tmp_path / "a.xlsx")


def test_a_zip_that_is_no_workbook_is_said(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("notes.txt", "bonjour")
    with pytest.raises(FeedError, match="classeur abîmé"):
        read(tmp_path / "a.zip")


def test_a_workbook_cut_anywhere_is_refused_or_read(tmp_path: Path) -> None:
    whole = write_messy_workbook(tmp_path / "a.xlsx").read_bytes()
    for end in range(100, len(whole), len(whole) // 12):
        (tmp_path / "b.xlsx").write_bytes(whole[:end])
        with pytest.raises(FeedError):
            read(tmp_path / "b.xlsx")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_of_any_separator_and_encoding_is_read(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = [["Export du jour"], ["Intitulé", "Ville", "Été"], ["Atelier CV", "Belfort", "oui"], ["", "", ""]]
    text = "\r\n".join(separator.join(line) for line in lines)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    (row,) = read(tmp_path / "a.csv", ("Intitulé",))
    assert (row.number, row.fields) == (3, {"Intitulé": "Atelier CV", "Ville": "Belfort", "Été": "oui"})


def test_empty_cells_that_mean_as_above_are_copied(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Structure;Nom;Date\nCCAS;A;1\n;B;2\nCafé;C;3\n")
    rows = read(tmp_path / "a.csv", recopier=["Structure"])
    assert [row.fields["Structure"] for row in rows] == ["CCAS", "CCAS", "Café"]


def test_two_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Nom;Date;Date\nA;1;2\n")
    assert read(tmp_path / "a.csv")[0].fields == {"Nom": "A", "Date": "1", "Date (2)": "2"}


def test_the_header_said_again_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Nom;Ville\nA;B\nNom;Ville\nC;D\n")
    assert [row.refusal is None for row in read(tmp_path / "a.csv")] == [True, False, True]


def test_an_import_recognises_a_workbook_of_our_own_columns(tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    for line in (("id", "source", "nom", "structure_id"), ("ex--1", "ex", "Atelier", "ex--s")):
        workbook.active.append(line)
    workbook.save(tmp_path / "a")
    (record,) = iter_raw_records([str(tmp_path / "a")], "essai")
    assert record.fields == {"id": "ex--1", "source": "ex", "nom": "Atelier", "structure_id": "ex--s"}


def test_a_sheet_whose_cells_are_at_the_end_of_the_world_is_read_in_little_memory(tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active.append(["Nom", "Ville"])
    workbook.active["XFD100000"] = "loin"
    buffer = io.BytesIO()
    workbook.save(buffer)
    (tmp_path / "a.xlsx").write_bytes(buffer.getvalue())
    with open_feed(str(tmp_path / "a.xlsx")) as file:
        assert open_table(file).header.names[:2] == ("Nom", "Ville")
