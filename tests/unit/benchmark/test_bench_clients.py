"""Clients: how many requests are asked, when they stop, and what is counted."""

import threading
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from indexer.benchmark.clients import Ask, Kind, Limit, run_clients
from indexer.benchmark.measure import measure_kind
from indexer.errors import BenchmarkError, EngineError

NEVER = 1e9


def asking(answer: Callable[[int], float | None], numbers: int = 3) -> Kind[int]:
    return Kind("essai", range(numbers), lambda: answer)


def test_each_client_asks_as_many_requests_and_begins_at_another() -> None:
    seen: list[int] = []
    lock = threading.Lock()

    def answer(number: int) -> float:
        with lock:
            seen.append(number)
        return 2.0

    asked = run_clients(asking(answer, 4), 2, Limit(5, NEVER))
    assert len(asked.times) == 10
    assert asked.engine == [2.0] * 10
    assert sorted(seen) == [0, 0, 0, 1, 1, 1, 2, 2, 3, 3]


def test_a_client_stops_when_its_time_is_up() -> None:
    seconds: Iterator[int] = count()  # each look at the clock is a second later
    asked = run_clients(asking(lambda _: None), 1, Limit(1_000, 10.0), clock=lambda: float(next(seconds)))
    assert 1 <= len(asked.times) <= 5
    assert asked.engine == []
    assert set(asked.times) == {1000.0}


def test_failures_are_counted_apart_with_the_first_reason() -> None:
    def answer(number: int) -> float | None:
        if number == 1:
            raise EngineError("plus d'index")
        return None

    asked = run_clients(asking(answer), 1, Limit(6, NEVER))
    assert (len(asked.times), asked.errors, asked.failure) == (4, 2, "plus d'index")


def test_a_broken_client_stops_all_and_is_told() -> None:
    def answer(number: int) -> float | None:
        if number == 2:
            raise ZeroDivisionError
        return None

    with pytest.raises(ZeroDivisionError):
        run_clients(asking(answer), 2, Limit(100_000, NEVER))


def test_each_client_has_its_own_connection() -> None:
    made: list[int] = []

    def connect() -> Ask[int]:
        made.append(1)
        return lambda _: None

    run_clients(Kind("essai", (1,), connect), 3, Limit(2, NEVER))
    assert len(made) == 3


def test_a_kind_that_never_answers_is_refused_with_the_reason() -> None:
    def answer(_: int) -> float | None:
        raise EngineError("plus d'index")

    with pytest.raises(BenchmarkError, match="plus d'index"):
        list(measure_kind(asking(answer), "http", 1, Limit(2, NEVER), lambda *_: None))
