"""An address service on loopback, in the published shape of the national one, with a few invented addresses."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.loopback import serving_loopback

KNOWN: dict[str, dict[str, Any]] = {
    "12 bis rue des Lilas 90000 Belfort": {
        "type": "housenumber", "score": 0.96, "citycode": "90010", "postcode": "90000", "at": (47.6405, 6.8551)},
    "rue des Lilas 90000 Belfort": {
        "type": "street", "score": 0.9, "citycode": "90010", "postcode": "90000", "at": (47.6404, 6.855)},
    "Lieu-dit La Combe 90000 Belfort": {
        "type": "locality", "score": 0.81, "citycode": "90010", "postcode": "90000", "at": (47.65, 6.87)},
    "derrière la gare 90000 Belfort": {
        "type": "municipality", "score": 0.62, "citycode": "90010", "postcode": "90000", "at": (47.6379, 6.8629)},
    "3 rue du Port 97400 Saint-Denis": {
        "type": "housenumber", "score": 0.93, "citycode": "97411", "postcode": "97400", "at": (-20.8823, 55.4504)},
    "5 chemin Perdu 90100": {
        "type": "street", "score": 0.9, "citycode": "90033", "postcode": "90100", "at": (47.509, 6.999)},
    "7 chemin Vague 90100": {
        "type": "street", "score": 0.75, "citycode": "90033", "postcode": "90100", "at": (47.509, 6.999)},
    "8 rue de la Mairie 68200 Mulhouse": {
        "type": "housenumber", "score": 0.95, "citycode": "68224", "postcode": "68200", "at": (47.7494, 7.3396)},
    "8 rue de la Mairie 90000 Belfort": {
        "type": "housenumber", "score": 0.88, "citycode": "68224", "postcode": "68200", "at": (47.7494, 7.3396)},
}  # fmt: skip
"""The question as it must be asked, and its only answer; any other question has none."""


@dataclass
class Service:
    """`asked` counts each address; `failures` are the statuses that the next requests get; `takes_files` or 404."""

    url: str = ""
    asked: Counter[str] = field(default_factory=Counter)
    requests: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    failures: list[int] = field(default_factory=list)
    takes_files: bool = True
    nonsense: bool = False


class _Handler(BaseHTTPRequestHandler):
    service: Service

    def do_GET(self) -> None:
        self._told()
        if self._fails():
            return
        (address,) = parse_qs(urlsplit(self.path).query)["q"]
        self.service.asked[address] += 1
        body = {"type": "FeatureCollection", "features": [_feature(address)] if address in KNOWN else []}
        self._answer(200, b"<html>Travaux</html>" if self.service.nonsense else json.dumps(body).encode(), "text/html")

    def do_POST(self) -> None:
        self._told()
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.service.takes_files:
            self._answer(404, b"", "text/plain")
        elif self.service.nonsense:
            self._answer(200, b"<html>Travaux</html>", "text/html")
        elif not self._fails():
            rows = list(csv.DictReader(io.StringIO(_file_of(self.headers["Content-Type"], sent))))
            self.service.asked.update(row["adresse"] for row in rows)
            self._answer(200, _csv(rows), "text/csv")

    def _told(self) -> None:
        self.service.requests.append(f"{self.command} {urlsplit(self.path).path}")
        self.service.agents.add(self.headers["User-Agent"])

    def _fails(self) -> bool:
        if not self.service.failures:
            return False
        self._answer(self.service.failures.pop(0), b"{}", "application/json")
        return True

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


def _feature(address: str) -> dict[str, Any]:
    known = KNOWN[address]
    latitude, longitude = known["at"]
    properties = {"label": address} | {name: known[name] for name in ("type", "score", "citycode", "postcode")}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": properties,
    }


def _file_of(content_type: str, sent: bytes) -> str:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(_class=EmailMessage, policy=HTTP).parsebytes(head + sent)
    (part,) = [p for p in message.iter_parts() if p.get_param("name", header="content-disposition") == "data"]
    return str(part.get_payload(decode=True).decode())  # type: ignore[union-attr]


def _csv(rows: list[dict[str, str]]) -> bytes:
    names = ["label", "score", "type", "postcode", "citycode"]
    text = io.StringIO()
    columns = ["numero", "adresse", "latitude", "longitude", *(f"result_{name}" for name in names), "result_status"]
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    for row in rows:
        known = KNOWN.get(row["adresse"])
        if known is None:
            writer.writerow(row | {"result_status": "not-found"})
            continue
        latitude, longitude = known["at"]
        found = {f"result_{name}": known[name] for name in names if name != "label"}
        place = {"latitude": latitude, "longitude": longitude, "result_label": row["adresse"], "result_status": "ok"}
        writer.writerow(row | place | found)
    return text.getvalue().encode()


@contextmanager
def serve_addresses() -> Iterator[Service]:
    service = Service()
    handler = type("Handler", (_Handler,), {"service": service})
    with serving_loopback(handler) as address:
        service.url = f"{address}/geocodage"
        yield service
