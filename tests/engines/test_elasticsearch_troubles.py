"""What a person is told when the cluster is away, is not what it should be, or refuses; and that all comes back."""

import random
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from elasticsearch import Elasticsearch

from indexer.engines.base import SearchQuery
from indexer.engines.elasticsearch import Access, ElasticsearchEngine
from indexer.errors import BusyError, EngineError, SettingError, VersionGoneError
from tests.engines.conftest import build
from tests.engines.worlds import DIMENSIONS, TODAY, Oracle, make_document
from tests.support.wire import Wire, answering

ANYTHING = SearchQuery(today=TODAY, size=5)
PRODUCT = {"X_Elastic_Product": "Elasticsearch"}
TOO_OLD = (
    b'{"error":{"type":"media_type_header_exception","reason":"Invalid media-type: a compatible version is required"}}'
)
FORBIDDEN_WRITE = b'{"error":{"type":"cluster_block_exception","reason":"[FORBIDDEN/12/index read-only]"}}'


def engine_at(url: str) -> ElasticsearchEngine:
    return ElasticsearchEngine(Access((url,)), dimensions=DIMENSIONS)


def world(count: int = 20) -> Oracle:
    rng = random.Random(4)
    return Oracle({f"a--{i}": make_document(rng, f"a--{i}") for i in range(count)})


@pytest.fixture
def own(access: Access) -> ElasticsearchEngine:
    """An engine with twenty offers."""
    engine = ElasticsearchEngine(access, dimensions=DIMENSIONS)
    build(engine, world())
    return engine


@pytest.fixture
def server(access: Access) -> Iterator[Elasticsearch]:
    """The server itself, to do to it what happens to servers."""
    client = Elasticsearch(list(access.urls))
    yield client
    client.close()


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (401, b"{}", "MAILLAGE_ELASTICSEARCH_USER"),
        (403, b'{"error":{"type":"security_exception"}}', "refuse ce droit"),
        (403, FORBIDDEN_WRITE, "Libérez de la place"),
        (400, TOO_OLD, "il faut la version 9"),
        (500, b"{}", "Réessayez bientôt"),
        (503, b"{}", "Réessayez bientôt"),
    ],
)
def test_what_the_server_refuses_is_said_with_what_to_do(status: int, body: bytes, told: str) -> None:
    with answering(status, body, **PRODUCT) as url, pytest.raises(EngineError, match=told):
        engine_at(url).search(ANYTHING)


def test_a_refused_right_is_said_where_the_answer_has_no_body() -> None:
    with answering(403, b"", **PRODUCT) as url, pytest.raises(EngineError, match="refuse ce droit"):
        engine_at(url).start_version("test/1")


def test_something_else_that_answers_is_not_taken_for_elasticsearch() -> None:
    with answering(404, b"<html>", "text/html") as url, pytest.raises(EngineError, match="n'est pas Elasticsearch"):
        engine_at(url).search(ANYTHING)


def test_nothing_at_the_address_is_said_and_health_does_not_raise() -> None:
    engine = engine_at("http://127.0.0.1:1")
    with pytest.raises(EngineError, match="hors d'atteinte"):
        engine.search(ANYTHING)
    assert "hors d'atteinte" in engine.health().message


def test_an_address_that_is_none_is_a_wrong_setting() -> None:
    with pytest.raises(SettingError, match="MAILLAGE_ELASTICSEARCH_URL"):
        engine_at("quelque part").search(ANYTHING)


@pytest.mark.elasticsearch
def test_searches_come_back_by_themselves_when_the_cluster_does(own: ElasticsearchEngine, access: Access) -> None:
    address = urlsplit(access.urls[0])
    wire = Wire((str(address.hostname), int(address.port or 9200)))
    wire.join()
    engine = ElasticsearchEngine(replace(access, urls=(f"http://127.0.0.1:{wire.port}",)), dimensions=DIMENSIONS)
    before = engine.search(ANYTHING)
    wire.cut()
    with pytest.raises(EngineError, match="hors d'atteinte"):
        engine.search(ANYTHING)
    assert not engine.health().ready
    wire.join()
    assert engine.search(ANYTHING).hits == before.hits
    wire.cut()


