"""The processes: two that take orders from one line, started again when they die."""

import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

BETWEEN: Final = 20
"""Orders between two passes of a process over the outbox: mails leave while the other one writes."""

Order = dict[str, Any]
Answered = Callable[[Order, dict[str, Any]], None]


class DiedError(Exception):
    """The process is gone: whether it did what was asked, nobody knows."""


@dataclass(frozen=True)
class Site:
    """What the processes share."""

    folder: Path
    database_url: str
    smtp_url: str


class Worker:
    """One process, and the pipe to it."""

    def __init__(self, site: Site, name: str) -> None:
        self.name, self.deaths = name, 0
        self._command = [sys.executable, "-m", "tests.support.month.worker"]
        self._command += [str(site.folder), site.database_url, site.smtp_url, name]
        self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def obey(self, order: Order, now: datetime) -> dict[str, Any]:
        """What it answers. DiedError when it dies first; another process then stands in its place."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(orjson.dumps({**order, "now": now.isoformat()}) + b"\n")
        stdin.flush()
        line = stdout.readline()
        if line:
            answer: dict[str, Any] = orjson.loads(line)
            return answer
        self.deaths += 1
        if self._process.wait() != -9:
            raise RuntimeError(f"{self.name} ended by itself on {order}")
        stdin.close()
        stdout.close()
        self._process = self._start()
        raise DiedError(self.name)

    def kill(self) -> None:
        self._process.kill()

    def stop(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()


class Crew:
    """Two workers on one line of orders. An order whose process died goes back to the line, marked `again`."""

    def __init__(self, site: Site) -> None:
        self.workers = [Worker(site, name) for name in ("alpha", "beta")]
        self.failures: list[str] = []
        self._lock = threading.Lock()

    @property
    def deaths(self) -> int:
        return sum(worker.deaths for worker in self.workers)

    def run(self, orders: Iterable[Order], now: datetime, answered: Answered) -> None:
        """All orders, then all mails that can leave; `answered` is called for each order, one at a time."""
        line = deque(orders)
        self._both(lambda worker: self._work(worker, line, now, answered))
        self._both(lambda worker: self._send(worker, now))

    def each(self, order: Order, now: datetime) -> None:
        """The same order to both at once."""
        self._both(lambda worker: self._try(worker, order, now))

    def _work(self, worker: Worker, line: "deque[Order]", now: datetime, answered: Answered) -> None:
        for count in range(1, sys.maxsize):
            try:
                order = line.popleft()
            except IndexError:
                return
            try:
                answer = worker.obey(order, now)
            except DiedError:
                line.append({name: order[name] for name in order if name != "die"} | {"again": True})
                continue
            with self._lock:
                self._note(answer)
                answered(order, answer)
            if count % BETWEEN == 0:
                self._try(worker, {"do": "deliver"}, now)

    def _send(self, worker: Worker, now: datetime) -> None:
        while self._try(worker, {"do": "deliver"}, now).get("done", 1):
            pass

    def _try(self, worker: Worker, order: Order, now: datetime) -> dict[str, Any]:
        """What died in the middle is done again by its next process."""
        while True:
            try:
                answer = worker.obey(order, now)
            except DiedError:
                order = {name: order[name] for name in order if name != "die"}
                continue
            with self._lock:
                self._note(answer)
            return answer

    def _note(self, answer: dict[str, Any]) -> None:
        if "failed" in answer:
            self.failures.append(answer["failed"])

    def _both(self, act: Callable[[Worker], object]) -> None:
        errors: list[BaseException] = []

        def guarded(worker: Worker) -> None:
            try:
                act(worker)
            except BaseException as error:  # noqa: BLE001  told by the thread that waits
                errors.append(error)

        threads = [threading.Thread(target=guarded, args=(worker,)) for worker in self.workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if errors:
            raise errors[0]

    def stop(self) -> None:
        for worker in self.workers:
            worker.stop()
