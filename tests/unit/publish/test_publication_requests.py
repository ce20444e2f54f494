"""Requests to who publishes, by the relay: where they go, how many a month, what else could do, how it shows."""

from dataclasses import replace

import pytest

from indexer.errors import ExpiredLinkError, RequestError
from indexer.publish.requests import PublicationHooks, refresh_standings
from indexer.relay.daily import remind_and_close
from indexer.relay.model import Asker, NewRequest, Target, Words
from indexer.relay.relay import Relay
from indexer.relay.states import Answer, Kind, State
from tests.support.clocks import MovedClock
from tests.support.publications import MAIL, PublishWorld


@pytest.fixture
def relay(world: PublishWorld) -> Relay:
    hooks = PublicationHooks(world.all)
    return Relay(world.catalogue.database, world.sealer, world.outbox, world.clock, dict.fromkeys(Kind, hooks))


def asked(relay: Relay, offer_id: str, number: int = 1, **asker: str) -> NewRequest:
    """By a référent, for a person of their own."""
    address = relay.hooks_of(Kind.IMMERSION).address(offer_id)
    target = Target(offer_id, "Immersion", None, "Boulangerie", address)
    who = {"name": "Claire", "address": "claire@ml.exemple.fr", "user_id": "claire", "organisation_id": "ml"} | asker
    return NewRequest(Kind.IMMERSION, target, Asker(**who), Words(person=f"P. {number}"), consent=True)


def by_sami(relay: Relay, offer_id: str) -> NewRequest:
    """By a person on their own."""
    return replace(asked(relay, offer_id), asker=Asker("Sami", "sami@exemple.fr"))


def publish(world: PublishWorld, **changes: str) -> str:
    offer_id = world.published(**changes)[0].offer_id
    assert offer_id is not None
    return offer_id


def asked_from(world: PublishWorld, offer_id: str) -> str | None:
    stored = world.catalogue.get_offer(offer_id)
    assert stored is not None
    assert stored.offer.immersion is not None
    day = stored.offer.immersion.disponible_le
    return None if day is None else day.isoformat()


def test_a_request_goes_to_the_address_that_is_never_shown(world: PublishWorld, relay: Relay) -> None:
    offer_id = publish(world)
    relay.ask(asked(relay, offer_id))
    to, subject = world.mails()[-1]
    assert to == MAIL
    assert "Une demande pour" in subject


def test_an_unknown_offer_has_no_hidden_address(relay: Relay) -> None:
    assert relay.hooks_of(Kind.IMMERSION).address("ex--o1") is None


def test_the_month_s_capacity_is_never_exceeded_and_says_from_when(world: PublishWorld, relay: Relay) -> None:
    offer_id = publish(world, par_mois="2")
    for number in (1, 2):
        relay.ask(asked(relay, offer_id, number))
    with pytest.raises(RequestError, match="1er avril"):
        relay.ask(asked(relay, offer_id, 3))
    assert asked_from(world, offer_id) == "2026-04-01"


def test_a_new_month_opens_it_again(world: PublishWorld, relay: Relay, clock: MovedClock) -> None:
    offer_id = publish(world, par_mois="1")
    relay.ask(asked(relay, offer_id, 1))
    clock.move(days=31)
    assert refresh_standings(world.all, clock()) == 1
    assert asked_from(world, offer_id) is None
    relay.ask(asked(relay, offer_id, 2))


def test_a_request_taken_back_before_it_left_gives_its_place_back(world: PublishWorld, relay: Relay) -> None:
    offer_id = publish(world, par_mois="1")
    relay.ask(by_sami(relay, offer_id))
    with pytest.raises(RequestError):
        relay.ask(asked(relay, offer_id, 2))
    relay.close(None, world.link_of("/demande/", "sami@exemple.fr"))
    relay.ask(asked(relay, offer_id, 3))


def test_a_request_that_the_company_has_read_counts_even_taken_back(world: PublishWorld, relay: Relay) -> None:
    offer_id = publish(world, par_mois="1")
    relay.ask(by_sami(relay, offer_id))
    token = world.link_of("/demande/", "sami@exemple.fr")
    relay.confirm(token)
    relay.close(None, token)
    with pytest.raises(RequestError, match="ce mois est complet"):
        relay.ask(asked(relay, offer_id, 2))


def test_a_confirmation_too_late_cannot_exceed_the_month(world: PublishWorld, relay: Relay, clock: MovedClock) -> None:
    offer_id = publish(world, par_mois="1")
    relay.ask(by_sami(relay, offer_id))
    token = world.link_of("/demande/", "sami@exemple.fr")
    clock.move(days=3)
    relay.ask(asked(relay, offer_id, 2))
    with pytest.raises(ExpiredLinkError, match="trois jours"):
        relay.confirm(token)


def test_a_full_immersion_goes_behind_those_that_can_be_asked(world: PublishWorld, relay: Relay) -> None:
    first = publish(world, par_mois="1", nom="Aux deux fours")
    publish(world, par_mois="1", nom="Aux trois fours", courriel="b@exemple.fr")
    before = world.found()
    relay.ask(asked(relay, first))
    assert "deux" in world.found()[1]
    assert len(before) == 2


def test_a_paused_publication_takes_no_request(world: PublishWorld, relay: Relay) -> None:
    publication, token = world.published()
    world.managing.pause(token, None)
    with pytest.raises(RequestError, match="plus proposée"):
        relay.ask(asked(relay, publication.offer_id or ""))


def test_a_no_comes_with_other_immersions_of_the_same_metier(world: PublishWorld, relay: Relay) -> None:
    offer_id = publish(world)
    publish(world, nom="Le fournil d’à côté", courriel="b@exemple.fr")
    relay.ask(asked(relay, offer_id))
    relay.answer(world.link_of("/demande/", MAIL), Answer.DECLINE)
    told = world.outbox.recent(1)[0].mail
    assert told is not None
    assert "Le fournil d’à côté" in told.text


def test_a_withdrawal_while_a_request_is_on_its_way_still_lets_the_company_answer(
    world: PublishWorld, relay: Relay
) -> None:
    publication, token = world.published()
    relay.ask(asked(relay, publication.offer_id or ""))
    link = world.link_of("/demande/", MAIL)
    world.managing.close(token)
    assert relay.answer(link, Answer.ACCEPT).state is State.ACCEPTED


def test_the_share_of_answers_is_told_once_it_means_something(
    world: PublishWorld, relay: Relay, clock: MovedClock
) -> None:
    offer_id = publish(world, par_mois="9")
    for number in range(3):
        relay.ask(asked(relay, offer_id, number))
        if number:
            relay.answer(world.link_of("/demande/", MAIL), Answer.DECLINE)
    for _ in range(40):
        clock.move(days=1)
        remind_and_close(relay, clock())
    refresh_standings(world.all, clock())
    stored = world.catalogue.get_offer(offer_id)
    assert stored is not None
    assert stored.offer.immersion is not None
    assert stored.offer.immersion.taux_reponse == pytest.approx(0.67)
