"""The whole measure: build, ask in process, ask over HTTP, write live; one step after the other."""

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from indexer.benchmark.clients import Kind, Limit, run_clients
from indexer.benchmark.fill import fill
from indexer.benchmark.live import ServerWatcher, build_live_documents, measure_seen, watching
from indexer.benchmark.machine import read_machine, read_memory
from indexer.benchmark.measure import measure_kind
from indexer.benchmark.offers import World
from indexer.benchmark.places import load_places
from indexer.benchmark.results import Memory, Result, Seen, Timing
from indexer.benchmark.server import Server, serving
from indexer.benchmark.telling import Tell
from indexer.benchmark.vectors import build_pool
from indexer.benchmark.workbench import Workbench, build_environment
from indexer.benchmark.workload import Asking, Scenario, build_scenarios, path_of
from indexer.engines.base import Document
from indexer.errors import BenchmarkError

WRITES: Final = "écriture d'une offre en direct"
WATCHED: Final = 20
"""Live changes that another process must see: a median and a worst case in a second."""

_WRITTEN = 50
_WARM_S = 30.0


@dataclass(frozen=True)
class Plan:
    """What is asked of a measure. `servers`: for each, how many processes answer over HTTP; none without HTTP."""

    command: str
    offers: int
    seed: int
    limit: Limit
    servers: tuple[int, ...] = ()


@dataclass
class _Found:
    """What is measured so far."""

    timings: list[Timing] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    live: int = 0


def check_plan(plan: Plan) -> None:
    """BenchmarkError naming the option to mend."""
    if plan.offers < 1:
        raise BenchmarkError(f"--offers {plan.offers} : il faut au moins une offre.")
    if plan.limit.requests < 1:
        raise BenchmarkError(f"--requests {plan.limit.requests} : il faut au moins une requête.")
    if not plan.limit.seconds > 0:
        raise BenchmarkError(f"--seconds {plan.limit.seconds:g} : il faut une durée de plus de 0 seconde.")
    if any(workers < 1 for workers in plan.servers):
        raise BenchmarkError("--workers : il faut au moins un processus.")


def run_benchmark(plan: Plan, bench: Workbench, tell: Tell) -> Result:
    """Fills the engine, then measures. MaillageError when a step fails."""
    check_plan(plan)
    machine = read_machine()
    tell("Encodage des textes modèles", 0, 0)
    pool = build_pool(bench.encoder, plan.seed, lambda done, total: tell("Encodage des textes modèles", done, total))
    world = World(plan.seed, bench.today, load_places(), pool)
    build = fill(bench, world, plan.offers, tell)
    found, scenarios = _Found(), build_scenarios(bench.search)
    with _steady_collector():
        _measure_here(bench, world, scenarios, plan, found, tell)
        for workers in plan.servers:
            _measure_served(bench, world, scenarios, plan, workers, found, tell)
    return Result(
        commande=plan.command,
        moteur=bench.settings.engine,
        encodeur=bench.encoder.name,
        offres=plan.offers,
        graine=plan.seed,
        le=datetime.now(UTC).isoformat(timespec="seconds"),
        machine=machine,
        construction=build,
        memoire=tuple(found.memory),
        mesures=tuple(found.timings),
        vus=tuple(found.seen),
    )


def _measure_here(
    bench: Workbench, world: World, scenarios: Sequence[Scenario], plan: Plan, found: _Found, tell: Tell
) -> None:
    def ask(asking: Asking) -> float | None:
        if isinstance(asking, str):
            bench.suggest.suggest(asking)
            return None
        return bench.search.search(asking).duree_ms

    for scenario in scenarios:
        kind = Kind(scenario.name, scenario.variants, lambda: ask)
        found.timings += measure_kind(kind, "en-processus", 0, plan.limit, tell)
    memory = read_memory("mesure, avec le moteur", os.getpid())
    found.memory += [] if memory is None else [memory]
    _measure_writes(bench, world, plan, found, tell)


def _measure_writes(bench: Workbench, world: World, plan: Plan, found: _Found, tell: Tell) -> None:
    """What a write takes, then what it takes to be seen."""

    def write(document: Document) -> None:
        bench.engine.upsert([document])

    documents = _live_documents(world, found, _WRITTEN)
    limit = Limit(min(plan.limit.requests, _WRITTEN), plan.limit.seconds)
    found.timings += measure_kind(Kind(WRITES, documents, lambda: write), "en-processus", 0, limit, tell)
    tell("Écritures vues par un autre processus", 0, 0)
    with watching(bench.settings, bench.encoder.dimensions, bench.today) as watcher:
        documents = _live_documents(world, found, WATCHED)
        found.seen.append(measure_seen(bench.engine, documents, watcher, "en-processus", 1))
        memory = watcher.memory()
        found.memory += [] if memory is None else [memory]


def _measure_served(
    bench: Workbench,
    world: World,
    scenarios: Sequence[Scenario],
    plan: Plan,
    workers: int,
    found: _Found,
    tell: Tell,
) -> None:
    tell(f"Démarrage du serveur à {workers} processus", 0, 0)
    environment = os.environ | build_environment(bench.settings)
    with serving(environment, workers, bench.settings.data_dir / f"serveur-{workers}.log") as server:
        _warm_up(server, scenarios[-1], tell)
        for scenario in scenarios:
            paths = [path_of(asking) for asking in scenario.variants]
            kind = Kind(scenario.name, paths, lambda: server.connect().ask)
            found.timings += measure_kind(kind, "http", workers, plan.limit, tell)
        found.memory += server.memory()
        _measure_seen_by(server, bench, world, found, tell)


def _warm_up(server: Server, mix: Scenario, tell: Tell) -> None:
    """The mix, by more connections than there are workers: each of them makes at its first use what it then keeps."""
    tell("Mise en route du serveur", 0, 0)
    paths = [path_of(asking) for asking in mix.variants]
    run_clients(Kind(mix.name, paths, lambda: server.connect().ask), 4 * server.workers, Limit(len(paths), _WARM_S))


def _measure_seen_by(server: Server, bench: Workbench, world: World, found: _Found, tell: Tell) -> None:
    tell("Écritures vues par le serveur", 0, 0)
    documents = _live_documents(world, found, WATCHED)
    found.seen.append(measure_seen(bench.engine, documents, ServerWatcher(server), "http", server.workers))


def _live_documents(world: World, found: _Found, count: int) -> list[Document]:
    documents = build_live_documents(world, found.live, count)
    found.live += count
    return documents


@contextmanager
def _steady_collector() -> Iterator[None]:
    """Python's collector leaves alone what is loaded by now, as in a server: walking it would count as search."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
