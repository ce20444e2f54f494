"""A process killed with -9 in the middle of an import: the catalogue is as before, and the next import goes on."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from indexer.catalogue import Catalogue, open_catalogue
from indexer.errors import BusyError
from tests.support.small_feeds import bring, offer, small_feed, structure

ROOT = Path(__file__).parents[3]


@contextmanager
def _stopped_import(url: str, where: str) -> Iterator[subprocess.Popen[str]]:
    """A real process that stands in the middle of an import."""
    command = [sys.executable, "-m", "tests.support.import_and_stop", url, where]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "stopped\n"
            yield process
        finally:
            process.kill()


def _content(catalogue: Catalogue) -> list[Any]:
    with catalogue.database.reading() as connection:
        tables = ("fluxes", "imports", "structures", "offers", "listings", "revisions")
        return [connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2, 3")).all() for table in tables]


@pytest.mark.parametrize("where", ["reading", "writing"])
def test_a_killed_import_leaves_the_catalogue_as_before(catalogue_url: str, where: str) -> None:
    catalogue = open_catalogue(catalogue_url)
    bring(catalogue, small_feed(20))
    before = _content(catalogue)
    with _stopped_import(catalogue_url, where) as process:
        assert _content(catalogue) == before  # readers are neither blocked nor shown half an import
        assert catalogue.jobs()[0].etat == "en-cours"
        process.kill()
        process.wait()
    assert _content(catalogue) == before
    catalogue.close()
    reopened = open_catalogue(catalogue_url)
    assert _content(reopened) == before
    assert reopened.jobs()[0].etat == "echoue"
    # The dead process's lease blocks nobody.
    assert bring(reopened, [*small_feed(20), offer(21)]).created == 1
    reopened.close()


@pytest.mark.parametrize("where", ["reading", "writing"])
def test_a_second_process_is_refused_while_the_first_lives(
    catalogue: Catalogue, catalogue_url: str, where: str
) -> None:
    with (
        _stopped_import(catalogue_url, where) as process,
        pytest.raises(BusyError, match=f"processus {process.pid} sur"),
    ):
        bring(catalogue, [structure()], flux="b")
