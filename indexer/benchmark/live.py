"""Live changes: how long a write takes, and until another process answers with it."""

import multiprocessing
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import cycle
from multiprocessing.connection import Connection as Pipe
from typing import Final, Protocol
from urllib.parse import urlencode

from indexer.benchmark.machine import read_memory
from indexer.benchmark.offers import World, iter_offers
from indexer.benchmark.results import Level, Memory, Seen, percentile
from indexer.benchmark.server import Server
from indexer.documents import build_document
from indexer.engines.base import Document, Place, SearchEngine, SearchQuery
from indexer.engines.factory import build_engine
from indexer.errors import BenchmarkError
from indexer.settings import Settings

SOURCE: Final = "banc-direct"
"""The producer of what is written live: alone, so that it is found whatever else is around."""

_PATIENCE_S = 30.0
_START_S = 120.0
_RADIUS_KM = 1.0


class Watcher(Protocol):
    """Another process that reads the index."""

    def wait_for(self, document: Document) -> float:
        """The moment (`time.monotonic`, which processes share) of the first answer that holds the document."""


def build_live_documents(world: World, first: int, count: int) -> list[Document]:
    """`count` on-site documents of their own producer, numbered from `first`."""
    drawn = iter_offers(replace(world, seed=world.seed + first + 1), count)
    return [
        build_document(replace(stored, offer=stored.offer.model_copy(update=_own(number))), vector, world.today)
        for number, (stored, vector) in enumerate(drawn, first)
    ]


def measure_seen(
    engine: SearchEngine, documents: Sequence[Document], watcher: Watcher, level: Level, processes: int
) -> Seen:
    """Writes the documents one by one; each must be seen before the next."""
    waits = []
    for document in documents:
        engine.upsert([document])
        written = time.monotonic()
        waits.append(max(0.0, watcher.wait_for(document) - written) * 1000)
    return Seen(
        niveau=level,
        processus=processes,
        changements=len(waits),
        p50_ms=percentile(waits, 0.5),
        p95_ms=percentile(waits, 0.95),
        max_ms=max(waits),
    )


class ServerWatcher:
    """Asks by one of several connections, each document by the next: they lead to all the workers of a server."""

    def __init__(self, server: Server) -> None:
        self._connections = cycle([server.connect() for _ in range(4 * server.workers)])

    def wait_for(self, document: Document) -> float:
        place = {"lat": document.latitude, "lon": document.longitude, "rayon_km": "1", "sources": SOURCE, "size": 100}
        path, wanted = "/v1/offers?" + urlencode(place), f'"{document.id}"'.encode()
        connection, deadline = next(self._connections), time.monotonic() + _PATIENCE_S
        while wanted not in connection.get(path):
            _check_time(deadline, document.id)
        return time.monotonic()


class ReaderWatcher:
    """A process with the engine alone, which searches again and again until it finds."""

    def __init__(self, pipe: Pipe, pid: int) -> None:
        self._pipe, self._pid = pipe, pid

    def wait_for(self, document: Document) -> float:
        self._pipe.send((document.id, document.latitude, document.longitude))
        if not self._pipe.poll(_PATIENCE_S):
            raise _never_seen(document.id)
        seen: float = self._pipe.recv()
        return seen

    def memory(self) -> Memory | None:
        return read_memory("moteur seul", self._pid)


@contextmanager
def watching(settings: Settings, dimensions: int, today: date) -> Iterator[ReaderWatcher]:
    """Starts the reader; ends it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_watch, args=(theirs, settings, dimensions, today), daemon=True)
    process.start()
    try:
        if not ours.poll(_START_S):
            raise BenchmarkError(
                "Le processus qui relit l'index n'a pas démarré. Fermez d'autres programmes, relancez."
            )
        ours.recv()
        yield ReaderWatcher(ours, process.pid or 0)
    finally:
        process.terminate()
        process.join()


def _watch(pipe: Pipe, settings: Settings, dimensions: int, today: date) -> None:
    """The reader's loop: what is asked by the pipe is looked for until it is there; its time is sent back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's, which ends us
    engine = build_engine(settings, dimensions)
    engine.search(SearchQuery(today=today, size=1))
    pipe.send(True)
    while True:
        try:
            wanted, latitude, longitude = pipe.recv()
        except EOFError:  # the parent is gone
            return
        place = Place(latitude, longitude, _RADIUS_KM, frozenset())
        query = SearchQuery(today=today, place=place, filters={"sources": frozenset({SOURCE})}, size=100)
        while all(hit.id != wanted for hit in engine.search(query).hits):
            pass
        pipe.send(time.monotonic())


def _own(number: int) -> dict[str, object]:
    return {
        "id": f"{SOURCE}--{number}",
        "source": SOURCE,
        "modes_accueil": ("en-presentiel",),
        "zone_eligibilite": None,
        "validite": None,  # one that is past is never shown
        "sessions": (),
    }


def _check_time(deadline: float, document_id: str) -> None:
    if time.monotonic() > deadline:
        raise _never_seen(document_id)


def _never_seen(document_id: str) -> BenchmarkError:
    return BenchmarkError(
        f"L'offre « {document_id} », écrite, n'est pas vue par l'autre processus après {_PATIENCE_S:g} secondes."
    )
