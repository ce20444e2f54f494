"""Two fluxes that list the same record: one winner, whatever the order."""

from itertools import permutations

import pytest

from indexer.catalogue import Catalogue
from indexer.schema import Kind, Statut
from tests.support.small_feeds import LATER, bring, offer, structure

OLD = [structure(), offer(nom="Ancien", date_maj="2026-01-01")]
NEW = [structure(), offer(nom="Récent", date_maj="2026-02-01")]
UNDATED = [structure(), offer(nom="Sans date")]


def _name(catalogue: Catalogue) -> str:
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    return stored.offer.nom


@pytest.mark.parametrize("order", list(permutations(("ancien", "recent", "sans-date"))))
def test_the_newest_date_wins_whatever_the_order_of_imports(catalogue: Catalogue, order: tuple[str, ...]) -> None:
    feeds = {"ancien": OLD, "recent": NEW, "sans-date": UNDATED}
    for flux in order:
        bring(catalogue, feeds[flux], flux=flux)
    assert _name(catalogue) == "Récent"
    seen = catalogue.latest_revision_id()
    for flux in reversed(order):
        assert bring(catalogue, feeds[flux], flux=flux).unchanged == 2
    assert (_name(catalogue), catalogue.latest_revision_id()) == ("Récent", seen)


@pytest.mark.parametrize("order", [("Zoe", "alice"), ("alice", "Zoe")])
def test_on_equal_dates_the_first_name_by_code_point_wins_on_both_databases(
    catalogue: Catalogue, order: tuple[str, str]
) -> None:
    for flux in order:
        bring(catalogue, [structure(), offer(nom=flux)], flux=flux)
    assert _name(catalogue) == "Zoe"


def test_when_the_winner_leaves_the_other_takes_over(catalogue: Catalogue) -> None:
    bring(catalogue, OLD, flux="ancien")
    bring(catalogue, NEW, flux="recent")
    report = bring(catalogue, [structure()], flux="recent", now=LATER)
    assert (report.retired, report.taken_over) == (0, 1)
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert (stored.offer.nom, stored.provenance.flux, stored.changed_at) == ("Ancien", "ancien", LATER)
    assert [r.change for r in catalogue.history(Kind.OFFER, "ex--o1")] == ["created", "updated", "updated"]


def test_an_identical_takeover_changes_the_provenance_and_nothing_else(catalogue: Catalogue) -> None:
    for flux in ("a", "b"):
        bring(catalogue, [structure(), offer()], flux=flux)
    seen = catalogue.latest_revision_id()
    report = bring(catalogue, [structure()], flux="a", now=LATER)
    assert report.taken_over == 1
    assert catalogue.latest_revision_id() == seen
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert stored.provenance.flux == "b"


def test_a_record_is_retired_when_its_last_flux_leaves_it(catalogue: Catalogue) -> None:
    for flux in ("a", "b"):
        bring(catalogue, [structure(), offer()], flux=flux)
    bring(catalogue, [structure()], flux="a")
    report = bring(catalogue, [structure()], flux="b")
    assert (report.retired, report.taken_over) == (1, 0)
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert stored.statut is Statut.RETIREE


def test_one_flux_never_retires_what_another_lists(catalogue: Catalogue) -> None:
    bring(catalogue, [structure(), offer(1)], flux="a")
    report = bring(catalogue, [structure(), offer(2)], flux="b")
    assert report.retired == 0
    assert catalogue.counts().published == 2


def test_a_loser_that_becomes_newer_wins_with_its_own_content(catalogue: Catalogue) -> None:
    bring(catalogue, NEW, flux="recent")
    bring(catalogue, OLD, flux="ancien")
    bring(catalogue, [structure(), offer(nom="Ancien", date_maj="2026-03-01")], flux="ancien")
    assert _name(catalogue) == "Ancien"
    bring(catalogue, [structure()], flux="ancien")
    assert _name(catalogue) == "Récent"
