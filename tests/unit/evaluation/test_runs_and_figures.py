"""Runs are written, read again and compared; figures are by group; the page escapes what people wrote."""

from pathlib import Path

import pytest

from indexer.errors import EvaluationError
from indexer.evaluation.figures import build_changes, build_rows, worst
from indexer.evaluation.report import build_page
from indexer.evaluation.scored import Run, Scored, read_run, write_run
from indexer.evaluation.tables import write_number

NASTY = '<script>alert("&")</script>'


def scored(text: str, value: float, **labels: str) -> Scored:
    return Scored(text, {"part": "dev", **labels}, {"m": value}, ("bon",), ("obtenu",))


RUN = Run(
    "search", {"catalogue": "essai"}, (scored("a", 1, langue="fr"), scored("b", 0, langue="ar"), scored(NASTY, 0.5))
)


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "mesure.json"
    path.write_bytes(write_run(RUN))
    assert read_run(path, "search") == RUN


def test_a_brief_run_keeps_values_and_labels_alone(tmp_path: Path) -> None:
    path = tmp_path / "mesure.json"
    path.write_bytes(write_run(RUN, brief=True))
    read = read_run(path, "search")
    assert [(one.key, one.values) for one in read.scored] == [(one.key, one.values) for one in RUN.scored]
    assert all(not one.found and not one.expected for one in read.scored)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 99}', b"[1]", b'{"format": 1, "genre": "search"}'])
def test_what_is_no_run_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "autre.json"
    path.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"autre\.json"):
        read_run(path, "search")


def test_a_run_of_the_other_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mesure.json"
    path.write_bytes(write_run(RUN))
    with pytest.raises(EvaluationError, match="understanding"):
        read_run(path, "understanding")


def test_a_text_is_in_no_group_of_a_label_it_lacks() -> None:
    rows = {row.group: row.estimates["m"].count for row in build_rows(RUN, [(), ("langue",)])}
    assert rows == {"tout": 3, "fr": 1, "ar": 1}


def test_changes_are_on_the_texts_of_both_runs() -> None:
    after = Run("search", {}, (scored("a", 0.5, langue="fr"), scored("nouveau", 1)))
    (change,) = build_changes(RUN, after, [()])
    assert (change.differences["m"].mean, change.differences["m"].count) == (-0.5, 1)


def test_the_worst_come_first_then_by_name() -> None:
    assert [one.text for one in worst(RUN, "m", 2)] == ["b", NASTY]


def test_one_part_alone_can_be_kept() -> None:
    assert RUN.only("test").scored == ()
    assert RUN.only(None) == RUN


def test_the_page_escapes_what_people_wrote_and_needs_no_other_file() -> None:
    page = build_page("Essai", RUN, build_rows(RUN, [()]), list(build_changes(RUN, RUN, [()])), worst(RUN, "m", 3))
    assert NASTY not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page
    assert "bon" in page


@pytest.mark.parametrize(("value", "written"), [(0.9341, ".934"), (1, "1.000"), (0, ".000"), (-0.02, "-.020")])
def test_numbers_are_written_short(value: float, written: str) -> None:
    assert write_number(value) == written
