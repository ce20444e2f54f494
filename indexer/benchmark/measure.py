"""One kind of request, asked by one client then by several, and what came of it."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from indexer.benchmark.clients import Asked, Kind, Limit, run_clients
from indexer.benchmark.results import Level, Timing, percentile
from indexer.benchmark.telling import Tell
from indexer.errors import BenchmarkError

R = TypeVar("R")

CLIENTS: Final = (1, 4)


def measure_kind(kind: Kind[R], level: Level, processes: int, limit: Limit, tell: Tell) -> Iterator[Timing]:
    """From each number of clients. Before, every variant is asked, as long as a measure lasts at most, uncounted."""
    run_clients(kind, 1, Limit(len(kind.variants), limit.seconds))
    for number, clients in enumerate(CLIENTS):
        tell(f"{kind.name} ({level})", number, len(CLIENTS))
        yield _build_timing(kind.name, level, processes, clients, run_clients(kind, clients, limit))


def _build_timing(name: str, level: Level, processes: int, clients: int, asked: Asked) -> Timing:
    if not asked.times:
        raise BenchmarkError(f"« {name} » : aucune requête n'a de réponse ({asked.failure or 'rien à demander'}).")
    return Timing(
        niveau=level,
        processus=processes,
        scenario=name,
        clients=clients,
        requetes=len(asked.times),
        erreurs=asked.errors,
        p50_ms=_rounded(asked.times, 0.5),
        p95_ms=_rounded(asked.times, 0.95),
        p99_ms=_rounded(asked.times, 0.99),
        processeur_p50_ms=_rounded(asked.processor, 0.5) if level == "en-processus" else None,
        processeur_p95_ms=_rounded(asked.processor, 0.95) if level == "en-processus" else None,
        moteur_p50_ms=_rounded(asked.engine, 0.5) if asked.engine else None,
        moteur_p95_ms=_rounded(asked.engine, 0.95) if asked.engine else None,
        par_seconde=round(len(asked.times) / asked.elapsed, 1),
    )


def _rounded(times: Sequence[float], share: float) -> float:
    return round(percentile(times, share), 3)
