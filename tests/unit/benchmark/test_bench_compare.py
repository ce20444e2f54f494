"""Two measures side by side, what is refused, and how figures are written."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.benchmark.compare import build_comparison, ratio
from indexer.benchmark.report import build_markdown, number
from indexer.benchmark.results import (
    Build,
    Machine,
    Memory,
    Result,
    Seen,
    Timing,
    percentile,
    read_result,
    write_result,
)
from indexer.errors import BenchmarkError

MACHINE = Machine(
    processeur="Un processeur",
    coeurs=2,
    memoire_go=25.3,
    systeme="Debian",
    python="3.11.7",
    commit="abc",
    charge_1min=0.1,
)
TIMES = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)


def timing(p50: float, **changed: Any) -> Timing:
    facts: dict[str, Any] = {
        "niveau": "en-processus", "processus": 0, "scenario": "lieu", "clients": 1, "requetes": 10, "erreurs": 0,
        "p50_ms": p50, "p95_ms": 2 * p50, "p99_ms": 3 * p50, "processeur_p50_ms": None, "processeur_p95_ms": None,
        "moteur_p50_ms": None, "moteur_p95_ms": None,
        "par_seconde": 1000 / p50,
    }  # fmt: skip
    return Timing(**facts | changed)


def result(*timings: Timing, **changed: Any) -> Result:
    facts: dict[str, Any] = {
        "commande": "maillage bench", "moteur": "embedded", "encodeur": "e5", "offres": 1000, "graine": 1,
        "le": "2026-03-10T12:00:00+00:00", "machine": MACHINE,
        "construction": Build(preparation_s=1, ecriture_s=2.0, disque_mo=10),
        "memoire": (Memory(processus="moteur seul", rss_mo=90, pss_mo=70),),
        "mesures": timings,
        "vus": (Seen(niveau="en-processus", processus=1, changements=20, p50_ms=4, p95_ms=5, max_ms=6),),
    }  # fmt: skip
    return Result(**facts | changed)


def test_a_measure_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(write_result(result(timing(3))))
    assert read_result(path) == result(timing(3))


def test_each_shared_request_has_its_ratio_and_the_others_are_left_out() -> None:
    told = build_comparison(result(timing(4), timing(1, scenario="seule")), result(timing(2), timing(9, clients=4)))
    assert "| lieu | 1 | 4,00 | 2,00 | × 0,50 | 8,00 | 4,00 | × 0,50 | 250 | 500 | × 2,00 |" in told
    assert "seule" not in told
    assert "| lieu | 4 |" not in told
    assert "| écriture de l'index (s) | 2,0 | 2,0 | × 1,00 |" in told
    assert "Attention" not in told


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"offres": 50}, "pas la même taille : 1000 et 50 offres"),
        ({"graine": 7}, "graines 1 et 7"),
        ({"encodeur": "autre"}, "Les encodeurs"),
        ({"machine": MACHINE.model_copy(update={"coeurs": 64})}, "Les machines"),
    ],
)
def test_what_makes_two_measures_differ_beside_the_program_is_said(changed: dict[str, Any], told: str) -> None:
    assert told in build_comparison(result(timing(1)), result(timing(1), **changed))


def test_measures_without_a_request_in_common_are_refused() -> None:
    with pytest.raises(BenchmarkError, match="en commun"):
        build_comparison(result(timing(1)), result(timing(1, niveau="http", processus=1)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("pas du JSON", "n'est pas une mesure"),
        ("{}", "n'est pas une mesure"),
        (write_result(result(timing(1))).replace('"format": 1', '"format": 99'), "format 99"),
    ],
)
def test_another_file_is_refused_with_its_name(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "autre.json"
    path.write_text(text)
    with pytest.raises(BenchmarkError, match=told) as refused:
        read_result(path)
    assert "autre.json" in str(refused.value)


def test_an_absent_file_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match=r"absent\.json"):
        read_result(tmp_path / "absent.json")


@given(TIMES, st.floats(0, 1), st.floats(0, 1))
def test_a_percentile_lies_between_the_extremes_and_never_falls(times: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert min(times) <= percentile(times, low) * (1 + 1e-9)
    assert percentile(times, low) <= percentile(times, high) * (1 + 1e-9)
    assert percentile(times, high) <= max(times) * (1 + 1e-9)


def test_figures_are_written_as_in_french() -> None:
    assert number(1234.5) == "1 234,5"
    assert number(None) == "—"
    assert ratio(0, 3) == ratio(None, 3) == "—"
    assert ratio(4, 1) == "× 0,25"


def test_the_page_tells_the_command_the_machine_and_every_row() -> None:
    page = build_markdown(result(timing(3), timing(7, niveau="http", processus=2)))
    for told in (
        "`maillage bench`",
        "Un processeur",
        "1 000 offres",
        "Dans le processus",
        "Par HTTP, 2 processus",
        "7,00",
    ):
        assert told in page
