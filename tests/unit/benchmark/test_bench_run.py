"""The whole measure on a small catalogue, and what is left behind when it stops."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from indexer.benchmark.clients import Limit
from indexer.benchmark.fill import fill
from indexer.benchmark.machine import children_of, read_machine, read_memory, size_of
from indexer.benchmark.offers import World
from indexer.benchmark.places import load_places
from indexer.benchmark.report import build_markdown
from indexer.benchmark.results import read_result, write_result
from indexer.benchmark.run import WATCHED, WRITES, Plan, check_plan, run_benchmark
from indexer.benchmark.server import serving
from indexer.benchmark.vectors import build_pool
from indexer.benchmark.workbench import Workbench, build_environment, build_settings, open_workbench, own_folder
from indexer.benchmark.workload import MIX, build_scenarios, path_of
from indexer.errors import BenchmarkError, MaillageError, SettingError
from indexer.language.needs import SilentReader
from indexer.search import SearchRequest
from tests.support.hashing_encoder import HashingEncoder

OFFERS = 200
PLAN = Plan("maillage bench", OFFERS, 1, Limit(2, 0.05))


def silent(*_: object) -> None:
    """Tells nobody."""


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path / "own"))
    (tmp_path / "made").mkdir()
    with (
        patch("indexer.benchmark.workbench.load_need_reader", lambda encoder, folder: SilentReader()),
        open_workbench(build_settings(tmp_path / "made", "embedded"), HashingEncoder()) as opened,
    ):
        yield opened


def test_every_kind_is_measured_from_one_client_and_from_four(bench: Workbench, tmp_path: Path) -> None:
    result = run_benchmark(PLAN, bench, silent)
    kinds = {timing.scenario for timing in result.mesures}
    assert {"lieu", "lieu + 2 thématiques", "curseur profond", "suggestions", MIX, WRITES} <= kinds
    assert sorted((t.scenario, t.clients) for t in result.mesures) == sorted((k, c) for k in kinds for c in (1, 4))
    assert all(1 <= t.requetes <= 2 * t.clients and t.erreurs == 0 for t in result.mesures)
    assert all(t.p50_ms <= t.p95_ms <= t.p99_ms for t in result.mesures)
    assert [(seen.niveau, seen.changements) for seen in result.vus] == [("en-processus", WATCHED)]
    assert result.construction.disque_mo
    assert [m.processus for m in result.memoire] == ["mesure, avec le moteur", "moteur seul"]
    assert all(scenario in build_markdown(result) for scenario in kinds)
    (tmp_path / "a.json").write_text(write_result(result))
    assert read_result(tmp_path / "a.json") == result


def test_an_interruption_while_offers_are_written_leaves_no_version(bench: Workbench) -> None:
    def interrupt(step: str, *_: int) -> None:
        if step == "Offres écrites":
            raise KeyboardInterrupt

    world = World(1, bench.today, load_places(), build_pool(bench.encoder, 1))
    with pytest.raises(KeyboardInterrupt):
        fill(bench, world, OFFERS, interrupt)
    assert bench.engine.versions() == []
    assert [path for path in bench.settings.index_dir.iterdir() if path.is_dir()] == []


def test_requests_are_the_same_in_process_and_over_http(bench: Workbench) -> None:
    world = World(1, date(2026, 3, 10), load_places(), build_pool(bench.encoder, 1))
    fill(bench, world, OFFERS, silent)
    scenarios = build_scenarios(bench.search)
    assert all(scenario.variants for scenario in scenarios)
    assert path_of("lil") == "/v1/suggest?q=lil"
    asked = SearchRequest(q="été", code_commune="59350", filtres={"thematiques": ("a", "b")}, facettes=("publics",))
    assert path_of(asked) == (
        "/v1/offers?q=%C3%A9t%C3%A9&code_commune=59350&rayon_km=50&page=1&size=20&tri=pertinence"
        "&thematiques=a&thematiques=b&facettes=publics"
    )


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (Plan("", 0, 1, Limit(1, 1)), "--offers 0"),
        (Plan("", -3, 1, Limit(1, 1)), "--offers -3"),
        (Plan("", 1, 1, Limit(0, 1)), "--requests"),
        (Plan("", 1, 1, Limit(1, 0)), "--seconds"),
        (Plan("", 1, 1, Limit(1, float("nan"))), "--seconds"),
        (Plan("", 1, 1, Limit(1, 1), (1, 0)), "--workers"),
    ],
)
def test_an_impossible_plan_is_refused_with_the_option_to_mend(plan: Plan, told: str) -> None:
    with pytest.raises(BenchmarkError, match=told):
        check_plan(plan)


def test_an_engine_that_does_not_exist_is_refused_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="MAILLAGE_ENGINE"):
        build_settings(tmp_path, "inconnu")


def test_a_disk_too_small_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="Go sur le disque"), own_folder(tmp_path / "d", 10**12):
        pass
    assert list((tmp_path / "d").iterdir()) == []


def test_a_folder_that_serves_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "catalogue.sqlite").write_text("à garder")
    with pytest.raises(BenchmarkError, match="--data-dir"), own_folder(tmp_path, 1):
        pass
    assert (tmp_path / "catalogue.sqlite").read_text() == "à garder"


def test_a_given_folder_is_emptied_when_the_measure_fails_and_kept_when_it_ends(tmp_path: Path) -> None:
    given = tmp_path / "donne"

    def fail() -> None:
        with own_folder(given, 1) as folder:
            (folder / "index").mkdir()
            raise MaillageError

    with pytest.raises(MaillageError):
        fail()
    assert list(given.iterdir()) == []
    with own_folder(given, 1) as folder:
        (folder / "index").mkdir()
    assert [path.name for path in given.iterdir()] == ["index"]


def test_a_server_that_cannot_start_says_why(bench: Workbench, tmp_path: Path) -> None:
    environment = build_environment(bench.settings) | {"MAILLAGE_RATE_LIMIT": "beaucoup", "PATH": "/usr/bin"}
    with pytest.raises(BenchmarkError, match="MAILLAGE_RATE_LIMIT"), serving(environment, 1, tmp_path / "log"):
        pass


def test_memory_and_machine_are_read_where_the_system_says_them(tmp_path: Path) -> None:
    own = tmp_path / "12"
    (own / "task" / "12").mkdir(parents=True)
    (own / "task" / "12" / "children").write_text("13 14 ")
    (own / "smaps_rollup").write_text("00-ff ---p [rollup]\nRss:    2000 kB\nPss:    1000 kB\n")
    (tmp_path / "cpuinfo").write_text("processor : 0\nmodel name\t: Un processeur\n")
    (tmp_path / "meminfo").write_text("MemTotal:       1000000 kB\n")
    memory = read_memory("moi", 12, tmp_path)
    assert memory is not None
    assert (memory.rss_mo, memory.pss_mo) == (2.0, 1.0)
    assert read_memory("parti", 99, tmp_path) is None
    assert children_of(12, tmp_path) == [13, 14]
    assert (read_machine(tmp_path).processeur, read_machine(tmp_path).memoire_go) == ("Un processeur", 1.0)


def test_the_size_of_a_folder_is_that_of_its_own_files(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "f").write_bytes(b"12345")
    (tmp_path / "lien").symlink_to(tmp_path / "a" / "b" / "f")
    assert size_of(tmp_path) == 5
