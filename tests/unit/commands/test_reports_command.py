"""`maillage reports`, on a catalogue of its own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue.reports import NewReport, ReportReason
from indexer.cli import build_app
from indexer.errors import CatalogueError
from indexer.schema import Kind
from tests.support.small_feeds import bring, small_feed


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalogue]:
    """The one that the command opens."""
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path))
    opened = open_catalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
    bring(opened, small_feed(1))
    yield opened
    opened.close()


def run(*words: str) -> str:
    result = CliRunner().invoke(build_app(["reports", "status"]), ["reports", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_says_when_nothing_waits(catalogue: Catalogue) -> None:
    assert run() == "Aucun signalement en attente.\n"
    assert json.loads(run("--json")) == []


def test_tells_what_is_wrong_with_which_offer(catalogue: Catalogue) -> None:
    catalogue.add_report(NewReport(Kind.OFFER, "ex--o1", ReportReason.PLACE, "Parti [rue] des Lilas\nen mai"))
    told = run()
    assert "1. L’adresse est fausse" in told
    assert "« Offre 1 », ex--o1, source ex" in told
    assert "> Parti [rue] des Lilas\n   > en mai" in told
    assert json.loads(run("--json"))[0]["reason"] == "adresse"


def test_marks_one_as_dealt_with(catalogue: Catalogue) -> None:
    catalogue.add_report(NewReport(Kind.OFFER, "ex--o1", ReportReason.OTHER))
    assert run("--handled", "1") == "Aucun signalement en attente.\n"
    assert ", traité)" in run("--all")


def test_refuses_a_number_that_no_report_has(catalogue: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="numéro 5"):
        run("--handled", "5")
