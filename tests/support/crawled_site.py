"""A site to crawl, on loopback, with every way in which sites misbehave."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback import serving_loopback

EVENT = """<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "Event", "@id": "e-{name}",
"name": "Atelier CV {name}", "startDate": "2027-03-02T09:00:00+01:00", "description": "Recherche d'emploi"}}</script>"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//essai
BEGIN:VEVENT
UID:c1
SUMMARY:Permanence de la mission locale
DTSTART:20270322T140000
END:VEVENT
END:VCALENDAR
"""
HOME = """<html><head><link rel="alternate" type="text/calendar" href="/agenda.ics"></head><body>
<a href="/detail/1">un</a> <a href="/detail/2">deux</a> <a href="/detail/latin">latin</a> <a href="/ancien">redirigé</a>
<a href="/absent">404</a> <a href="/occupe">429</a> <a href="/panne">500</a> <a href="/boucle">boucle</a>
<a href="/prive/secret">interdit</a> <a href="/enorme">énorme</a> <a href="http://ailleurs.invalid/x">dehors</a></body></html>"""


def build_page(name: str) -> str:
    body = f"<h1>Atelier {name}</h1><p class=texte>Écrire à anne.durand@example.org pour venir.</p>"
    return f"<html><head>{EVENT.format(name=name)}</head><body>{body}<a href='/'>accueil</a></body></html>"


class _Handler(BaseHTTPRequestHandler):
    seen: Counter[str]
    agents: set[str]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.seen[parts.path] += 1
        self.agents.add(self.headers.get("User-Agent", ""))
        status, headers, body = self._answer(parts.path, parse_qs(parts.query))
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /prive/\n"
        if path == "/":
            return 200, {}, HOME.encode()
        if path == "/detail/latin":
            return 200, {"Content-Type": "text/html"}, build_page("à côté").encode("cp1252")
        if path.startswith("/detail/"):
            return 200, {}, build_page(path.rpartition("/")[2]).encode()
        if path == "/agenda.ics":
            return 200, {"Content-Type": "text/calendar"}, CALENDAR.encode()
        if path == "/sans-nom":
            return 200, {}, b"<html><body><p class=texte>rien</p></body></html>"
        if path == "/calendrier":
            month = int(query.get("mois", ["0"])[0])
            return 200, {}, f"<a href='/calendrier?mois={month + 1}'>suivant</a>".encode()
        if path == "/enorme":
            return 200, {}, b"<html>" + b"x" * 4_000_000
        if path.startswith("/api/"):
            return self._list(path, int(query.get("page", ["1"])[0]))
        return self._misbehave(path)

    def _list(self, path: str, page: int) -> tuple[int, dict[str, str], bytes]:
        """Two pages of two workshops: counted, with the next one named, with a second that is an error told as a 200,
        or the last one again and again."""
        if path == "/api/casse" and page > 1:
            return 200, {}, b"<html>En maintenance</html>"
        shown = min(page, 2) if path == "/api/repete" else page
        items = [
            {"ref": n, "titre": f"Atelier {n}", "lieu": {"ville": "Belfort", "tel": ["0384000000"]}, "mail": "a@b.fr"}
            for n in (2 * shown - 1, 2 * shown)
        ]
        answer: dict[str, Any] = {"data": {"items": items if shown <= 2 else []}}
        if path == "/api/suivante" and page < 2:
            answer["suite"] = f"/api/suivante?page={page + 1}"
        return 200, {"Content-Type": "application/json"}, json.dumps(answer).encode()

    def _misbehave(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/ancien":
            return 301, {"Location": "/detail/3"}, b""
        if path == "/boucle":
            return 302, {"Location": "/boucle"}, b""
        if path == "/occupe":
            first = self.seen[path] == 1
            return (429, {"Retry-After": "0"}, b"") if first else (200, {}, build_page("occupe").encode())
        return (500 if path == "/panne" else 404), {}, b"erreur"

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def serve_site() -> Iterator[tuple[str, Any]]:
    """The address of the site, and its handler class: `seen` counts paths, `agents` holds the names of visitors."""
    handler = type("Handler", (_Handler,), {"seen": Counter(), "agents": set()})
    with serving_loopback(handler) as address:
        yield address, handler
