"""What Lighthouse thinks of the pages, on a slow phone: `make lighthouse`.

    python -m tests.load.lighthouse [http://127.0.0.1:8000] [--runs 3] [--place 90010] [--words "payer mon loyer"]

Measures the site at this address, else the demonstration, served for the occasion. Lighthouse comes from npm the first
time (200 MB), into the cache folder of the user; it drives the machine's Chromium. Scores are medians of the runs, out
of 100. Below 95 anywhere, the command fails and says what cost points. The search of a person is kept out of search
engines on purpose: that one audit, `is-crawlable`, is then left out of the score, and the mark * says so.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from playwright.sync_api import sync_playwright

from tests.screenshots import demonstration
from tests.support.chromium import ARGUMENTS, MISSING, WHOLE, find_chromium
from tests.support.encoder import default_cache_root
from ui.build_assets import Node, find_node, run_in_sources

VERSION: Final = "12.8.2"
LEAST: Final = 95
CATEGORIES: Final = {
    "performance": "rapidité",
    "accessibility": "accessibilité",
    "best-practices": "bonnes pratiques",
    "seo": "référencement",
}
NOT_LISTED: Final = "is-crawlable"


@dataclass(frozen=True)
class Score:
    """0 to 100. `excused` when the page asks not to be listed, and the score leaves that out."""

    value: int
    excused: bool
    costly: tuple[str, ...]


def build_pages(site: str, place: str, words: str) -> dict[str, str]:
    """Home, the whole list (which search engines may list), a person's search, and its first offer."""
    search = urlencode({"q": words, "code_commune": place})
    with urllib.request.urlopen(f"{site}/v1/offers?{search}&size=1", timeout=30) as answer:
        first = json.load(answer)["items"][0]["offre"]["id"]
    return {
        "accueil": f"{site}/",
        "liste": f"{site}/offres",
        "recherche": f"{site}/offres?{search}",
        "offre": f"{site}/offres/{quote(first, safe='')}",
    }


def read_scores(report: dict[str, Any]) -> dict[str, Score]:
    """From Lighthouse's own report: a category is the mean of its audits by their weights."""
    return {name: _read_score(report["audits"], report["categories"][name]["auditRefs"]) for name in CATEGORIES}


def _read_score(audits: dict[str, Any], references: Sequence[dict[str, Any]]) -> Score:
    counted = [(audits[ref["id"]], ref["weight"]) for ref in references if audits[ref["id"]]["score"] is not None]
    excused = any(audit["id"] == NOT_LISTED and audit["score"] == 0 for audit, _ in counted)
    kept = [(audit, weight) for audit, weight in counted if weight and not (excused and audit["id"] == NOT_LISTED)]
    value = round(100 * sum(audit["score"] * weight for audit, weight in kept) / sum(weight for _, weight in kept))
    costly = tuple(
        f"{audit['id']} {audit.get('displayValue', '')}".strip() for audit, _ in kept if audit["score"] < 0.9
    )
    return Score(value, excused, costly)


def middle(scores: Sequence[Score]) -> Score:
    """The run whose score is the median, rounded down to a run that was."""
    value = statistics.median_low(score.value for score in scores)
    return next(score for score in scores if score.value == value)


class Lighthouse:
    """The program in its own folder, outside the project's."""

    def __init__(self, node: Node, chromium: str, folder: Path) -> None:
        self._node, self._chromium, self._folder = node, chromium, folder

    def install(self) -> None:
        """Once a version."""
        if (self._folder / "node_modules" / "lighthouse").is_dir():
            return
        print(f"Lighthouse {VERSION} s'installe dans {self._folder}…", flush=True)
        self._folder.mkdir(parents=True, exist_ok=True)
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--loglevel=error")
        command = [*self._node.npm, "install", *options, f"lighthouse@{VERSION}"]
        if subprocess.run(command, cwd=self._folder, check=False).returncode:
            sys.exit("npm n'a pas pu installer Lighthouse : voyez son message ci-dessus.")

    def measure(self, address: str) -> dict[str, Score]:
        """Of one visit. SystemExit when the page cannot be read."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "report.json"
            self._visit(address, path)
            if not path.exists():
                sys.exit(f"{address} : Lighthouse n'a rien rendu.")
            report = json.loads(path.read_bytes())
        if "runtimeError" in report:
            sys.exit(f"{address} : {report['runtimeError']['message']}")
        return read_scores(report)

    def _visit(self, address: str, report: Path) -> None:
        program = self._folder / "node_modules" / "lighthouse" / "cli" / "index.js"
        flags = f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}"
        command = [self._node.node, str(program), address, "--quiet", "--output=json", f"--output-path={report}", flags]
        subprocess.run(command, env=os.environ | {"CHROME_PATH": self._chromium}, check=False)


def find_lighthouse() -> Lighthouse:
    """Ready to measure. SystemExit without Node or Chromium."""
    with sync_playwright() as playwright:
        chromium = find_chromium(playwright, WHOLE)
    node = find_node(run_in_sources)
    if chromium is None or node is None:
        sys.exit(MISSING if chromium is None else "Node 18 ou plus récent est introuvable.")
    lighthouse = Lighthouse(node, chromium, default_cache_root().with_name("maillage-lighthouse") / VERSION)
    lighthouse.install()
    return lighthouse


def show(name: str, scores: dict[str, Score]) -> bool:
    """One line of the table, and what cost points. Whether all is well."""
    cells = (f"{score.value:16}{'*' if score.excused else ' '}" for score in scores.values())
    print(f"{name:12}{''.join(cells)}", flush=True)
    low = [score for score in scores.values() if score.value < LEAST]
    for score in low:
        print(f"{'':12}{' · '.join(score.costly)}")
    return not low


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?", help="a running site; the demonstration without it")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--place", default="90010")
    parser.add_argument("--words", default="payer mon loyer")
    asked = parser.parse_args()
    lighthouse = find_lighthouse()
    with contextlib.ExitStack() as stack:
        site = asked.address or stack.enter_context(demonstration())
        sys.exit(0 if all(list(_measure_all(lighthouse, site.rstrip("/"), asked))) else 1)


def _measure_all(lighthouse: Lighthouse, site: str, asked: argparse.Namespace) -> Iterator[bool]:
    print(f"{'':12}{''.join(f'{label:>16} ' for label in CATEGORIES.values())}")
    for name, address in build_pages(site, asked.place, asked.words).items():
        runs = [lighthouse.measure(address) for _ in range(asked.runs)]
        yield show(name, {category: middle([run[category] for run in runs]) for category in CATEGORIES})


if __name__ == "__main__":
    main()
