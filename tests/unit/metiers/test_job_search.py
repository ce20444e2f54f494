"""Jobs by how people say them, without and with loaded tables, with an encoder that has no shipped vectors."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.metiers.search import JobIndex
from indexer.metiers.service import SHOWN_CLOSE, Jobs
from indexer.reference.loaded import load_tables
from indexer.reference.shipped import rome_labels
from tests.support.hashing_encoder import HashingEncoder

TITLES = """code_ogr,libelle_appellation_long,libelle_appellation_court,code_rome
1,Zozoteur / Zozoteuse de nacelle,Zozoteur,G1609
2,Inconnu,Inconnu,N9999
"""
CLOSE = """code_rome,code_rome_cible,numero_ordre
G1609,G1602,2
G1609,G1601,1
G1609,D1103,3
"""


@pytest.fixture(scope="module")
def index() -> JobIndex:
    return JobIndex()


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(HashingEncoder(), tmp_path / "reference")


def load(tmp_path: Path, **tables: str) -> None:
    source = tmp_path / "a-charger"
    source.mkdir(exist_ok=True)
    for name, content in tables.items():
        (source / f"{name}.csv").write_text(content, "utf-8")
    load_tables(source, tmp_path / "reference", datetime(2026, 3, 2, tzinfo=UTC))


def codes(index: JobIndex, text: str, size: int = 5) -> list[str]:
    return [hit.code_rome for hit in index.search(text, None, size)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cuistot", "G1609"),
        ("bosser dans les arbres", "A1209"),
        ("camionneur", "N4101"),
        ("caissière", "D1505"),
        ("CAISSIERE", "D1505"),
        ("kaissiere", "D1505"),
        ("je veux bosser avec les vieux", "K1302"),
        ("travailler avec les animaux", "A1506"),
        ("boulangére", "D1102"),
        ("infirmier(e)", "J1506"),
        ("зварювальник", "H2913"),
    ],
)
def test_a_job_said_in_own_words_is_among_the_first(index: JobIndex, text: str, code: str) -> None:
    assert code in codes(index, text, 3)


def test_every_label_finds_its_job_first_even_in_one_gender(index: JobIndex) -> None:
    wrong = []
    for code, label in list(rome_labels().items())[::23]:
        for form in (label, label.split(" / ")[0] if label.count(" ") == 2 else label):
            if index.search(form, None, 1)[0].code_rome != code:
                wrong.append((form, codes(index, form, 2)))
    assert wrong == []


def test_an_exact_name_goes_before_what_resembles(index: JobIndex) -> None:
    first, *others = index.search("nounou à domicile", None, 5)
    assert first.exact
    assert first.score > max(hit.score for hit in others if not hit.exact)


def test_scores_fall_and_stay_between_none_and_one(index: JobIndex) -> None:
    scores = [hit.score for hit in index.search("vendre des fleurs au marché", None, 20)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


@pytest.mark.parametrize("text", ["", "🙂", "\x00", "?!", " "])
def test_what_holds_no_word_finds_nothing(index: JobIndex, text: str) -> None:
    assert index.search(text, None, 10) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered(index: JobIndex, text: str) -> None:
    assert len(index.search(text, None, 3)) <= 3


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdeinorstu ", max_size=40), st.sampled_from([0.2, 0.45, 0.65, 0.9]))
def test_a_least_score_leaves_out_what_does_not_reach_it_and_no_more(index: JobIndex, text: str, least: float) -> None:
    reaching = tuple(hit for hit in index.search(text, None, 5) if hit.score >= least)
    assert index.search(text, None, 5, least) == reaching


def test_ten_thousand_characters_are_answered(index: JobIndex) -> None:
    assert codes(index, "cuistot " * 1250, 1) == ["G1609"]


def test_a_job_title_is_found_and_told_once_it_is_loaded(jobs: Jobs, tmp_path: Path) -> None:
    assert "G1609" not in [hit.code_rome for hit in jobs.search("zozoteuse de nacelle", 10)]
    load(tmp_path, rome4_appellations=TITLES)
    (hit,) = jobs.search("zozoteuse de nacelle", 1)
    assert (hit.code_rome, hit.appellation, hit.exact) == ("G1609", "Zozoteur / Zozoteuse de nacelle", True)


def test_without_titles_no_title_is_told(jobs: Jobs) -> None:
    assert {hit.appellation for hit in jobs.search("cuisinier", 10)} == {None}


def test_close_jobs_are_unknown_until_they_are_loaded(jobs: Jobs, tmp_path: Path) -> None:
    before = jobs.get("G1609")
    load(tmp_path, rome4_mobilites=CLOSE)
    after = jobs.get("G1609")
    assert before is not None
    assert before.close is None
    assert after is not None
    assert after.close is not None
    assert [code for code, _ in after.close] == ["G1601", "G1602", "D1103"]
    assert len(after.close) <= SHOWN_CLOSE


def test_a_job_that_no_lay_name_leads_to_is_known_all_the_same(jobs: Jobs) -> None:
    sheet = jobs.get("H1516")
    assert sheet is not None
    assert (sheet.libelle, sheet.sayings.noms) == (rome_labels()["H1516"], ())


def test_an_unknown_code_is_no_job(jobs: Jobs) -> None:
    assert jobs.get("Z9999") is None


def test_a_damaged_record_of_tables_leaves_the_shipped_jobs(jobs: Jobs, tmp_path: Path) -> None:
    load(tmp_path, rome4_appellations=TITLES)
    manifest = tmp_path / "reference" / "manifest.json"
    manifest.write_text("{")
    os.utime(manifest, ns=(1, 1))
    assert jobs.search("cuistot", 1)[0].code_rome == "G1609"
