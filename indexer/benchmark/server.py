"""A real server on loopback, as a process of its own, stopped with those that it started."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from indexer.benchmark.machine import children_of, read_memory
from indexer.benchmark.results import Memory
from indexer.errors import BenchmarkError

HOST = "127.0.0.1"
READY_S = 180.0
"""How long a server may take: it loads an index of any size and the encoder, beside others."""

STOP_S = 15.0
_PATIENCE_S = 60.0
_ATTEMPTS = 3  # another program may take the free port between its choice and its use
_PAUSE_S = 0.1
_MAIN = "from indexer.cli import main; main()"


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    port: int
    pid: int
    workers: int

    def connect(self) -> "Connection":
        return Connection(self.port)

    def memory(self) -> list[Memory]:
        """Each process that answers: with several workers the first one only watches over them."""
        workers = children_of(self.pid) or [self.pid]
        read = (read_memory(f"serveur à {self.workers}", pid) for pid in workers)
        return [one for one in read if one is not None and one.rss_mo > _SMALLEST_MB]


_SMALLEST_MB = 100.0  # Python's own watcher of shared resources is a process too, of 15 MB


class Connection:
    """A kept connection. BenchmarkError when the server does not answer, or not with 200."""

    def __init__(self, port: int) -> None:
        self._http = HTTPConnection(HOST, port, timeout=_PATIENCE_S)

    def get(self, path: str) -> bytes:
        """The whole body of an answer."""
        try:
            self._http.request("GET", path)
            answer = self._http.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            self._http.close()
            raise BenchmarkError(f"Le serveur ne répond pas à {path} : {error}") from error
        if answer.status != 200:
            raise BenchmarkError(f"{path} : le serveur répond {answer.status}.")
        return body

    def ask(self, path: str) -> None:
        self.get(path)

    def close(self) -> None:
        self._http.close()


@contextmanager
def serving(environment: Mapping[str, str], workers: int, log: Path) -> Iterator[Server]:
    """Starts `maillage serve` with this environment, waits until it is ready, stops it at the end."""
    with log.open("wb") as output:
        for attempt in range(1, _ATTEMPTS + 1):
            port = free_port()
            process = _start(environment, port, workers, output)
            try:
                if _wait_ready(process, port) or attempt == _ATTEMPTS:
                    _check_started(process, log)
                    yield Server(port, process.pid, workers)
                    return
            finally:
                stop(process)


def free_port() -> int:
    """A port that nothing listens to now."""
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the group of a process to end, then ends it."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, sign)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            continue


def _start(environment: Mapping[str, str], port: int, workers: int, output: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _MAIN, "serve", "--host", HOST, "--port", str(port), "--workers", str(workers)]
    return subprocess.Popen(  # noqa: S603 — our own program
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is ours: the server is stopped once, by us
    )


def _wait_ready(process: subprocess.Popen[bytes], port: int, clock: Callable[[], float] = time.monotonic) -> bool:
    """False when the process has ended, or is not ready in time."""
    deadline = clock() + READY_S
    while process.poll() is None and clock() < deadline:
        connection = Connection(port)
        try:
            connection.get("/readyz")
            return True
        except BenchmarkError:
            time.sleep(_PAUSE_S)
        finally:
            connection.close()
    return False


def _check_started(process: subprocess.Popen[bytes], log: Path) -> None:
    if process.poll() is None:
        return
    said = log.read_text("utf-8", "replace").strip().splitlines()
    raise BenchmarkError(f"Le serveur n'a pas démarré : {said[-1] if said else 'il ne dit pas pourquoi'}")
