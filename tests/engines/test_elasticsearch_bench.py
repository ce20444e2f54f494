"""What `maillage bench` leaves on a cluster: nothing."""

from pathlib import Path
from unittest.mock import patch

import pytest
from elasticsearch import Elasticsearch

from indexer.benchmark.fill import fill
from indexer.benchmark.offers import World
from indexer.benchmark.places import load_places
from indexer.benchmark.vectors import build_pool
from indexer.benchmark.workbench import PREFIX, build_settings, clear_cluster, open_workbench
from indexer.engines.elasticsearch import Access
from indexer.language.needs import SilentReader
from indexer.search import SearchRequest
from tests.support.hashing_encoder import HashingEncoder


def told_of(client: Elasticsearch) -> list[str]:
    return list(client.indices.get(index=f"{PREFIX}-*", features="aliases").body)


@pytest.mark.elasticsearch
def test_nothing_stays_on_the_cluster_after_a_measure(
    tmp_path: Path, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path / "own"))
    monkeypatch.setenv("MAILLAGE_ELASTICSEARCH_URL", access.urls[0])
    (tmp_path / "made").mkdir()
    with (
        patch("indexer.benchmark.workbench.load_need_reader", lambda encoder, folder: SilentReader()),
        open_workbench(build_settings(tmp_path / "made", "elasticsearch"), HashingEncoder()) as bench,
        Elasticsearch(access.urls[0]) as client,
    ):
        fill(bench, World(1, bench.today, load_places(), build_pool(bench.encoder, 1)), 40, lambda *_: None)
        assert bench.search.search(SearchRequest(size=1)).total > 0
        assert told_of(client) != []
        clear_cluster(bench)
        assert told_of(client) == []
