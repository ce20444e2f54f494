"""The four real files of ../shared/data/feeds, as the fluxes lille-2026 and reunion-2025, twice."""

from pathlib import Path

import pytest

from indexer.catalogue import Catalogue
from indexer.catalogue.store import utc_now
from indexer.commands.import_ import ImportOptions, import_files
from indexer.report import ImportReport
from indexer.schema import Kind, Offer, Structure

FEEDS = Path(__file__).parents[4] / "shared" / "data" / "feeds"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FEEDS.is_dir(), reason="données publiques absentes : ../shared/data/feeds"),
]


def _bring(catalogue: Catalogue, prefix: str, flux: str) -> ImportReport:
    files = tuple(str(FEEDS / f"{prefix}_{what}.json") for what in ("services", "structures"))
    return import_files(catalogue, ImportOptions(files, flux), ImportReport(flux, files, None, utc_now()))


def _figures(report: ImportReport) -> dict[str, tuple[int, int, int, int, int]]:
    return {
        kind: (tally.read, tally.created, tally.unchanged, tally.rejected, tally.duplicates)
        for kind, tally in report.tallies.items()
    }


def _is_in_la_reunion(record: Offer | Structure) -> bool:
    if record.latitude is None or record.longitude is None:
        return False
    return -21.5 < record.latitude < -20.8 and 55.1 < record.longitude < 55.9


def test_lille_comes_in_whole_then_unchanged(catalogue: Catalogue) -> None:
    assert _figures(_bring(catalogue, "lille_2026", "lille-2026")) == {
        "structure": (433, 433, 0, 0, 0),
        "offre": (557, 557, 0, 0, 0),
    }
    again = _bring(catalogue, "lille_2026", "lille-2026")
    assert _figures(again) == {"structure": (433, 0, 433, 0, 0), "offre": (557, 0, 557, 0, 0)}
    assert catalogue.counts().published == 557


def test_la_reunion_comes_in_whole_in_its_place_then_unchanged(catalogue: Catalogue) -> None:
    first = _bring(catalogue, "reunion_2025", "reunion-2025")
    assert _figures(first) == {"structure": (1585, 1585, 0, 0, 0), "offre": (2705, 2705, 0, 0, 0)}
    assert first.unpublished == 0
    seen = catalogue.latest_revision_id()
    again = _bring(catalogue, "reunion_2025", "reunion-2025")
    assert _figures(again) == {"structure": (1585, 0, 1585, 0, 0), "offre": (2705, 0, 2705, 0, 0)}
    assert catalogue.latest_revision_id() == seen
    stored = list(catalogue.iter_offers_for_index())
    assert len(stored) == 2705
    assert [s.offer.id for s in stored if not _is_in_la_reunion(s.offer)] == []
    assert [s.offer.id for s in stored if s.structure is None or not _is_in_la_reunion(s.structure)] == []
    double = [s.offer.id for s in stored if catalogue.get_structure(s.offer.id) is not None]
    assert len(double) == 357
    assert {kind: catalogue.history(kind, double[0])[0].change for kind in Kind} == dict.fromkeys(Kind, "created")
