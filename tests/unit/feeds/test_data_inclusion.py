"""Structures and offers told apart, files in any number, memory that does not grow."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import FeedError
from indexer.feeds.base import FILE_REMARKS_KEY, REFUSAL_KEY
from indexer.feeds.data_inclusion import iter_raw_records, kind_of
from indexer.schema import Kind

FEEDS = Path(__file__).parents[4] / "shared" / "data" / "feeds"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"id": "a--1", "structure_id": "a--2"}, Kind.OFFER),
        ({"id": "a--1", "nom": "x"}, Kind.STRUCTURE),
        ({"id": "a--1", "structure_id": None}, Kind.OFFER),
        ({"id": "a--1", "thematiques": ["mobilite"]}, Kind.OFFER),
        ({"id": "a--1", "siret": "1", "thematiques": ["mobilite"]}, Kind.STRUCTURE),
        ({"id": "a--1", "structure_id": "", "siret": "", "thematiques": []}, Kind.STRUCTURE),
        ({"id": "a--1", "type_offre": "atelier"}, Kind.OFFER),
        ({}, Kind.STRUCTURE),
    ],
)
def test_the_kind_of_a_record(fields: dict[str, Any], kind: Kind) -> None:
    assert kind_of(fields) is kind


def test_files_are_read_in_order_and_each_record_names_its_own(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text('[{"id": "a--1", "nom": "s"}]')
    (tmp_path / "a.csv").write_text("id,structure_id,nom\na--2,a--1,o\n")
    paths = [str(tmp_path / "b.json"), str(tmp_path / "a.csv")]
    records = list(iter_raw_records(paths, "essai"))
    assert [(r.kind, r.file, r.row, r.flux) for r in records] == [
        (Kind.STRUCTURE, paths[0], 1, "essai"),
        (Kind.OFFER, paths[1], 2, "essai"),
    ]


def test_the_first_record_bears_what_is_doubted_of_the_file(read: Any) -> None:
    rows = read("id;nom\na;é\nb;à".encode("cp1252"))
    assert [FILE_REMARKS_KEY in r.fields for r in rows] == [True, False]


def test_a_feed_cannot_speak_in_our_name(read: Any) -> None:
    assert read(json.dumps([{"id": "a--1", REFUSAL_KEY: "x", FILE_REMARKS_KEY: ["y"]}]))[0].fields == {"id": "a--1"}


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FeedError, match="ndjson"):
        next(iter_raw_records(["f"], "essai", "xml"))


def test_an_address_is_a_file_like_another(site: str) -> None:
    (record,) = iter_raw_records([f"{site}/list?cle=secret"], "essai")
    assert record.file == f"{site}/list"


_MEASURE = """
import resource, sys
from indexer.feeds.data_inclusion import iter_raw_records
count = sum(1 for _ in iter_raw_records([sys.argv[1]], "essai"))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def _count_and_peak_mb(path: Path) -> tuple[int, int]:
    command = [sys.executable, "-c", _MEASURE, str(path)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout
    count, peak = out.split()
    return int(count), int(peak)


@pytest.mark.slow
@pytest.mark.parametrize("format", ["json", "ndjson", "csv"])
def test_300_mb_are_read_in_the_memory_of_a_small_file(tmp_path: Path, format: str) -> None:
    record = {"id": "a--1", "structure_id": "a--2", "nom": "Aide à la mobilité", "description": "Très utile. " * 170}
    parts = {
        "json": ("[", json.dumps(record, ensure_ascii=False), ",\n", "]"),
        "ndjson": ("", json.dumps(record, ensure_ascii=False), "\n", "\n"),
        "csv": (";".join(record) + "\n", ";".join(record.values()), "\n", "\n"),
    }
    start, body, separator, end = parts[format]
    small, large = tmp_path / "small", tmp_path / "large"
    count = 300_000_000 // len((body + separator).encode()) + 1
    small.write_text(start + body + end, encoding="utf-8")
    with large.open("w", encoding="utf-8") as file:
        file.write(start)
        for first in range(0, count, 1000):
            many = min(1000, count - first)
            file.write(separator.join([body] * many) + (separator if first + many < count else ""))
        file.write(end)
    assert large.stat().st_size >= 300_000_000
    read, peak = _count_and_peak_mb(large)
    assert read == count
    assert peak - _count_and_peak_mb(small)[1] < 40


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "count", "kind"),
    [
        ("lille_2026_services.json", 557, Kind.OFFER),
        ("lille_2026_structures.json", 433, Kind.STRUCTURE),
        ("reunion_2025_services.json", 2705, Kind.OFFER),
        ("reunion_2025_structures.json", 1585, Kind.STRUCTURE),
    ],
)
def test_every_row_of_the_real_feeds_is_read(name: str, count: int, kind: Kind) -> None:
    if not FEEDS.exists():
        pytest.skip("../shared/data est absent : les flux réels ne peuvent pas être lus")
    records = list(iter_raw_records([str(FEEDS / name)], "essai"))
    assert len(records) == count
    assert {r.kind for r in records} == {kind}
