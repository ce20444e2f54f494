"""Clients that ask one request after the other, each in its thread, until time is up or all is asked."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from indexer.errors import MaillageError

R = TypeVar("R")

Ask = Callable[[R], float | None]
"""Asks one request; gives the engine's own milliseconds when they are known. MaillageError when it failed."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A client stops after so many requests, or so many seconds, whichever comes first."""

    requests: int
    seconds: float


@dataclass
class Asked:
    """What clients saw: milliseconds of each answer, the processor's and engine's share; failures, the first."""

    times: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    errors: int = 0
    failure: str = ""
    elapsed: float = 0.0


@dataclass(frozen=True)
class Kind(Generic[R]):
    """Requests of one kind, and how a client asks them: `connect` is called once in each client's thread."""

    name: str
    variants: Sequence[R]
    connect: Callable[[], Ask[R]]


def run_clients(kind: Kind[R], clients: int, limit: Limit, clock: Callable[[], float] = time.perf_counter) -> Asked:
    """Asks from several clients at once. Each begins at another variant, so that they do not walk in step."""
    stop = threading.Event()
    started = clock()
    with ThreadPoolExecutor(clients, thread_name_prefix="client") as pool:
        futures = [pool.submit(_run_client, kind, number, limit, stop, clock) for number in range(clients)]
        parts = _wait(futures, stop)
    return Asked(
        times=[t for part in parts for t in part.times],
        processor=[t for part in parts for t in part.processor],
        engine=[t for part in parts for t in part.engine],
        errors=sum(part.errors for part in parts),
        failure=next((part.failure for part in parts if part.failure), ""),
        elapsed=clock() - started,
    )


def _wait(futures: Sequence[Future[Asked]], stop: threading.Event) -> list[Asked]:
    """An interruption, or a client that breaks, stops the others at their next request."""
    try:
        return [future.result() for future in futures]
    except BaseException:
        stop.set()
        raise


def _run_client(kind: Kind[R], number: int, limit: Limit, stop: threading.Event, clock: Callable[[], float]) -> Asked:
    asked, ask = Asked(), kind.connect()
    variants = itertools.islice(itertools.cycle(kind.variants), number, number + limit.requests)
    deadline = clock() + limit.seconds
    for variant in variants:
        if stop.is_set():
            break
        _ask_once(asked, ask, variant, clock)
        if clock() >= deadline:
            break
    return asked


def _ask_once(asked: Asked, ask: Ask[R], variant: R, clock: Callable[[], float]) -> None:
    started, busy = clock(), time.thread_time()
    try:
        engine = ask(variant)
    except MaillageError as error:
        asked.errors += 1
        asked.failure = asked.failure or str(error)
        return
    asked.times.append((clock() - started) * 1000)
    asked.processor.append((time.thread_time() - busy) * 1000)
    if engine is not None:
        asked.engine.append(engine)
