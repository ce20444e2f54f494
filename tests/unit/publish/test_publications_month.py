"""A small month of `python -m tests.load.publications_month`: the same people, processes and deaths, fewer of them."""

from pathlib import Path

import pytest

from indexer.catalogue import open_catalogue
from tests.support.month.audit import audit
from tests.support.month.people import People
from tests.support.month.run import lived_month

pytestmark = pytest.mark.slow


def test_no_request_is_lost_doubled_over_capacity_or_left_in_silence(catalogue_url: str, tmp_path: Path) -> None:
    people = People(publishers=8, requests=60)
    with lived_month(tmp_path, catalogue_url, people, lambda _: None) as month:
        catalogue = open_catalogue(catalogue_url)
        balance = audit(month, catalogue)
        catalogue.close()
    assert {name: count for name, count in balance.faults.items() if count} == {}
    assert month.crew.failures == []
    assert balance.counts["demandes écrites"] == 60
    assert balance.counts["processus tués"] >= 4
