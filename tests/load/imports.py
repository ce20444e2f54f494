"""How long real files take to become a live index, and how long a sync takes when nothing has changed.

    python -m tests.load.imports [--data ../shared/data] [--json]

Declares the eleven fluxes of the shared data in a temporary folder, then times, by the clock and by the processor: the
sync of all of them into an empty catalogue, the search for duplicates, an index whose vectors are all cached, and the
same again without any change. Vectors are those of a quick encoder, kept beforehand: reading one from the cache costs
the same whoever made it. Thématiques are not deduced, and no mail, page or server is concerned.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.catalogue import open_catalogue
from indexer.dedupe.run import run_dedupe
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.embedded import EmbeddedEngine
from indexer.rebuild import Indexing, reindex
from indexer.search.service import now_in_france
from indexer.sources.load import read_source
from indexer.sources.model import Source
from indexer.sources.sync import Syncing, SyncState, sync_sources
from tests.support.hashing_encoder import HashingEncoder

FLUXES = {
    "lille": "feeds/lille_2026_*.json",
    "reunion": "feeds/reunion_2025_*.json",
    "structures2023": "catalogue/structures_2023.jsonl",
    "services2022": "catalogue/services_data_inclusion_2022.jsonl",
    "hinaura": "catalogue/lieux_mediation_hinaura.jsonl",
    "mesaides": "catalogue/mes_aides_2022.jsonl",
    "siae": "catalogue/siae_2020.jsonl",
    "fle": "catalogue/formations_fle_2019.jsonl",
    "evenements": "catalogue/evenements.jsonl",
    "franceservices": "catalogue/france_services_2022.csv",
    "agences": "catalogue/agences_france_travail.csv",
}
GOALS = {"du fichier à l'index": 90.0, "sync sans changement": 10.0}
"""Seconds by the clock, on two cores that do nothing else."""


@dataclass(frozen=True, slots=True)
class Step:
    """Seconds by the clock and of the processor; `records` are what the step went through."""

    name: str
    clock: float
    processor: float
    records: int


def measure(data: Path, folder: Path) -> Iterator[Step]:
    """The steps in their order. Stops at a source that does not go well."""
    sources = declare(data, folder)
    catalogue = open_catalogue(f"sqlite:///{folder / 'catalogue.sqlite'}")
    encoder = HashingEncoder()
    engine = EmbeddedEngine(folder / "index", dimensions=encoder.dimensions, now=now_in_france)
    try:
        with VectorCache(folder / "vectors.sqlite") as cache:
            work = Indexing(catalogue, engine, encoder, cache, now_in_france().date())
            # Most of the events are of no interest to insertion: their rejects would hold them.
            syncing = Syncing(catalogue, folder / "sync", accept_loss=True)
            yield (first := _timed("sync de tous les flux", lambda: sync(syncing, sources, SyncState.IMPORTED)))
            yield (groups := _timed("recherche de doublons", lambda: _dedupe(work)))
            reindex(work)
            yield (index := _timed("index, vecteurs en cache", lambda: reindex(work).documents))
            yield _sum("du fichier à l'index", first, groups, index)
            yield _timed("sync sans changement", lambda: sync(syncing, sources, SyncState.UNCHANGED))
            yield _timed("doublons sans changement", lambda: _dedupe(work))
    finally:
        catalogue.close()


def declare(data: Path, folder: Path) -> list[Source]:
    declared = []
    for flux, pattern in FLUXES.items():
        path = folder / f"{flux}.toml"
        where = json.dumps(str(data.resolve() / pattern))
        path.write_text(f'titre = "{flux}"\nlicence = "Mesure"\n[acces]\nfichier = {where}\n')
        declared.append(read_source(path))
    return declared


def sync(work: Syncing, sources: list[Source], expected: SyncState) -> int:
    outcomes = sync_sources(work, sources)
    for outcome in outcomes:
        if outcome.state is not expected:
            sys.exit(f"{outcome.flux} : {outcome.state}. {outcome.message}")
    return sum(outcome.report.read for outcome in outcomes if outcome.report is not None)


def _dedupe(work: Indexing) -> int:
    report = run_dedupe(work.catalogue)
    return report.structures.relues + report.offres.relues


def _timed(name: str, run: Callable[[], int]) -> Step:
    clock, processor = time.perf_counter(), time.process_time()
    records = run()
    return Step(name, time.perf_counter() - clock, time.process_time() - processor, records)


def _sum(name: str, *steps: Step) -> Step:
    return Step(name, sum(s.clock for s in steps), sum(s.processor for s in steps), steps[0].records)


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="maillage-imports-") as made:
        yield Path(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the shared data")
    parser.add_argument("--folder", type=Path, help="an empty folder to work in (default: a temporary one)")
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data} : dossier absent. Donnez celui des données avec --data.")
    with _place(options.folder) as folder:
        for step in measure(options.data, folder):
            _tell(step, options.json)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"memoire_mo": peak, "charge": os.getloadavg()[0]}), flush=True)


def _tell(step: Step, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(step), ensure_ascii=False), flush=True)
        return
    goal = f" (but : {GOALS[step.name]:.0f} s)" if step.name in GOALS else ""
    figures = f"{step.clock:6.1f} s, processeur {step.processor:5.1f} s, {step.records} fiches"
    print(f"{step.name:26} {figures}{goal}", flush=True)


if __name__ == "__main__":
    main()
