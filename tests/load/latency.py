"""How long a running server takes to answer, one request after the other.

    python -m tests.load.latency http://127.0.0.1:8000 [--pages] [--commune 59350] [--requests 300] [--pid 1234]

Prints p50, p95 and p99 in ms for each kind of request, on one kept connection: the searches of the API, or the pages
as a browser asks for them. Every text is asked before it is timed: the encoder remembers its last queries, so that
encoding stays apart, and is timed on texts of its own. With the server's `--pid` (Linux), also the processor time that
a request took, in ms: on a busy machine, it moves less than the time that one waits.
"""

import argparse
import http.client
import itertools
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

TEXTS = (
    "payer mon loyer", "apprendre le français", "garde d'enfants", "permis de conduire", "écrire un CV",
    "ordinateur pas cher", "perdu avec mes papiers", "aide alimentaire", "préparer un entretien", "créer une activité",
)  # fmt: skip
FACETS = [("facettes", f) for f in ("types_offre", "thematiques", "publics", "frais", "modes_accueil", "sources")]
FRESH = "jamais vus"
"""In the name of a kind whose texts are each asked once."""

READ_PAGES = 20
"""Offers and structures whose pages are read in turn."""

Query = list[tuple[str, str]]
Kinds = dict[str, list[str]]
"""Kind of request → the addresses of its variants, asked in turn."""


class Client:
    """One kept connection. Bodies come compressed, as browsers ask for them."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)

    def time(self, path: str) -> float:
        """Milliseconds until the whole answer is read. An answer that is not 200 stops the run."""
        started = time.perf_counter()
        self._get(path, {"Accept-Encoding": "gzip, deflate, br"})
        return (time.perf_counter() - started) * 1000

    def read(self, path: str) -> Any:
        """A JSON answer."""
        return json.loads(self._get(path, {}))

    def _get(self, path: str, headers: dict[str, str]) -> bytes:
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} : {answer.status}")
        return body


def build_searches(commune: str) -> Kinds:
    place = [("code_commune", commune)]
    themes = [("thematiques", "numerique"), ("thematiques", "famille--garde-denfants")]
    return {
        "lieu": [_api(place)],
        "lieu + 2 thématiques": [_api(place + themes)],
        "mots + lieu": [_api([("q", text), *place]) for text in TEXTS],
        "mots + lieu + 6 facettes": [_api([("q", text), *place, *FACETS]) for text in TEXTS],
        "6 facettes, sans lieu": [_api(FACETS)],
        f"mots {FRESH} + lieu": [_api([("q", text), *place]) for text in itertools.islice(_iter_fresh(), 100)],
    }


def build_pages(commune: str, client: Client) -> Kinds:
    """The pages that a person goes through, with offers and structures of this place."""
    place = [("code_commune", commune)]
    found = [item["offre"] for item in client.read(_api([*place, ("size", str(READ_PAGES))]))["items"]]
    holders = dict.fromkeys(offre["structure_id"] for offre in found)
    return {
        "accueil": ["/?" + urlencode(place)],
        "résultats : lieu": [_list(place)],
        "résultats : mots + lieu": [_list([("q", text), *place]) for text in TEXTS],
        "résultats : + 2 filtres": [
            _list([("q", text), *place, ("types_offre", "service"), ("publics", "tous-publics")]) for text in TEXTS
        ],
        "résultats : rien de trouvé": [_list([*place, ("debut_avant", "2020-01-01")])],
        "offre": [f"/offres/{quote(offre['id'], safe='')}?{urlencode(place)}" for offre in found],
        "structure": [f"/structures/{quote(holder, safe='')}?{urlencode(place)}" for holder in holders],
        f"résultats : mots {FRESH}": [_list([("q", text), *place]) for text in itertools.islice(_iter_fresh(), 100)],
    }


def processor_ms(pid: int) -> float:
    """What a process took of the processors since its start, in its code and in the system's (proc(5), 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measure(
    client: Client, kinds: Kinds, requests: int, taken: Callable[[], float]
) -> Iterator[tuple[str, list[float], float]]:
    """Kind, milliseconds of each request, and the mean of what `taken` counts a request."""
    for kind, variants in kinds.items():
        if FRESH not in kind:
            for path in variants * 3:
                client.time(path)
            variants = list(itertools.islice(itertools.cycle(variants), requests))
        before = taken()
        times = [client.time(path) for path in variants]
        yield kind, times, (taken() - before) / len(times)


def _api(query: Query) -> str:
    return "/v1/offers?" + urlencode(query)


def _list(query: Query) -> str:
    return "/offres?" + urlencode(query)


def _iter_fresh() -> Iterator[str]:
    """Texts that this server has never seen, whatever was measured before."""
    run = time.time_ns() % 1_000_000
    return (f"{text} {run + number}" for number, text in enumerate(itertools.cycle(TEXTS)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--pages", action="store_true", help="the pages in place of the API")
    parser.add_argument("--commune", default="59350")
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--pid", type=int, help="the server's process")
    asked = parser.parse_args()
    client = Client(asked.address)
    kinds = build_pages(asked.commune, client) if asked.pages else build_searches(asked.commune)
    taken = (lambda: 0.0) if asked.pid is None else partial(processor_ms, asked.pid)
    print(f"{'':28} {'p50':>7} {'p95':>7} {'p99':>7}{'' if asked.pid is None else '     cpu'}  ms")
    for kind, times, processor in measure(client, kinds, asked.requests, taken):
        cuts = statistics.quantiles(times, n=100)
        shown = "" if asked.pid is None else f"{processor:8.1f}"
        print(f"{kind:28} {cuts[49]:7.1f} {cuts[94]:7.1f} {cuts[98]:7.1f}{shown}")


if __name__ == "__main__":
    main()
