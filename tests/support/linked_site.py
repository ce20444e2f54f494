"""Sites that links point to, on loopback: each name below is a host of its own, all served by one server."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from indexer.links.guarded import GuardedTransport, UnknownHostError
from tests.support.loopback import serving_loopback


@dataclass
class Site:
    """`status` is what a path answers from now on; `seen` counts « METHOD path », `hosts` and `agents` were sent."""

    port: int = 0
    status: dict[str, int] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    hosts: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)

    def url(self, path: str, host: str = "site.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def transport(self) -> GuardedTransport:
        """`*.example` are this server; `interne.test` is a private machine; other names do not exist."""

        def resolve(host: str, port: int) -> Sequence[str]:
            if host.endswith(".example"):
                return ["127.0.0.1"]
            if host == "interne.test":
                return ["10.0.0.7"]
            raise UnknownHostError(host)

        return GuardedTransport(resolve, lambda address, port: (address, port) == ("127.0.0.1", self.port))


class _Handler(BaseHTTPRequestHandler):
    site: Site

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.site.seen[f"{self.command} {self.path}"] += 1
        self.site.hosts.add(self.headers["Host"])
        self.site.agents.add(self.headers["User-Agent"])
        moved = {
            "/ancien": "/page",
            "/boucle": "/boucle",
            "/vers-interne": "http://interne.test/secret",
            "/vers-fichier": "file:///etc/passwd",
        }
        status = 302 if self.path in moved else self.site.status.get(self.path, 200)
        if self.path == "/sans-head" and self.command == "HEAD":
            status = 404
        self.send_response(status)
        if self.path in moved:
            self.send_header("Location", moved[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def serve_links() -> Iterator[Site]:
    site = Site()
    handler = type("Handler", (_Handler,), {"site": site})
    with serving_loopback(handler) as address:
        site.port = int(address.rpartition(":")[2])
        yield site
