"""The embedded engine: a folder of versions, memory-mapped, with a live log. See `SearchEngine` for the contract."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from indexer.engines.base import (
    MAX_PAGED,
    Document,
    Health,
    SearchHits,
    SearchQuery,
    VersionInfo,
    VocabularyStatistics,
)
from indexer.engines.embedded.collect import Collector
from indexer.engines.embedded.locks import FileLock, held
from indexer.engines.embedded.log import Change, LiveLog
from indexer.engines.embedded.snapshot import Snapshot, first_snapshot
from indexer.engines.embedded.storage import SegmentWriter, load_segment
from indexer.engines.embedded.versions import SCHEMA, Manifest, VersionFolders, info_of
from indexer.engines.embedded.vocabulary import frequencies_of
from indexer.engines.shared import parse_snapshot, snapshot_name, version_before
from indexer.errors import EngineError, MaillageError, QueryError

_LOG = "live.log"
_REMEMBERED = 6
"""Snapshots other than the live one that are kept open: rollbacks, and lists being walked by cursor."""

_WRITE_WAIT_S = 30.0  # a live change is milliseconds of work: waiting longer means a stuck writer


class EmbeddedEngine:
    """Safe for any number of threads and reading processes; one builder and one live writer at a time."""

    def __init__(
        self, root: Path, dimensions: int = 384, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._folders = VersionFolders(root)
        self._dimensions = dimensions
        self._now = now
        self._lock = threading.Lock()
        self._live: Snapshot | None = None
        self._live_stamp: tuple[int, int] = (0, 0)
        self._others: dict[str, Snapshot] = {}
        self._build_lock = FileLock(root / "build.lock")
        self._writers: dict[str, tuple[SegmentWriter, str]] = {}

    # Versions

    def start_version(self, encoder: str) -> str:
        self._build_lock.acquire(0, "Une construction de l'index est déjà en cours. Attendez qu'elle finisse.")
        with self._releasing_on_error(), _disk_errors():
            name = self._folders.start(self._now().date())
            self._writers[name] = (SegmentWriter(self._folders.building_path(name), self._dimensions), encoder)
        return name

    def add_documents(self, version: str, documents: Iterable[Document]) -> int:
        writer, _ = self._writer(version)
        count = 0
        with _disk_errors():
            for document in documents:
                writer.add(document)
                count += 1
        return count

    def finish_version(self, version: str) -> VersionInfo:
        writer, encoder = self._writer(version)
        with _disk_errors():
            count = writer.finish()
            manifest = Manifest(version, count, encoder, self._dimensions, SCHEMA, self._now().isoformat())
            self._folders.finish(manifest)
        del self._writers[version]
        self._build_lock.release()
        return info_of(manifest, active=False)

    def discard_version(self, version: str) -> None:
        building = self._writers.pop(version, None)
        try:
            if building is not None:
                building[0].abandon()
            self._folders.discard(version)
        finally:
            with self._lock:
                self._others = {name: kept for name, kept in self._others.items() if not name.startswith(version)}
            if building is not None:
                self._build_lock.release()

    def activate(self, version: str) -> None:
        with self._writing(), _disk_errors():
            self._folders.switch(version)

    def rollback(self) -> str:
        with self._writing(), _disk_errors():
            before = version_before(self._folders.history())
            self._folders.switch(before, keep=False)
        return before

    def versions(self) -> list[VersionInfo]:
        return self._folders.infos()

    # Live changes

    def upsert(self, documents: Iterable[Document]) -> int:
        return self._append(Change(document.id, document) for document in documents)

    def delete(self, ids: Iterable[str]) -> int:
        return self._append(Change(i, None) for i in ids)

    def _append(self, changes: Iterable[Change]) -> int:
        with self._writing(), _disk_errors():
            manifest = self._folders.live()
            checked = (_checked(change, manifest) for change in changes)
            return self._log(manifest.name, manifest.dimensions).append(checked)

    # Reading

    def search(self, query: SearchQuery, version: str | None = None) -> SearchHits:
        _check_page(query)
        return _search(self._snapshot(version), query)

    def search_many(self, queries: Sequence[SearchQuery], version: str | None = None) -> tuple[SearchHits, ...]:
        for query in queries:
            _check_page(query)
        snapshot = self._snapshot(version)
        return tuple(_search(snapshot, query) for query in queries)

    def get(self, document_id: str) -> Document | None:
        return self._snapshot(None).find(document_id)

    def vocabulary(self, version: str | None = None) -> VocabularyStatistics:
        snapshot = self._snapshot(version)
        return VocabularyStatistics(snapshot.version, snapshot.documents, frequencies_of(snapshot))

    def known_vocabulary(self) -> VocabularyStatistics:
        return self.vocabulary()

    def health(self) -> Health:
        try:
            manifest = self._folders.live()
            snapshot = self._snapshot(None)
        except MaillageError as error:
            return Health(False, None, str(error))
        info = replace(info_of(manifest, active=True), documents=snapshot.documents)
        return Health(True, info, live_changes=snapshot.changed)

    # Snapshots

    def _snapshot(self, name: str | None) -> Snapshot:
        """The live version; a version by its name; or a version as it was at some point of its log."""
        with self._lock:
            version, read = parse_snapshot(name) if name is not None else (None, None)
            if version is not None and version != self._folders.live_name():
                return self._other_snapshot(version, read)
            live = self._live_snapshot()
            return live if read is None or read == live.read else self._other_snapshot(live.version, read)

    def _live_snapshot(self) -> Snapshot:
        stamp = self._folders.stamp()
        if self._live is None or stamp != self._live_stamp:
            self._live = self._open(self._folders.live())
            self._live_stamp = stamp
            self._others.clear()
        self._live = self._caught_up(self._live)
        return self._live

    def _other_snapshot(self, version: str, read: int | None) -> Snapshot:
        """Of a version kept for rollback or not yet live, or as it was: the last few are remembered."""
        key = version if read is None else snapshot_name(version, read)
        snapshot = self._others.pop(key, None) or self._open(self._folders.usable(version))
        if read is None or snapshot.read < read:
            snapshot = self._caught_up(snapshot, read)
        self._others[key] = snapshot
        while len(self._others) > _REMEMBERED:
            del self._others[next(iter(self._others))]
        return snapshot

    def _open(self, manifest: Manifest) -> Snapshot:
        with _disk_errors():
            segment = load_segment(self._folders.path(manifest.name))
        return first_snapshot(manifest.name, segment, manifest.dimensions)

    def _caught_up(self, snapshot: Snapshot, until: int | None = None) -> Snapshot:
        changes, read = self._log(snapshot.version, snapshot.dimensions).read_from(snapshot.read, until)
        return snapshot.with_changes(changes, read) if changes else snapshot

    def _log(self, version: str, dimensions: int) -> LiveLog:
        return LiveLog(self._folders.path(version) / _LOG, dimensions)

    # Locks

    @contextmanager
    def _writing(self) -> Iterator[None]:
        path = self._folders.root / "write.lock"
        with held(path, _WRITE_WAIT_S, "L'index est en cours d'écriture par un autre processus. Réessayez."):
            yield

    @contextmanager
    def _releasing_on_error(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._build_lock.release()
            raise

    def _writer(self, version: str) -> tuple[SegmentWriter, str]:
        try:
            return self._writers[version]
        except KeyError:
            raise EngineError(f"La version {version} n'est pas en construction ici.") from None


def _check_page(query: SearchQuery) -> None:
    if query.after is None and query.page * query.size > MAX_PAGED:
        raise QueryError("page", f"La pagination s'arrête à {MAX_PAGED} offres : utilisez « curseur ».")


def _search(snapshot: Snapshot, query: SearchQuery) -> SearchHits:
    started = time.perf_counter()
    collector = Collector(snapshot.views, query, snapshot.grounds)
    hits, more = collector.page()
    return SearchHits(
        hits=tuple(hits),
        total=collector.total,
        facets=collector.facets(),
        version=snapshot.version,
        snapshot=snapshot.name,
        more=more,
        by_meaning_only=collector.by_meaning_only,
        took_ms=(time.perf_counter() - started) * 1000,
    )


def _checked(change: Change, manifest: Manifest) -> Change:
    """EngineError for a vector that the version could not hold: nothing is written then."""
    vector = None if change.document is None else change.document.vector
    if vector is not None and (vector.shape != (manifest.dimensions,) or not np.isfinite(vector).all()):
        message = f"Le vecteur de « {change.id} » ne convient pas à l'index {manifest.name}."
        raise EngineError(f"{message} L'encodeur a-t-il changé ? Lancez « maillage reindex ».")
    return change


@contextmanager
def _disk_errors() -> Iterator[None]:
    """What the system says of the disk, told to a person."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        message = f"L'index ne peut pas être écrit ou lu{where} : {error.strerror or error}."
        raise EngineError(
            f"{message} Vérifiez la place sur le disque et les droits. L'index en service reste."
        ) from error
