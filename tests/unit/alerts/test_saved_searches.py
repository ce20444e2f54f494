"""A search is saved, confirmed, told once a week, and stopped."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from indexer.accounts import Actor, Role
from indexer.alerts.alerts import MOST, Alerts
from indexer.alerts.model import AlertState, SavedSearch
from indexer.alerts.tables import alerts as table
from indexer.alerts.weekly import erase_over, tell_news
from indexer.catalogue import Catalogue
from indexer.errors import ExpiredLinkError, MailError, RequestError
from indexer.mail.letter import Mail
from indexer.mail.outbox import Outbox
from indexer.rebuild import Indexing, reindex
from indexer.schema import Kind
from indexer.sealing import Sealer
from indexer.search import SearchRequest
from tests.support.clocks import MovedClock
from tests.support.indexing import BELFORT, open_world, search_over
from tests.support.small_feeds import NOON, bring, offer, structure

KEY = "une-cle-de-trente-deux-caracteres-ou-plus"
ADDRESS = "ab@personne.example"
CAMILLE = Actor("camille", "Camille R.", Role.REFERENT, "ccas", "CCAS")
RENT = SavedSearch(
    SearchRequest(q="loyer", code_commune="90010"), "loyer, Belfort", "/offres?q=loyer&code_commune=90010"
)
CAR = SavedSearch(SearchRequest(q="permis"), "permis", "/offres?q=permis")


class AlertsWorld:
    def __init__(self, catalogue: Catalogue, clock: MovedClock) -> None:
        self.clock = clock
        sealer = Sealer([KEY], clock)
        self.outbox = Outbox(catalogue.database, sealer, clock, "https://m.example")
        self.alerts = Alerts(catalogue.database, sealer, self.outbox, clock)

    def mails(self) -> list[Mail]:
        return [entry.mail for entry in reversed(self.outbox.recent(500)) if entry.mail is not None]

    def token(self) -> str:
        found = re.search(r"/alertes/([\w-]+)", self.mails()[-1].text)
        assert found is not None
        return found[1]


@pytest.fixture
def world(catalogue: Catalogue) -> AlertsWorld:
    return AlertsWorld(catalogue, MovedClock())


def test_nothing_but_one_confirmation_is_sent_before_a_click(world: AlertsWorld) -> None:
    world.alerts.ask(ADDRESS, RENT)
    token = world.token()
    world.alerts.read(token)
    assert world.alerts.read(token).state is AlertState.TO_CONFIRM
    assert world.alerts.confirm(token).state is AlertState.ACTIVE
    assert len(world.mails()) == 1


def test_the_same_search_twice_sends_one_mail(world: AlertsWorld) -> None:
    world.alerts.ask(ADDRESS, RENT)
    world.alerts.ask("AB@personne.example", RENT)
    assert len(world.mails()) == 1


def test_an_address_gets_three_confirmations_at_most_until_they_are_over(world: AlertsWorld) -> None:
    for number in range(10):
        world.alerts.ask(ADDRESS, SavedSearch(SearchRequest(q=f"mot {number}"), "mot", "/offres"))
    assert len(world.mails()) == 3
    world.clock.move(days=3)
    erase_over(world.alerts, world.clock())
    world.alerts.ask(ADDRESS, RENT)
    assert len(world.mails()) == 4


def test_what_is_no_address_is_refused(world: AlertsWorld) -> None:
    with pytest.raises(MailError):
        world.alerts.ask("x@y.example\nBcc: z@y.example", RENT)


def test_one_click_stops_and_keeps_nothing(world: AlertsWorld) -> None:
    world.alerts.ask(ADDRESS, RENT)
    token = world.token()
    world.alerts.confirm(token)
    world.alerts.stop(token)
    with pytest.raises(ExpiredLinkError, match="arrêtée"):
        world.alerts.read(token)
    with world.alerts.database.reading() as connection:
        assert connection.execute(select(table)).all() == []


def test_a_user_saves_one_for_a_file_without_confirmation(world: AlertsWorld) -> None:
    first = world.alerts.save(CAMILLE, "camille@ccas.example", RENT, "d1")
    assert world.alerts.save(CAMILLE, "camille@ccas.example", RENT, "d1").id == first.id
    world.alerts.save(CAMILLE, "camille@ccas.example", RENT, "d2")
    assert [(alert.dossier_id, alert.state) for alert in world.alerts.of_user(CAMILLE)] != []
    with world.alerts.database.writing() as connection:
        assert world.alerts.erase_dossier(connection, "d1") == 1
    assert [alert.dossier_id for alert in world.alerts.of_user(CAMILLE)] == ["d2"]
    assert world.mails() == []


def test_an_address_saves_a_limited_number_of_searches(world: AlertsWorld) -> None:
    for number in range(MOST):
        world.alerts.save(CAMILLE, "camille@ccas.example", SavedSearch(SearchRequest(q=f"m{number}"), "m", "/offres"))
    with pytest.raises(RequestError, match=str(MOST)):
        world.alerts.save(CAMILLE, "camille@ccas.example", RENT)


def test_a_year_later_it_ends_and_says_so(world: AlertsWorld) -> None:
    world.alerts.ask(ADDRESS, RENT)
    world.alerts.confirm(world.token())
    world.clock.move(days=365)
    assert erase_over(world.alerts, world.clock()) == 1
    assert "s'arrête" in world.mails()[-1].subject


def test_neither_address_nor_search_is_readable_in_the_database(world: AlertsWorld) -> None:
    world.alerts.ask(ADDRESS, RENT)
    with world.alerts.database.reading() as connection:
        row = str(connection.execute(select(table)).all())
    assert [word for word in ("loyer", ADDRESS, world.token()) if word in row] == []


# With an index


@pytest.fixture
def indexed(tmp_path: Path) -> Iterator[tuple[AlertsWorld, Indexing]]:
    with open_world(tmp_path) as work:
        bring(work.catalogue, records("vieille"), "a", now=NOON - timedelta(days=9))
        reindex(work)
        yield AlertsWorld(work.catalogue, MovedClock(NOON)), work


def records(*names: str) -> list[tuple[Kind, dict[str, Any]]]:
    """A structure and offers about rents, one for each name, in Belfort."""
    offers = (offer(number, nom=f"Aide loyer {name}", **BELFORT) for number, name in enumerate(names, 1))
    return [structure(**BELFORT), *offers]


def confirmed(world: AlertsWorld, search: SavedSearch) -> str:
    world.alerts.ask(ADDRESS, search)
    token = world.token()
    world.alerts.confirm(token)
    return token


def test_only_new_offers_of_the_search_are_told_and_once(indexed: tuple[AlertsWorld, Indexing]) -> None:
    world, work = indexed
    token = confirmed(world, RENT)
    world.clock.move(days=2)
    bring(work.catalogue, records("vieille", "neuve"), "a", now=world.clock())
    reindex(work)
    assert tell_news(world.alerts, lambda: search_over(work), world.clock()) == 0
    world.clock.move(days=5)
    assert [tell_news(world.alerts, lambda: search_over(work), world.clock()) for _ in range(2)] == [1, 0]
    mail = world.mails()[-1]
    assert "Aide loyer neuve" in mail.text
    assert "vieille" not in mail.text
    assert mail.stop_url == f"https://m.example/alertes/{token}"
    world.clock.move(days=7)
    assert tell_news(world.alerts, lambda: search_over(work), world.clock()) == 0


def test_a_week_without_news_sends_nothing_and_opens_no_search(indexed: tuple[AlertsWorld, Indexing]) -> None:
    world, _ = indexed
    confirmed(world, RENT)
    world.clock.move(days=7)

    def never() -> object:
        raise AssertionError("a search was opened")

    assert tell_news(world.alerts, never, world.clock()) == 0  # type: ignore[arg-type]
    assert len(world.mails()) == 1


def test_a_new_offer_elsewhere_is_not_told(indexed: tuple[AlertsWorld, Indexing]) -> None:
    world, work = indexed
    confirmed(world, SavedSearch(SearchRequest(q="loyer", code_commune="13055"), "loyer, Marseille", "/offres"))
    bring(work.catalogue, records("vieille", "neuve"), "a", now=world.clock() + timedelta(days=1))
    reindex(work)
    world.clock.move(days=7)
    assert tell_news(world.alerts, lambda: search_over(work), world.clock()) == 0
