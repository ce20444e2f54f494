"""Rounds of the checker over a catalogue, on both databases."""

from datetime import datetime, timedelta

import pytest

from indexer.catalogue import Catalogue
from indexer.catalogue.links import read_dead_links, read_link_states
from indexer.errors import LinkCheckError
from indexer.links import run
from indexer.links.run import LinkReport, check_links, list_dead_links
from indexer.schema import Statut
from tests.support.linked_site import Site
from tests.support.small_feeds import NOON, bring, offer, structure


class Rounds:
    """A catalogue of three offers: two pages of one site, one page that is gone."""

    def __init__(self, catalogue: Catalogue, site: Site) -> None:
        self.catalogue, self.site, self.slept = catalogue, site, list[float]()
        site.status["/partie"] = 404
        self.offers = [
            structure(),
            offer(1, lien_source=site.url("/page"), thematiques=("mobilite",)),
            offer(2, lien_source=site.url("/partie"), lien_mobilisation=site.url("/autre")),
            offer(3, lien_source=site.url("/partie", "ailleurs.example")),
        ]
        bring(catalogue, self.offers)

    def at(self, now: datetime) -> LinkReport:
        self.catalogue.clock = lambda: now
        return check_links(self.catalogue, self.site.transport(), self.slept.append)


@pytest.fixture
def rounds(catalogue: Catalogue, site: Site) -> Rounds:
    return Rounds(catalogue, site)


def test_a_link_is_dead_after_two_rounds_days_apart_and_says_which_offers_hold_it(rounds: Rounds) -> None:
    assert rounds.at(NOON).morts == []
    report = rounds.at(NOON + timedelta(days=2))
    gone = [rounds.site.url("/partie", "ailleurs.example"), rounds.site.url("/partie")]
    assert [(link["url"], link["offres"]) for link in report.morts] == [(gone[0], ["ex--o3"]), (gone[1], ["ex--o2"])]
    assert read_dead_links(rounds.catalogue.database) == set(gone)


def test_a_dead_link_retires_no_offer(rounds: Rounds) -> None:
    rounds.at(NOON)
    rounds.at(NOON + timedelta(days=2))
    found = rounds.catalogue.get_offer("ex--o3")
    assert found is not None
    assert (found.statut, found.published) == (Statut.PUBLIEE, True)


def test_a_page_that_comes_back_is_no_longer_dead(rounds: Rounds) -> None:
    rounds.at(NOON)
    rounds.at(NOON + timedelta(days=2))
    rounds.site.status.clear()
    assert rounds.at(NOON + timedelta(days=9)).morts == []


def test_a_good_page_is_left_in_peace_for_a_week_and_a_failure_until_it_can_be_confirmed(rounds: Rounds) -> None:
    assert rounds.at(NOON).vus == 4
    assert rounds.at(NOON + timedelta(days=1)).vus == 0
    assert rounds.at(NOON + timedelta(days=2)).vus == 2
    assert rounds.at(NOON + timedelta(days=7)).vus == 2


def test_one_site_is_asked_slowly_and_others_meanwhile(rounds: Rounds) -> None:
    rounds.at(NOON)
    assert rounds.slept == [run.DELAY, run.DELAY]


def test_a_site_of_many_pages_is_not_asked_for_all_at_once(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "MOST_OF_A_SITE", 2)
    first = rounds.at(NOON)
    assert (first.vus, first.reportes) == (3, 1)
    second = rounds.at(NOON + timedelta(hours=1))
    assert (second.vus, second.reportes) == (1, 0)


def test_a_private_address_is_refused_and_never_said_dead(rounds: Rounds) -> None:
    bring(rounds.catalogue, [structure(), offer(1, lien_source="http://interne.test/")], accept_loss=True)
    assert rounds.at(NOON).refuses == 1
    assert rounds.at(NOON + timedelta(days=30)).morts == []


def test_when_no_page_at_all_is_there_nothing_is_noted(rounds: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ENOUGH_TO_DOUBT", 1)
    bring(rounds.catalogue, [structure(), offer(1, lien_source="http://absent.test/")], accept_loss=True)
    with pytest.raises(LinkCheckError, match="votre réseau"):
        rounds.at(NOON)
    assert read_link_states(rounds.catalogue.database) == {}


def test_links_that_no_offer_holds_any_more_are_forgotten(rounds: Rounds) -> None:
    rounds.at(NOON)
    bring(rounds.catalogue, [structure(), offer(1, lien_source=rounds.site.url("/page"))], accept_loss=True)
    rounds.at(NOON + timedelta(days=2))
    assert set(read_link_states(rounds.catalogue.database)) == {rounds.site.url("/page")}


def test_the_dead_links_of_one_flux_are_told_apart(rounds: Rounds) -> None:
    rounds.at(NOON)
    rounds.at(NOON + timedelta(days=2))
    assert [len(list_dead_links(rounds.catalogue, flux)) for flux in ("a", "b")] == [2, 0]
