"""Whether a change of code leaves the answers as they were, byte by byte.

    maillage bench --offers 100000 --data-dir DOSSIER                  # once: offers made up, left in the folder
    python -m tests.load.answers record DOSSIER avant.jsonl            # with the code of before
    python -m tests.load.answers record DOSSIER apres.jsonl            # with the code of after, the same day
    python -m tests.load.answers compare avant.jsonl apres.jsonl       # ends with 1 when one differs

The requests are those of `maillage bench`, each also further down the list, by distance, by date, filtered and longer:
some 900. A line holds the address, the total, the ids shown, and a fingerprint of the whole JSON body with its
explanations: pages, facets, scores, their parts, reasons and reserves.
"""

import argparse
import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as a server does: more threads may add up otherwise

from indexer.benchmark.workbench import build_settings, open_workbench
from indexer.benchmark.workload import build_scenarios, path_of
from indexer.search import OfferSearch, SearchRequest
from search_api.bodies import build_search_body

SHOWN = 5
"""Differences told in full."""

Line = dict[str, Any]


def iter_requests(search: OfferSearch) -> Iterator[SearchRequest]:
    """The searches of the bench's mix once each, and what people do next with each of them."""
    seen: set[str] = set()
    for scenario in build_scenarios(search):
        for asked in scenario.variants:
            if isinstance(asked, str) or path_of(asked) in seen:
                continue  # suggestions are no search; the mix asks again what was asked
            seen.add(path_of(asked))
            yield asked
            if asked.curseur is None:
                yield from _iter_next(asked)


def _iter_next(asked: SearchRequest) -> Iterator[SearchRequest]:
    yield replace(asked, page=14)
    yield replace(asked, size=60, facettes=("metiers", "moments"))
    yield replace(asked, tri="date", facettes=("publics",))
    yield replace(asked, filtres={**asked.filtres, "publics": ("femmes",), "frais": ("gratuit",)})
    if asked.has_place:
        yield replace(asked, tri="distance", rayon_km=30.0)


def iter_lines(search: OfferSearch) -> Iterator[Line]:
    for request in iter_requests(search):
        answer = search.search(request)
        body = build_search_body(answer, request, explain=True)
        yield {
            "adresse": path_of(request),
            "total": answer.total,
            "offres": [item.id for item in answer.items],
            "empreinte": hashlib.blake2b(body, digest_size=12).hexdigest(),
        }


def record(folder: Path, out: Path) -> int:
    with open_workbench(build_settings(folder, "embedded")) as bench, out.open("wb") as file:
        count = 0
        for line in iter_lines(bench.search):
            file.write(orjson.dumps(line) + b"\n")
            count += 1
    print(f"{count} answers")
    return 0


def compare(first: Path, second: Path) -> int:
    before, after = ([orjson.loads(line) for line in path.read_bytes().splitlines()] for path in (first, second))
    if [line["adresse"] for line in before] != [line["adresse"] for line in after]:
        print("Not the same requests: record both on one folder, the same day.")
        return 1
    different = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    for a, b in different[:SHOWN]:
        same = "same offers" if a["offres"] == b["offres"] else f"{a['offres']}\n  then {b['offres']}"
        print(f"{a['adresse']}\n  total {a['total']} then {b['total']}; {same}")
    print(f"{len(before)} answers, {len(different)} different")
    return 1 if different else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("record", "compare"))
    parser.add_argument("first", type=Path, help="the folder to search, or the record of before")
    parser.add_argument("second", type=Path, help="the record to write, or that of after")
    given = parser.parse_args()
    return (record if given.verb == "record" else compare)(given.first, given.second)


if __name__ == "__main__":
    sys.exit(main())
