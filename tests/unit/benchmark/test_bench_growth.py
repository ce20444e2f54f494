"""How times grow with the catalogue: which measures go together, the table, and the chart."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from indexer.benchmark.growth import HEIGHT, WIDTH, build_chart, build_growth_table, build_series
from indexer.benchmark.results import Build, Machine, Result, Timing, write_result
from indexer.commands.bench import app
from indexer.errors import BenchmarkError

SVG = "{http://www.w3.org/2000/svg}"
MACHINE = Machine(
    processeur="p", coeurs=2, memoire_go=25.3, systeme="Debian", python="3.11", commit="abc", charge_1min=0.1
)


def measure(offers: int, times: dict[str, float], engine: str = "embedded", **changed: Any) -> Result:
    common: dict[str, Any] = {
        "niveau": "en-processus", "processus": 0, "clients": 1, "requetes": 10, "erreurs": 0,
        "processeur_p50_ms": None, "processeur_p95_ms": None, "moteur_p50_ms": None, "moteur_p95_ms": None,
        "par_seconde": 1.0,
    }  # fmt: skip
    timings = tuple(
        Timing(scenario=name, p50_ms=p50, p95_ms=p50, p99_ms=p50, **common | changed) for name, p50 in times.items()
    )
    return Result(
        commande="maillage bench", moteur=engine, encodeur="e5", offres=offers, graine=1,
        le="2026-03-10T12:00:00+00:00", machine=MACHINE,
        construction=Build(preparation_s=1, ecriture_s=2.0, disque_mo=10), memoire=(), mesures=timings, vus=(),
    )  # fmt: skip


def test_each_kind_is_followed_from_the_smallest_catalogue_to_the_largest() -> None:
    series = build_series([measure(1_000_000, {"lieu": 8.0, "seul": 1.0}), measure(10_000, {"lieu": 2.0})])
    assert {name: dict(points) for name, points in series.items()} == {"lieu": {10_000: 2.0, 1_000_000: 8.0}}
    assert list(series["lieu"]) == [10_000, 1_000_000]


def test_the_table_says_how_many_times_longer_the_largest_takes() -> None:
    told = build_growth_table(build_series([measure(10_000, {"lieu": 2.0}), measure(100_000, {"lieu": 5.0})]))
    assert "| lieu | 2,0 | 5,0 | × 2,5 |" in told


@pytest.mark.parametrize("changed", [{"niveau": "http", "processus": 1}, {"clients": 4}])
def test_only_one_client_in_process_is_drawn(changed: dict[str, Any]) -> None:
    measures = [measure(size, {"lieu": 2.0}, **changed) for size in (10, 20)]
    with pytest.raises(BenchmarkError, match="rien à tracer"):
        build_series(measures)


@pytest.mark.parametrize(
    "measures",
    [[], [measure(10, {"lieu": 1.0})], [measure(10, {"lieu": 1.0}), measure(10, {"lieu": 1.0})]],
    ids=["none", "one", "one size twice"],
)
def test_fewer_than_two_sizes_are_refused(measures: list[Result]) -> None:
    with pytest.raises(BenchmarkError, match="deux mesures"):
        build_series(measures)


def test_two_engines_are_not_drawn_as_one() -> None:
    measures = [measure(10, {"lieu": 1.0}), measure(20, {"lieu": 1.0}, engine="elasticsearch")]
    with pytest.raises(BenchmarkError, match="moteurs différents"):
        build_series(measures)


@given(st.lists(st.floats(0, 1e5), min_size=2, max_size=4), st.text(max_size=20))
def test_the_chart_is_well_formed_and_every_point_is_within_it(times: list[float], name: str) -> None:
    printable = "".join(c for c in name if c.isprintable()) or "lieu"
    series = build_series([measure(10 ** (place + 1), {printable: time}) for place, time in enumerate(times)])
    (line,) = ElementTree.fromstring(build_chart(series)).findall(f"{SVG}polyline")
    points = [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
    assert len(points) == len(times)
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_longer_times_are_drawn_higher() -> None:
    series = build_series([measure(10, {"lieu": 1.0}), measure(100, {"lieu": 50.0})])
    (line,) = ElementTree.fromstring(build_chart(series)).findall(f"{SVG}polyline")
    first, second = (point.split(",") for point in line.attrib["points"].split())
    assert float(second[0]) > float(first[0])
    assert float(second[1]) < float(first[1])


def test_the_command_writes_the_chart_and_tells_the_table(tmp_path: Path) -> None:
    paths = []
    for size in (10, 1_000):
        paths.append(tmp_path / f"{size}.json")
        paths[-1].write_text(write_result(measure(size, {"lieu": float(size)})))
    drawn = CliRunner().invoke(app, ["growth", *map(str, paths), "--out", str(tmp_path / "images" / "croissance.svg")])
    assert drawn.exit_code == 0
    assert "× 100,0" in drawn.stdout
    assert (tmp_path / "images" / "croissance.svg").read_text().startswith("<svg")
