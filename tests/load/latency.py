"""How long a running server takes to answer, one request after the other.

    python -m tests.load.latency http://127.0.0.1:8000 [--commune 59350] [--requests 300]

Prints p50, p95 and p99 in ms for each kind of request, on one kept connection. Every text is asked once before it is
timed: the encoder remembers its last queries, so that encoding stays apart, and is timed on texts of its own.
"""

import argparse
import http.client
import itertools
import json
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

TEXTS = (
    "payer mon loyer", "apprendre le français", "garde d'enfants", "permis de conduire", "écrire un CV",
    "ordinateur pas cher", "perdu avec mes papiers", "aide alimentaire", "préparer un entretien", "créer une activité",
)  # fmt: skip
FACETS = [("facettes", f) for f in ("types_offre", "thematiques", "publics", "frais", "modes_accueil", "sources")]

Query = list[tuple[str, str]]


def build_kinds(commune: str) -> dict[str, list[Query]]:
    """Kind of request → its variants, asked in turn."""
    place = [("code_commune", commune)]
    themes = [("thematiques", "numerique"), ("thematiques", "famille--garde-denfants")]
    fresh = (f"{text} {number}" for number, text in zip(itertools.count(), itertools.cycle(TEXTS)))
    return {
        "lieu": [place],
        "lieu + 2 thématiques": [place + themes],
        "mots + lieu": [[("q", text), *place] for text in TEXTS],
        "mots + lieu + 6 facettes": [[("q", text), *place, *FACETS] for text in TEXTS],
        "6 facettes, sans lieu": [FACETS],
        "mots jamais vus + lieu": [[("q", text), *place] for text in itertools.islice(fresh, 100)],
    }


class Client:
    """One kept connection."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)

    def time(self, query: Query) -> float:
        """Milliseconds until the whole answer is read. An answer that is not 200 stops the run."""
        started = time.perf_counter()
        self._connection.request("GET", "/v1/offers?" + urlencode(query))
        answer = self._connection.getresponse()
        body = answer.read()
        elapsed = (time.perf_counter() - started) * 1000
        if answer.status != 200:
            raise SystemExit(f"{answer.status} : {json.loads(body)}")
        return elapsed


def measure(client: Client, kinds: dict[str, list[Query]], requests: int) -> Iterator[tuple[str, list[float]]]:
    for kind, variants in kinds.items():
        if "jamais vus" not in kind:
            for query in variants * 3:
                client.time(query)
            variants = list(itertools.islice(itertools.cycle(variants), requests))
        yield kind, [client.time(query) for query in variants]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--commune", default="59350")
    parser.add_argument("--requests", type=int, default=300)
    asked = parser.parse_args()
    print(f"{'':28} {'p50':>7} {'p95':>7} {'p99':>7}  ms")
    for kind, times in measure(Client(asked.address), build_kinds(asked.commune), asked.requests):
        cuts = statistics.quantiles(times, n=100)
        print(f"{kind:28} {cuts[49]:7.1f} {cuts[94]:7.1f} {cuts[98]:7.1f}")


if __name__ == "__main__":
    main()
