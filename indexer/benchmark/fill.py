"""A new live version of made-up offers, and how long the engine took of the whole."""

import time
from collections.abc import Iterator

from indexer.benchmark.machine import size_of
from indexer.benchmark.offers import World, iter_documents
from indexer.benchmark.results import Build
from indexer.benchmark.telling import Tell
from indexer.benchmark.workbench import Workbench
from indexer.engines.base import Document

_TOLD_EVERY = 100


def fill(bench: Workbench, world: World, offers: int, tell: Tell) -> Build:
    """A new live version with the offers; a failure leaves no half-built one."""
    engine, clock = bench.engine, _Stopwatch()
    version = engine.start_version(bench.encoder.name)
    started = time.perf_counter()
    try:
        tell("Offres écrites", 0, offers)
        engine.add_documents(version, clock.timed(_told(iter_documents(world, offers), offers, tell)))
        tell("Fin de l'index", 0, 0)
        engine.finish_version(version)
        engine.activate(version)
    except BaseException:
        engine.discard_version(version)
        raise
    whole, index = time.perf_counter() - started, bench.settings.index_dir
    return Build(
        preparation_s=round(clock.seconds, 2),
        ecriture_s=round(whole - clock.seconds, 2),
        disque_mo=round(size_of(index) / 1e6, 1) if index.is_dir() else None,
    )


class _Stopwatch:
    """How long an iterator took to give its values, apart from what is done with them."""

    seconds = 0.0

    def timed(self, documents: Iterator[Document]) -> Iterator[Document]:
        while True:
            started = time.perf_counter()
            document = next(documents, None)
            self.seconds += time.perf_counter() - started
            if document is None:
                return
            yield document


def _told(documents: Iterator[Document], offers: int, tell: Tell) -> Iterator[Document]:
    for done, document in enumerate(documents, 1):
        if done % _TOLD_EVERY == 0 or done == offers:
            tell("Offres écrites", done, offers)
        yield document
