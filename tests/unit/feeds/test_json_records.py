"""JSON lists, wrappers and JSON by lines."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import FeedError
from indexer.feeds.base import REFUSAL_KEY, REMARKS_KEY

ONE = '{"id": "a--1", "nom": "Un"}'
scalars = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    scalars | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
records = st.lists(st.dictionaries(st.text(max_size=8).filter(lambda k: not k.startswith("@")), values, max_size=4))


@pytest.mark.parametrize(
    "content",
    [
        f"[{ONE}]",
        f'{{"items": [{ONE}], "total": 1}}',
        f'{{"meta": {{"items": [1]}}, "data": [{ONE}]}}',
        f'{{\n"data":\n[{ONE}]}}',
        ONE,
        f"{ONE}\n\n",
        f"\n {ONE}\r\n",
        f"\ufeff[{ONE}]",
    ],
)
def test_every_shape_gives_the_same_record(read: Any, content: str) -> None:
    assert [r.fields for r in read(content)] == [{"id": "a--1", "nom": "Un"}]


def test_rows_count_from_one_and_lines_as_an_editor_shows_them(read: Any) -> None:
    assert [r.row for r in read(f"[{ONE}, {ONE}]")] == [1, 2]
    assert [r.row for r in read(f"{ONE}\n\n{ONE}")] == [1, 3]


@given(records)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_list_and_lines_bring_back_what_was_written(read: Any, written: list[dict[str, Any]]) -> None:
    for text, format in ((json.dumps(written), "json"), ("\n".join(map(json.dumps, written)) or "\n ", "ndjson")):
        if text.strip():
            assert [r.fields for r in read(text, format)] == written


def test_numbers_are_plain_numbers(read: Any) -> None:
    (record,) = read('[{"a": 1, "b": 1.5, "c": 1e3}]')
    assert [type(record.fields[k]) for k in "abc"] == [int, float, float]


@pytest.mark.parametrize("content", ["[1, {}]", '["x"]', "[null]", "[[]]"])
def test_a_row_that_is_no_object_is_refused_and_the_others_stay(read: Any, content: str) -> None:
    assert "objet" in read(content)[0].fields[REFUSAL_KEY]


def test_a_line_that_is_no_object_is_refused_and_the_others_stay(read: Any) -> None:
    rows = read(f"{ONE}\n12\n{ONE}")
    assert [REFUSAL_KEY in r.fields for r in rows] == [False, True, False]


@pytest.mark.parametrize("content", ['[{"a": 1, "a": 2}]', '{"a": 1, "a": 2}\n{"a": 1}'])
def test_a_repeated_key_keeps_the_last_value_and_is_said(read: Any, content: str) -> None:
    first = read(content)[0].fields
    assert first["a"] == 2
    assert "« a »" in first[REMARKS_KEY][0]


@pytest.mark.parametrize("content", ["[" + '{"a":' * 40 + "1" + "}" * 40 + "]", '{"a":' * 9000 + "1" + "}" * 9000])
def test_bottomless_nesting_is_refused(read: Any, content: str) -> None:
    format = "json" if content.startswith("[") else "ndjson"
    assert "imbriqués" in read(content, format)[0].fields[REFUSAL_KEY]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"[{ONE}, {ONE[:12]}", "tronqué.*après 1 enregistrement"),
        (f"[{ONE},", "tronqué"),
        (f"[{ONE}] garbage", "invalide après l'enregistrement 1"),
        (f'[{ONE}, {{"a": NaN}}]', "null"),
        (f"{ONE}\n{ONE[:12]}", "ligne 2.*dernière ligne"),
        (f"{ONE}\nrien\n{ONE}", "ligne 2, colonne 1"),
        ('{"total": 0,\n"autre": [1]}', "sans liste"),
        ("12", "une seule valeur"),
        ('"texte"', "une seule valeur"),
        ("<html></html>", "HTML"),
        ("PK\x03\x04", "classeur"),
        ("bonjour", "non reconnu"),
    ],
)
def test_what_is_not_json_is_said_with_its_place(read: Any, content: str, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        read(content)


def test_records_before_the_break_were_already_given(read: Any, tmp_path: Any) -> None:
    from indexer.feeds.data_inclusion import iter_raw_records

    (tmp_path / "f").write_text(f"[{ONE}, {{")
    stream = iter_raw_records([str(tmp_path / "f")], "essai")
    assert next(stream).fields["nom"] == "Un"
    with pytest.raises(FeedError):
        next(stream)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_accents_survive_every_encoding(read: Any, encoding: str) -> None:
    assert read('[{"id": "a--1", "nom": "Écoute à Orléans"}]'.encode(encoding))[0].fields["nom"] == "Écoute à Orléans"


@given(st.binary(max_size=200))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_give_records_or_a_feed_error(read: Any, content: bytes) -> None:
    for format in ("auto", "json", "ndjson", "csv"):
        with suppress(FeedError):
            assert all(record.flux == "essai" for record in read(content, format))
