"""Reports of readers, on both databases."""

from datetime import timedelta

import pytest

from indexer.catalogue import Catalogue, reports
from indexer.catalogue.reports import MAX_OPEN, MAX_TEXT, NewReport, ReportReason
from indexer.errors import CatalogueError
from indexer.schema import Kind
from tests.support.small_feeds import NOON, bring, small_feed, structure

WRONG = NewReport(Kind.OFFER, "ex--o1", ReportReason.CONTACT, "Le numéro ne répond plus.")


@pytest.fixture
def filled(catalogue: Catalogue) -> Catalogue:
    bring(catalogue, small_feed(3))
    catalogue.clock = lambda: NOON
    return catalogue


def test_a_report_is_kept_with_what_it_is_about(filled: Catalogue) -> None:
    assert filled.add_report(WRONG)
    (report,) = filled.reports()
    assert (report.record_id, report.nom, report.source) == ("ex--o1", "Offre 1", "ex")
    assert (report.reason, report.text) == (ReportReason.CONTACT, "Le numéro ne répond plus.")
    assert (report.at, report.handled_at) == (NOON, None)


def test_the_newest_comes_first_whatever_it_is_about(filled: Catalogue) -> None:
    for record in ((Kind.OFFER, "ex--o2"), (Kind.STRUCTURE, "ex--s1"), (Kind.OFFER, "ex--o1")):
        filled.add_report(NewReport(*record, ReportReason.OTHER))
    assert [r.record_id for r in filled.reports()] == ["ex--o1", "ex--s1", "ex--o2"]
    assert [r.record_id for r in filled.reports(limit=2)] == ["ex--o1", "ex--s1"]


def test_one_that_is_dealt_with_leaves_the_list_and_is_remembered(filled: Catalogue) -> None:
    filled.add_report(WRONG)
    number = filled.reports()[0].id
    filled.handle_report(number)
    filled.clock = lambda: NOON + timedelta(days=1)
    filled.handle_report(number)
    assert filled.reports() == []
    assert [r.handled_at for r in filled.reports(with_handled=True)] == [NOON]


def test_a_number_that_no_report_has_is_said(filled: Catalogue) -> None:
    with pytest.raises(CatalogueError, match="Aucun signalement n'a le numéro 7"):
        filled.handle_report(7)


def test_a_record_holds_so_many_and_no_more_until_one_is_dealt_with(filled: Catalogue) -> None:
    assert [filled.add_report(WRONG) for _ in range(MAX_OPEN + 1)] == [True] * MAX_OPEN + [False]
    assert filled.add_report(NewReport(Kind.OFFER, "ex--o2", ReportReason.OTHER))
    filled.handle_report(filled.reports()[-1].id)
    assert filled.add_report(WRONG)


def test_a_flood_stops_for_the_day(filled: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MAX_A_DAY", 2)
    told = [filled.add_report(NewReport(Kind.OFFER, f"ex--o{n}", ReportReason.OTHER)) for n in (1, 2, 3)]
    assert told == [True, True, False]
    filled.clock = lambda: NOON + timedelta(days=2)
    assert filled.add_report(WRONG)


def test_a_report_outlives_its_record(filled: Catalogue) -> None:
    filled.add_report(WRONG)
    bring(filled, [structure()], accept_loss=True)
    assert [r.nom for r in filled.reports()] == ["Offre 1"]


def test_a_text_too_long_is_refused(filled: Catalogue) -> None:
    with pytest.raises(ValueError, match="1000"):
        filled.add_report(NewReport(Kind.OFFER, "ex--o1", ReportReason.OTHER, "a" * (MAX_TEXT + 1)))
