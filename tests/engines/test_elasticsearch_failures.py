"""Nodes die under a steady load of searches and changes: nobody who searches notices, nothing acknowledged is lost."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from elasticsearch import Elasticsearch

from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from indexer.errors import EngineError
from tests.engines.conftest import build
from tests.engines.worlds import DIMENSIONS, Oracle, make_document, make_query
from tests.support.elasticsearch import MISSING, find_archive, find_java
from tests.support.elasticsearch_cluster import Nodes, three_nodes

pytestmark = [pytest.mark.slow, pytest.mark.elasticsearch]

SEARCHERS = 2
SETTLED = 20
"""Searches and changes that must go through between two events."""


@pytest.fixture(scope="module")
def nodes() -> Iterator[Nodes]:
    if find_archive() is None or find_java() is None:
        pytest.skip(MISSING)
    with three_nodes() as started:
        yield started


@pytest.fixture
def access(nodes: Nodes) -> Access:
    return Access(tuple(nodes.addresses.values()), prefix="pannes")


@dataclass
class Load:
    """What went through and what did not."""

    counts: Counter[str] = field(default_factory=Counter)
    acknowledged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    _moved: threading.Condition = field(default_factory=threading.Condition)
    _stop: threading.Event = field(default_factory=threading.Event)

    def repeat(self, kind: str, work: Callable[[int], None]) -> None:
        """Does a thing again and again; it counts as done when it returned."""
        number = 0
        while not self._stop.is_set():
            number += 1
            try:
                work(number)
                done = kind
            except EngineError as error:
                done = f"{kind}_en_erreur"
                self.errors.append(f"{kind}: {error}")
            with self._moved:
                self.counts[done] += 1
                self._moved.notify_all()

    def settle(self) -> None:
        """Waits until as many more searches and changes as SETTLED have gone through."""
        with self._moved:
            aims = {kind: self.counts[kind] + SETTLED for kind in ("lectures", "ecritures")}
            assert self._moved.wait_for(lambda: all(self.counts[kind] >= aim for kind, aim in aims.items()), 180), (
                self.counts,
                self.errors[-3:],
            )

    def stop(self) -> None:
        self._stop.set()


@contextmanager
def steady(access: Access) -> Iterator[Load]:
    """Searches and changes, each client with an engine of its own."""
    load = Load()

    def searching(seed: int) -> None:
        engine, rng = ElasticsearchEngine(access, dimensions=DIMENSIONS), random.Random(seed)
        load.repeat("lectures", lambda _: assert_found(engine, rng))

    def changing() -> None:
        engine, rng = ElasticsearchEngine(access, dimensions=DIMENSIONS), random.Random(99)

        def change(number: int) -> None:
            documents = [make_document(rng, f"w--{number}-{i}") for i in range(2)]
            engine.upsert(documents)
            load.acknowledged.extend(document.id for document in documents)

        load.repeat("ecritures", change)

    threads = [threading.Thread(target=searching, args=(seed,)) for seed in range(SEARCHERS)]
    threads.append(threading.Thread(target=changing))
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.stop()
        for thread in threads:
            thread.join()


def assert_found(engine: ElasticsearchEngine, rng: random.Random) -> None:
    """A search that answers; none gives a part of what there is."""
    engine.search(make_query(rng))


def master_and_holder(nodes: Nodes) -> tuple[str, str]:
    """(the master, another node that holds a copy of the live index)."""
    client: Elasticsearch = nodes.client()
    try:
        master = client.cat.master(format="json").body[0]["node"]
        shards = client.cat.shards(index="pannes-offres-*", format="json").body
    finally:
        client.close()
    return master, next(shard["node"] for shard in shards if shard["node"] not in (None, master))


def test_no_search_fails_and_no_acknowledged_change_is_lost_when_nodes_are_killed(nodes: Nodes, access: Access) -> None:
    rng = random.Random(4)
    engine = ElasticsearchEngine(access, dimensions=DIMENSIONS)
    build(engine, Oracle({f"a--{i}": make_document(rng, f"a--{i}") for i in range(400)}))
    nodes.wait_until_green()
    with steady(access) as load:
        load.settle()
        for role in ("données", "maître"):
            master, holder = master_and_holder(nodes)
            victim = holder if role == "données" else master
            nodes.kill(victim)
            load.settle()
            nodes.start(victim)
            nodes.wait_until_green()
            load.settle()
            print(f"nœud {role} ({victim}) tué, reparti, grappe verte : {dict(load.counts)}")
    found = [document_id for document_id in load.acknowledged if engine.get(document_id) is not None]
    print(f"{len(load.acknowledged)} offres confirmées, {len(found)} retrouvées ; erreurs : {load.errors}")
    assert load.counts["lectures_en_erreur"] == 0, load.errors
    assert found == load.acknowledged
    assert engine.search(make_query(random.Random(1))).version == engine.versions()[0].name
