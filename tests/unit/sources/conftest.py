"""Sources declared in a folder of the test's own, a catalogue, and a partner's site on loopback."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from indexer.catalogue import Catalogue, open_catalogue
from indexer.sources.fetch import Waits
from indexer.sources.load import read_source
from indexer.sources.model import Source
from indexer.sources.sync import Syncing, SyncOutcome, sync_source
from tests.support.catalogues import lay_tables
from tests.support.loopback import serving_loopback

START = datetime(2031, 1, 6, 8, tzinfo=UTC)


@dataclass
class Answer:
    """What the site says once."""

    status: int = 200
    body: bytes = b"[]"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A real HTTP server: it gives `answers` in turn, the last one for ever, and remembers what it was asked."""

    url: str
    answers: list[Answer] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)

    def say(self, *answers: Answer) -> None:
        self.answers[:] = answers

    def next_answer(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def site() -> Iterator[Site]:
    told = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append({name.lower(): value for name, value in self.headers.items()} | {"path": self.path})
            answer = told.next_answer()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if answer.status != 304:
                self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    with serving_loopback(Handler) as told.url:
        yield told


@dataclass
class Clock:
    """Time that only the test moves; a sleep moves it too."""

    now: datetime = START
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    @property
    def waits(self) -> Waits:
        return Waits(self.sleep, lambda: (self.now - START).total_seconds(), lambda: self.now, lambda: 0.5)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def catalogue(tmp_path: Path, clock: Clock) -> Iterator[Catalogue]:
    opened = open_catalogue(lay_tables(f"sqlite:///{tmp_path / 'catalogue.sqlite'}"), clock)
    yield opened
    opened.close()


Declare = Callable[..., Source]
Sync = Callable[..., SyncOutcome]


@pytest.fixture
def declare(tmp_path: Path) -> Declare:
    """Writes the TOML of a source, and reads it."""

    def write(text: str, flux: str = "essai") -> Source:
        folder = tmp_path / "sources"
        folder.mkdir(exist_ok=True)
        path = folder / f"{flux}.toml"
        path.write_text(text, "utf-8")
        return read_source(path)

    return write


@pytest.fixture
def sync(tmp_path: Path, catalogue: Catalogue, clock: Clock) -> Sync:
    """Syncs one source."""

    def run(source: Source, **options: Any) -> SyncOutcome:
        return sync_source(Syncing(catalogue, tmp_path / "sync", clock.waits, **options), source)

    return run


def records(count: int = 3) -> bytes:
    """A feed in JSON: one structure and its offers."""
    structure = {"source": "ex", "id": "ex--s", "nom": "Maison des aides", "code_insee": "90010"}
    own = {"source": "ex", "structure_id": "ex--s", "code_insee": "90010"}
    return json.dumps([structure, *(own | {"id": f"ex--{n}", "nom": f"Atelier {n}"} for n in range(count))]).encode()