@pytest.mark.elasticsearch
def test_a_build_that_loses_the_cluster_leaves_the_live_version_and_can_begin_again(
    own: ElasticsearchEngine, access: Access
) -> None:
    address = urlsplit(access.urls[0])
    wire = Wire((str(address.hostname), int(address.port or 9200)))
    wire.join()
    builder = ElasticsearchEngine(replace(access, urls=(f"http://127.0.0.1:{wire.port}",)), dimensions=DIMENSIONS)
    live, version = own.search(ANYTHING), builder.start_version("test/1")
    wire.cut()
    with pytest.raises(EngineError, match="hors d'atteinte"):
        builder.add_documents(version, world(3).documents.values())
    with pytest.raises(EngineError, match="hors d'atteinte"):
        builder.discard_version(version)
    assert own.search(ANYTHING).hits == live.hits
    wire.join()
    assert build(builder, world(3)) == own.search(ANYTHING).version
    assert own.search(ANYTHING).total <= 3
    wire.cut()


@pytest.mark.elasticsearch
def test_another_process_sees_a_change_and_a_swap_at_its_next_search(own: ElasticsearchEngine, access: Access) -> None:
    reader = ElasticsearchEngine(access, dimensions=DIMENSIONS)
    assert reader.get("a--new") is None
    own.upsert([make_document(random.Random(1), "a--new")])
    assert reader.get("a--new") is not None
    build(own, world())
    assert reader.get("a--new") is None


@pytest.mark.elasticsearch
def test_what_a_dead_builder_left_is_removed_by_the_next_build(own: ElasticsearchEngine, access: Access) -> None:
    dead = ElasticsearchEngine(access, dimensions=DIMENSIONS)
    left = dead.start_version("test/1")
    with pytest.raises(BusyError, match="déjà en cours"):
        own.start_version("test/1")
    say_dead(access)
    name = own.start_version("test/1")
    own.finish_version(name)
    assert left == name or left not in {info.name for info in own.versions()}
    assert own.search(ANYTHING, version=name).total == 0


def say_dead(access: Access) -> None:
    """The builder's last word is an hour old."""
    client = Elasticsearch(list(access.urls))
    client.update(index=f"{access.prefix}-etat", id="construction", doc={"beat": 0.0}, refresh=True)
    client.close()


@pytest.mark.elasticsearch
def test_an_expired_point_in_time_is_said_and_not_replaced_by_another_list(
    own: ElasticsearchEngine, access: Access, server: Elasticsearch
) -> None:
    first = own.search(ANYTHING)
    own.upsert([make_document(random.Random(1), "a--new")])
    following = replace(ANYTHING, after=first.hits[-1].key)
    assert own.search(following, first.snapshot).total == first.total
    kept = server.get(index=f"{access.prefix}-etat", id=first.snapshot)
    server.close_point_in_time(id=kept["_source"]["pit"])
    with pytest.raises(VersionGoneError, match="reprenez"):
        own.search(following, first.snapshot)


@pytest.mark.elasticsearch
def test_an_index_of_another_schema_is_refused_with_what_to_run(
    own: ElasticsearchEngine, access: Access, server: Elasticsearch
) -> None:
    live = own.search(ANYTHING).version
    server.indices.put_mapping(index=f"{access.prefix}-{live}", meta={"schema": 99})
    with pytest.raises(EngineError, match="maillage reindex"):
        own.upsert([make_document(random.Random(1), "a--new")])
    assert "schéma 99" in own.health().message


@pytest.mark.elasticsearch
def test_a_full_disk_refuses_writes_and_searches_go_on(
    own: ElasticsearchEngine, access: Access, server: Elasticsearch
) -> None:
    before = own.search(ANYTHING).total
    block = {"index.blocks.read_only_allow_delete": True}
    server.indices.put_settings(index=f"{access.prefix}-*", settings=block)
    with pytest.raises(EngineError, match="Libérez de la place"):
        own.upsert([make_document(random.Random(1), "a--new")])
    assert own.search(ANYTHING).total == before
    server.indices.put_settings(index=f"{access.prefix}-*", settings={"index.blocks.read_only_allow_delete": None})
    own.upsert([make_document(random.Random(1), "a--new")])
    assert own.get("a--new") is not None
