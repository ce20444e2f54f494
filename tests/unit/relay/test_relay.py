"""A request from its form to its answer, and who may see it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from indexer.errors import ExpiredLinkError, NotFoundError, RequestError
from indexer.relay.model import Reply
from indexer.relay.states import Answer, State
from indexer.relay.tables import relay_links, relay_requests
from tests.support.relaying import (
    CAMILLE,
    DRISS,
    KEEPER,
    REFERENT,
    STRANGER,
    STRUCTURE,
    RelayWorld,
    by_person,
    new_request,
)

PERSON = "ab@personne.example"


def test_a_request_leaves_at_once_and_says_what_is_asked(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    (mail,) = world.mails(STRUCTURE)
    assert "Camille R. (CCAS de Belfort)" in mail.text
    assert "Réparer sa voiture" in mail.subject
    assert "RSA" in mail.text
    assert world.relay.get(CAMILLE, request_id).state is State.SENT


@pytest.mark.parametrize("words", ["message", "availability", "person"])
def test_no_way_to_reach_the_other_side_leaves_before_the_yes(world: RelayWorld, words: str) -> None:
    world.relay.ask(new_request(**{words: "A. B. au 06 11 22 33 44 ou ab@personne.example"}))
    (mail,) = world.mails(STRUCTURE)
    for secret in (REFERENT, "03 84 11 22 33", "06 11 22 33 44", "ab@personne.example"):
        assert secret not in mail.text
        assert mail.html is not None
        assert secret not in mail.html


def test_opening_the_link_answers_nothing(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    world.relay.open_link(world.token(STRUCTURE))
    assert world.relay.get(CAMILLE, request_id).state is State.SENT


def test_a_yes_tells_each_side_how_to_reach_the_other(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    world.relay.answer(world.token(STRUCTURE), Answer.ACCEPT, Reply("Venez mardi."))
    assert world.relay.get(CAMILLE, request_id).state is State.ACCEPTED
    (told,) = world.mails(REFERENT)
    assert STRUCTURE in told.text
    assert "Venez mardi." in told.text
    assert REFERENT in world.mails(STRUCTURE)[-1].text


def test_the_person_is_given_to_be_called_when_the_form_said_so(world: RelayWorld) -> None:
    world.relay.ask(by_person())
    world.relay.confirm(world.token(PERSON))
    world.relay.answer(world.token(STRUCTURE), Answer.ACCEPT)
    contacts = world.mails(STRUCTURE)[-1].text
    assert "06 11 22 33 44" in contacts
    assert PERSON not in contacts


def test_the_same_answer_again_is_harmless_and_another_one_refused(world: RelayWorld) -> None:
    world.relay.ask(new_request())
    token = world.token(STRUCTURE)
    world.relay.answer(token, Answer.DECLINE)
    world.relay.answer(token, Answer.DECLINE)
    assert len(world.mails(REFERENT)) == 1
    with pytest.raises(RequestError, match="n'attend plus"):
        world.relay.answer(token, Answer.ACCEPT)


def test_another_date_asks_for_one_and_who_asked_may_take_it(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    token = world.token(STRUCTURE)
    with pytest.raises(RequestError) as refused:
        world.relay.answer(token, Answer.OTHER_DATE, Reply("Pas mardi", " "))
    assert refused.value.field == "date"
    world.relay.answer(token, Answer.OTHER_DATE, Reply("", "jeudi 5 mars à 10 h"))
    assert "jeudi 5 mars à 10 h" in world.mails(REFERENT)[-1].text
    assert world.relay.agree(CAMILLE, request_id).state is State.ACCEPTED
    assert [event.actor for event in world.relay.get(CAMILLE, request_id).events] == [
        "demandeur",
        "structure",
        "demandeur",
    ]


def test_two_answers_at_once_give_one(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    token = world.token(STRUCTURE)

    def say(answer: Answer) -> bool:
        try:
            world.relay.answer(token, answer)
        except RequestError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(say, (Answer.ACCEPT, Answer.DECLINE))) == [False, True]
    assert world.relay.get(CAMILLE, request_id).state in (State.ACCEPTED, State.DECLINED)


def test_without_the_consent_of_the_person_nothing_leaves(world: RelayWorld) -> None:
    with pytest.raises(RequestError) as refused:
        world.relay.ask(new_request(consent=False))
    assert refused.value.field == "accord"
    assert world.outbox.recent() == []


def test_the_same_request_within_seven_days_is_refused_with_the_date_of_the_first(world: RelayWorld) -> None:
    world.relay.ask(new_request())
    world.clock.move(days=6)
    with pytest.raises(RequestError, match="02/03/2026"):
        world.relay.ask(new_request())
    world.relay.ask(new_request(person="C. D."))
    world.clock.move(days=2)
    world.relay.ask(new_request())
    assert len(world.mails(STRUCTURE)) == 3


def test_two_same_requests_at_once_are_one(world: RelayWorld) -> None:
    def ask(_: int) -> bool:
        try:
            world.relay.ask(new_request())
        except RequestError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(ask, range(4))) == [False, False, False, True]


def test_a_person_without_account_confirms_first(world: RelayWorld) -> None:
    world.relay.ask(by_person())
    assert world.mails(STRUCTURE) == []
    token = world.token(PERSON)
    world.relay.open_link(token)
    assert world.mails(STRUCTURE) == []
    world.relay.confirm(token)
    world.relay.confirm(token)
    assert len(world.mails(STRUCTURE)) == 1


def test_nobody_can_fill_the_mailbox_of_another_with_confirmations(world: RelayWorld) -> None:
    target = new_request().target
    for number in range(3):
        world.relay.ask(by_person(target=replace(target, offer_id=f"s--{number}")))
    with pytest.raises(RequestError, match="confirmation"):
        world.relay.ask(by_person(target=replace(target, offer_id="s--9")))
    assert len(world.mails(PERSON)) == 3


def test_a_link_does_only_what_it_was_made_for(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    token = world.token(STRUCTURE)
    with pytest.raises(ExpiredLinkError):
        world.relay.close(None, token)
    with pytest.raises(ExpiredLinkError):
        world.relay.confirm(token)
    with pytest.raises(ExpiredLinkError):
        world.relay.answer(token[:-1] + ("a" if token[-1] != "a" else "b"), Answer.ACCEPT)
    assert world.relay.get(CAMILLE, request_id).state is State.SENT


def test_a_request_taken_back_is_told_and_may_be_asked_again(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    world.relay.close(CAMILLE, request_id)
    assert "retirée" in world.mails(STRUCTURE)[-1].subject
    with pytest.raises(RequestError):
        world.relay.answer(world_token_of_first(world), Answer.ACCEPT)
    world.relay.ask(new_request())


def world_token_of_first(world: RelayWorld) -> str:
    return world.mails(STRUCTURE)[0].text.partition("/demande/")[2].partition("?")[0]


def test_a_request_is_seen_by_its_organisation_alone(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    assert [request.id for request in world.relay.of_actor(DRISS)] == [request_id]
    assert [world.relay.of_actor(other) for other in (STRANGER, KEEPER)] == [[], []]
    for other in (STRANGER, KEEPER):
        with pytest.raises(NotFoundError):
            world.relay.get(other, request_id)
        with pytest.raises(NotFoundError):
            world.relay.close(other, request_id)


def test_nothing_of_a_person_is_readable_in_the_database(world: RelayWorld) -> None:
    world.relay.ask(new_request(message="Elle cherche un garage."))
    with world.catalogue.database.reading() as connection:
        rows = str(connection.execute(select(relay_requests)).all()) + str(
            connection.execute(select(relay_links)).all()
        )
    for words in ("garage", "A. B.", REFERENT, STRUCTURE, world.token(STRUCTURE)):
        assert words not in rows


def test_a_file_that_is_erased_takes_its_requests_and_their_mails_along(world: RelayWorld) -> None:
    world.relay.ask(new_request(dossier_id="d1"))
    world.relay.ask(new_request(person="C. D."))
    assert len(world.relay.of_dossier("d1")) == 1
    with world.catalogue.database.writing() as connection:
        assert world.relay.erase_dossier(connection, "d1") == 1
    assert world.relay.of_dossier("d1") == []
    assert [mail.text.count("C. D.") for mail in world.mails(STRUCTURE)] == [1]


def test_the_requests_of_a_file_follow_it_to_another_organisation(world: RelayWorld) -> None:
    world.relay.ask(new_request(dossier_id="d1"))
    world.relay.ask(new_request(person="C. D."))
    with world.catalogue.database.writing() as connection:
        assert world.relay.hand_over(connection, "d1", "ailleurs") == 1
    assert [request.organisation_id for request in world.relay.of_dossier("d1")] == ["ailleurs"]


def test_a_structure_without_mail_gets_no_request(world: RelayWorld) -> None:
    with pytest.raises(RequestError, match="appelez"):
        world.relay.ask(new_request(target=replace(new_request().target, address=None)))
