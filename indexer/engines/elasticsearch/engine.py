"""The Elasticsearch engine. See `SearchEngine` for the contract."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from indexer.engines.base import (
    MAX_PAGED,
    Document,
    Health,
    SearchHits,
    SearchQuery,
    VersionInfo,
    VocabularyStatistics,
)
from indexer.engines.elasticsearch import bulk
from indexer.engines.elasticsearch.access import Access
from indexer.engines.elasticsearch.changes import LiveChanges, State, read_state
from indexer.engines.elasticsearch.client import Cluster, MissingError, RefusedError
from indexer.engines.elasticsearch.ledger import Ledger
from indexer.engines.elasticsearch.reader import Reader
from indexer.engines.elasticsearch.requests import among_keys
from indexer.engines.elasticsearch.search import Answered, run_search
from indexer.engines.elasticsearch.versions import Versions, info_of, usable
from indexer.engines.elasticsearch.vocabulary import Vocabulary, build_frequencies
from indexer.engines.elasticsearch.writing import STATE, build_action, build_source, key_of, read_document
from indexer.engines.shared import parse_snapshot, snapshot_name, version_before
from indexer.errors import EngineError, MaillageError, NoActiveVersionError, QueryError, VersionGoneError

T = TypeVar("T")

_WHOLE = {"stored_fields": ["facts", "body", "exact"], "size": 1}

_TOGETHER = 4
"""Searches of one plan that wait at once: the cluster has other readers."""


@dataclass
class _Building:
    """A version being written: what is counted of it."""

    documents: int = 0
    terms: Counter[str] = field(default_factory=Counter)


class ElasticsearchEngine:
    """Safe for any number of threads and processes; one builder at a time. Nothing is opened before the first verb."""

    def __init__(
        self, access: Access, dimensions: int = 384, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._cluster = Cluster(access)
        self._versions = Versions(self._cluster, access.prefix, dimensions)
        self._ledger = Ledger(self._cluster, access.prefix)
        self._changes = LiveChanges(self._cluster, self._versions, self._ledger)
        self._vocabulary = Vocabulary()
        self._now = now
        self._lock = threading.Lock()
        self._buildings: dict[str, _Building] = {}

    # Versions

    def start_version(self, encoder: str) -> str:
        self._ledger.take_build(busy=bool(self._buildings))
        try:
            name = self._versions.start(self._now().date(), encoder)
        except BaseException:
            self._ledger.release()
            raise
        self._buildings[name] = _Building()
        return name

    def add_documents(self, version: str, documents: Iterable[Document]) -> int:
        building = self._building(version)
        count = bulk.write(self._cluster, self._versions.index(version), self._iter_actions(building, documents))
        building.documents += count
        self._ledger.beat()
        return count

    def finish_version(self, version: str) -> VersionInfo:
        building = self._building(version)
        first = build_action(STATE, {"changes": 0, "written": 0})
        bulk.write(self._cluster, self._versions.index(version), [build_frequencies(0, building.terms), first])
        info = self._versions.finish(version, building.documents, self._now(), self._ledger.beat)
        del self._buildings[version]
        self._ledger.release()
        return info

    def discard_version(self, version: str) -> None:
        building = self._buildings.pop(version, None)
        try:
            self._versions.discard(version)
        finally:
            if building is not None:
                self._ledger.release()

    def activate(self, version: str) -> None:
        self._versions.switch(version)

    def rollback(self) -> str:
        before = version_before(self._versions.history())
        self._versions.switch(before, keep=False)
        return before

    def versions(self) -> list[VersionInfo]:
        return self._versions.infos()

    def remove_all(self) -> None:
        """Leaves nothing of this prefix on the cluster: for a prefix that served a measure."""
        self._buildings.clear()
        self._versions.remove_all()
        self._ledger.remove()

    # Live changes

    def upsert(self, documents: Iterable[Document]) -> int:
        return self._changes.write(list(documents))

    def delete(self, ids: Iterable[str]) -> int:
        return self._changes.remove(list(ids))

    # Reading

    def search(self, query: SearchQuery, version: str | None = None) -> SearchHits:
        started = time.perf_counter()
        if query.after is None and query.page * query.size > MAX_PAGED:
            raise QueryError("page", f"La pagination s'arrête à {MAX_PAGED} offres : utilisez « curseur ».")
        answered = self._answer(query, version)
        counts = answered.counts
        name = self._versions.name_of(counts.index)
        return SearchHits(
            hits=answered.hits,
            total=counts.total,
            facets=counts.facets,
            version=name,
            snapshot=snapshot_name(name, counts.changes),
            more=answered.more,
            by_meaning_only=answered.by_meaning_only,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def search_many(self, queries: Sequence[SearchQuery], version: str | None = None) -> tuple[SearchHits, ...]:
        """The first pins the snapshot; the others then wait for the cluster together."""
        if not queries:
            return ()
        first = self.search(queries[0], version)
        with ThreadPoolExecutor(_TOGETHER) as pool:
            others = list(pool.map(lambda query: self.search(query, first.snapshot), queries[1:]))
        return (first, *others)

    def get(self, document_id: str) -> Document | None:
        hits = self._read(None, lambda reader: reader.hits({"query": among_keys([key_of(document_id)]), **_WHOLE}))
        return read_document(hits[0]["fields"]) if hits else None

    def vocabulary(self, version: str | None = None) -> VocabularyStatistics:
        name, position = (None, None) if version is None else parse_snapshot(version)
        state = self._read(name, self._state)
        changes = state.changes if position is None else min(position, state.changes)
        reader = Reader(self._cluster, self._versions.index(state.version))
        return self._vocabulary.read(reader, state.version, changes, state.documents)

    def known_vocabulary(self) -> VocabularyStatistics:
        return self._vocabulary.peek(None) or self.vocabulary()

    def health(self) -> Health:
        try:
            live = self._versions.live()
            state = self._state(Reader(self._cluster, self._versions.index(live.name)))
        except MaillageError as error:
            return Health(False, None, str(error))
        return Health(True, replace(info_of(live), documents=state.documents), live_changes=state.written)

    def _answer(self, query: SearchQuery, version: str | None) -> Answered:
        name, position = (None, None) if version is None else parse_snapshot(version)
        statistics = self._vocabulary.peek(name)
        if position is not None and version is not None and self._read(name, self._state).changes != position:
            return self._answer_as_it_was(query, version, statistics)
        return self._read(name, lambda reader: run_search(reader, query, statistics))

    def _answer_as_it_was(self, query: SearchQuery, snapshot: str, statistics: VocabularyStatistics | None) -> Answered:
        """What a search saw before live changes came: kept for a while by whoever wrote them."""
        pit = self._ledger.find(snapshot)
        try:
            if pit is not None:
                return run_search(Reader(self._cluster, "", pit), query, statistics)
        except MissingError:
            pit = None
        raise VersionGoneError("L'index a changé depuis trop longtemps : reprenez à la première page.")

    def _read(self, name: str | None, work: Callable[[Reader], T]) -> T:
        """Works on the live version, or on one by its name."""
        target = self._versions.live_alias if name is None else self._versions.index(name)
        try:
            return work(Reader(self._cluster, target))
        except MissingError as error:
            if name is None:
                raise NoActiveVersionError("Aucun index n'est construit. Lancez « maillage reindex ».") from error
            raise VersionGoneError(f"La version {name} de l'index n'est plus conservée.") from error
        except RefusedError:
            usable(self._versions.live() if name is None else self._versions.get(name))  # another schema is said first
            raise

    def _state(self, reader: Reader) -> State:
        return read_state(reader, self._versions)

    def _building(self, version: str) -> _Building:
        try:
            return self._buildings[version]
        except KeyError:
            raise EngineError(f"La version {version} n'est pas en construction ici.") from None

    def _iter_actions(self, building: _Building, documents: Iterable[Document]) -> Iterator[bytes]:
        for document in documents:
            self._versions.check(document)
            building.terms.update(document.terms.keys())
            yield build_action(key_of(document.id), build_source(document))
