"""From the catalogue to the index: a whole new version, or the changes since a revision."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue.store import Catalogue
from indexer.catalogue.stored import StoredOffer
from indexer.catalogue.work import Work
from indexer.documents import build_document, passage_of
from indexer.embeddings.bulk import encode_passages_cached
from indexer.embeddings.encoder import Encoder
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.base import Document, SearchEngine, VersionInfo
from indexer.errors import BusyError
from indexer.gate import SAMPLE, check_version
from indexer.predictions import NOTHING_DEDUCED, Deduced, ThemePredictor
from indexer.status import late_offers

BATCH = 512
"""Offers encoded and written at once: memory stays flat, and an interruption loses one batch of vectors at most."""

LONGEST_WAIT_S = 300.0
"""For another process that writes to the live index: encoding 500 offers takes half a minute."""

_PAUSE_S = 0.2

Progress = Callable[[int, int], None]
"""(offers done, offers in all)."""


@dataclass(frozen=True)
class Indexing:
    """What building documents needs."""

    catalogue: Catalogue
    engine: SearchEngine
    encoder: Encoder
    cache: VectorCache
    today: date
    predictor: ThemePredictor | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """Live changes: written, removed, and left for a reindex because they were too many."""

    written: int
    removed: int
    left: int


def reindex(work: Indexing, on_progress: Progress | None = None, *, accept_loss: bool = False) -> VersionInfo:
    """Builds a version beside the live one, checks it, makes it live. GateError or any other error leaves the live one.

    What an import commits meanwhile is written to the new version once it is live. BusyError when one already runs.
    """
    with work.catalogue.doing("reindex", "reindex") as job:

        def tell(done: int, total: int) -> None:
            job.beat(f"{done} offres sur {total}", done / total if total else None)
            if on_progress is not None:
                on_progress(done, total)

        revision = work.catalogue.latest_revision_id()
        version = work.engine.start_version(work.encoder.name)
        try:
            info, sample = _fill(work, version, tell)
            check_version(work.engine, version, info.documents, sample, work.today, accept_loss)
            with _index_lease(work):
                _set_position(work, version, revision)
                work.engine.activate(version)
        except BaseException:
            work.engine.discard_version(version)
            raise
        follow(work)
        return info


def follow(work: Indexing, limit: int | None = None, wait_s: float = LONGEST_WAIT_S) -> Followed:
    """Writes to the live version what the catalogue changed since. Removals always; the rest if at most `limit`.

    Without a live version of this catalogue there is nothing to follow. With a live version of another encoder,
    only removals are written: vectors of two models cannot be compared. One follower at a time: the others wait,
    `wait_s` seconds at most, then BusyError.
    """
    if not late_offers(work.catalogue, work.engine):
        return Followed(0, 0, 0)
    with _index_lease(work, wait_s) as job:
        return _follow(work, job, limit)


def write_now(work: Indexing, offer_ids: Sequence[str]) -> None:
    """Writes some offers to the live version as the catalogue has them now, and takes out those that it shows no more.

    How far the version has followed the catalogue stays as it was: `follow` will write them again. Nothing happens
    without a live version, nor, but for removals, with one of another encoder.
    """
    live = work.engine.health().version
    if live is None:
        return
    stored = work.catalogue.get_offers(list(offer_ids))
    published = [stored[i] for i in offer_ids if i in stored and stored[i].published]
    work.engine.delete(sorted(set(offer_ids) - {offer.offer.id for offer in published}))
    if live.encoder == work.encoder.name:
        for documents in _iter_batches(work, published):
            work.engine.upsert(documents)


def _follow(work: Indexing, job: Work, limit: int | None) -> Followed:
    live = work.engine.health().version
    position = None if live is None else work.catalogue.index_position(live.name)
    if live is None or position is None:
        return Followed(0, 0, 0)
    revision = work.catalogue.latest_revision_id()
    touched = work.catalogue.offers_touched_since(position)
    stored = work.catalogue.get_offers(touched)
    published = [stored[i] for i in touched if i in stored and stored[i].published]
    gone = sorted(set(touched) - {offer.offer.id for offer in published})
    removed = work.engine.delete(gone) if gone else 0
    if live.encoder != work.encoder.name or (limit is not None and len(published) > limit):
        return Followed(0, removed, len(published))
    batches = _iter_batches(work, published, lambda done: job.beat(f"{done} offres sur {len(published)}"))
    written = sum(work.engine.upsert(documents) for documents in batches)
    _set_position(work, live.name, revision)
    return Followed(written, removed, 0)


@contextmanager
def _index_lease(work: Indexing, wait_s: float = LONGEST_WAIT_S) -> Iterator[Work]:
    """Holds what goes live and how far it has followed, together; waits for who holds it."""
    with ExitStack() as stack:
        deadline = time.monotonic() + wait_s
        while True:
            try:
                job = stack.enter_context(work.catalogue.doing("index", "mise à jour de l'index"))
                break
            except BusyError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE_S)
        yield job


def _set_position(work: Indexing, version: str, revision: int) -> None:
    work.catalogue.set_index_position(version, revision, [info.name for info in work.engine.versions()])


def _fill(work: Indexing, version: str, tell: Progress) -> tuple[VersionInfo, Sequence[Document]]:
    """Writes every published offer; the version as written, and a few of its documents spread over it."""
    total = work.catalogue.counts().published
    step = max(1, total // SAMPLE)
    done, sample = 0, []
    offers = work.catalogue.iter_offers_for_index()
    for documents in _iter_batches(work, offers, lambda encoded: tell(encoded, total)):
        work.engine.add_documents(version, documents)
        sample += [d for place, d in enumerate(documents, done) if place % step == 0]
        done += len(documents)
        tell(done, total)
    return work.engine.finish_version(version), sample


def _iter_batches(
    work: Indexing, offers: Iterable[StoredOffer], on_encoded: Callable[[int], None] | None = None
) -> Iterator[list[Document]]:
    """Documents ready to be written; `on_encoded` is told how many are encoded so far."""
    remaining, done = iter(offers), 0
    while batch := list(islice(remaining, BATCH)):
        advance = None if on_encoded is None else partial(_tell_from, done, on_encoded)
        passages = [passage_of(offer) for offer in batch]
        vectors = encode_passages_cached(passages, work.encoder, work.cache, advance)
        deduced = _deduce(work, batch, passages, vectors)
        yield [build_document(o, v, work.today, d) for o, v, d in zip(batch, vectors, deduced, strict=True)]
        done += len(batch)


def _deduce(
    work: Indexing, batch: Sequence[StoredOffer], passages: Sequence[str], vectors: NDArray[np.float32]
) -> list[Deduced]:
    """What the text of each offer suggests; nothing without a predictor."""
    if work.predictor is None:
        return [NOTHING_DEDUCED] * len(batch)
    return work.predictor.deduce([stored.offer for stored in batch], passages, vectors)


def _tell_from(done: int, tell: Callable[[int], None], encoded: int, _: int) -> None:
    tell(done + encoded)
