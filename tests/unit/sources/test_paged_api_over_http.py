"""The paged API of data·inclusion, synced from a real server on loopback: its token, its pages, its bad moments."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from indexer.catalogue import Catalogue
from indexer.sources.sync import SyncState
from tests.support.loopback import serving_loopback
from tests.unit.sources.conftest import Clock, Declare, Sync

TOKEN = "jeton-secret-3141"
SIZE = 2


@dataclass
class PagedServer:
    """Two tables by pages of two rows. `bad` are the answers given before the right one, by table and page.

    `shift`: once that page has been given, the last row of the services goes to their beginning, as when a row is
    written while the pages are read.
    """

    url: str = ""
    structures: list[dict[str, Any]] = field(default_factory=list)
    services: list[dict[str, Any]] = field(default_factory=list)
    bad: dict[tuple[str, int], list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    shift: int = 0
    token: str = TOKEN

    def answer(self, path: str, authorization: str | None) -> tuple[int, dict[str, str], bytes]:
        asked = urlsplit(path)
        table, number = asked.path.rsplit("/", 1)[1], int(parse_qs(asked.query)["page"][0])
        if authorization != f"Bearer {self.token}":
            return 403, {}, b'{"detail": "Not authenticated"}'
        if waiting := self.bad.get((table, number)):
            status, headers = waiting.pop(0)
            return status, headers, b"<html>Bad Gateway</html>"
        rows = self.structures if table == "structures" else self.services
        page = rows[(number - 1) * SIZE : number * SIZE]
        body = {"items": page, "total": len(rows), "page": number, "size": SIZE, "pages": -(-len(rows) // SIZE)}
        if table == "services" and number == self.shift:
            self.shift, self.services = 0, [self.services[-1], *self.services[:-1]]
        return 200, {}, json.dumps(body).encode()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PagedServer]:
    monkeypatch.setenv("ESSAI_JETON", TOKEN)
    own = {"source": "dora", "code_insee": "90010"}
    told = PagedServer(
        structures=[own | {"id": "dora--s", "nom": "Maison des aides"}],
        services=[own | {"id": f"dora--{n}", "structure_id": "dora--s", "nom": f"Atelier {n}"} for n in range(5)],
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = told.answer(self.path, self.headers["Authorization"])
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    with serving_loopback(Handler) as address:
        told.url = f"{address}/api/v1"
        yield told


def toml(server: PagedServer) -> str:
    return (
        'titre = "API"\nlicence = "Essai"\nformat = "ndjson"\n'
        f'[acces]\napi = "{server.url}"\njeton = "ESSAI_JETON"\n[gardes]\nperte_max = 0.3\n'
    )


def published(catalogue: Catalogue) -> list[str]:
    return [stored.offer.id for stored in catalogue.iter_offers_for_index()]


ALL = [f"dora--{n}" for n in range(5)]


def test_every_page_of_both_tables_is_published(
    server: PagedServer, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    outcome = sync(declare(toml(server)))
    assert (outcome.state, outcome.message, outcome.remarks) == (SyncState.IMPORTED, "", ())
    assert published(catalogue) == ALL


def test_rows_that_move_between_two_pages_come_once_each(
    server: PagedServer, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    server.shift = 1
    outcome = sync(declare(toml(server)))
    assert (outcome.state, outcome.remarks) == (SyncState.IMPORTED, ())
    assert published(catalogue) == ALL


def test_a_server_that_stumbles_in_the_middle_is_waited_for(
    server: PagedServer, declare: Declare, sync: Sync, catalogue: Catalogue, clock: Clock
) -> None:
    server.bad = {("services", 2): [(500, {}), (429, {"Retry-After": "7"})], ("services", 3): [(503, {})]}
    assert sync(declare(toml(server))).state is SyncState.IMPORTED
    assert clock.slept == [1.0, 7.0, 1.0]
    assert published(catalogue) == ALL


def test_a_server_that_stays_down_in_the_middle_changes_nothing(
    server: PagedServer, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(toml(server))
    sync(source)
    server.services = server.services[:1] + server.services[3:]
    server.bad = {("services", 2): [(502, {})] * 10}
    outcome = sync(source)
    assert outcome.state is SyncState.FAILED
    assert "/services, page 2 : 502, après 4 essais" in outcome.message
    assert published(catalogue) == ALL


def test_a_refused_token_is_said_without_being_shown(
    server: PagedServer, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(toml(server))
    sync(source)
    server.token = "un-autre"
    outcome = sync(source)
    assert outcome.state is SyncState.FAILED
    assert "jeton refusé (403)" in outcome.message
    assert TOKEN not in outcome.message
    assert published(catalogue) == ALL


def test_the_same_rows_in_another_order_change_no_record(server: PagedServer, declare: Declare, sync: Sync) -> None:
    source = declare(toml(server))
    sync(source)
    server.services.reverse()
    outcome = sync(source)
    assert outcome.report is not None
    assert not outcome.report.changed
