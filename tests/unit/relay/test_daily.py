"""What time does to a request."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection

from indexer.catalogue import Catalogue
from indexer.errors import EngineError, ExpiredLinkError, RequestError
from indexer.mail.delivery import Delivery
from indexer.mail.smtp import SmtpServer
from indexer.mail.smtp_address import parse_smtp_url
from indexer.relay.attachments import NewAttachment
from indexer.relay.daily import erase_over, remind_and_close, tell_troubles
from indexer.relay.letters import Alternative
from indexer.relay.model import NewRequest, Request
from indexer.relay.states import Answer, Kind, State
from indexer.relay.working_days import add_working_days, is_working_day
from tests.support.mail_server import YES, running_mail_server
from tests.support.relaying import CAMILLE, REFERENT, STRUCTURE, RelayWorld, by_person, new_request


def pass_days(world: RelayWorld, days: int) -> None:
    """One upkeep a night."""
    for _ in range(days):
        world.clock.move(days=1)
        remind_and_close(world.relay, world.clock())


def test_reminders_come_after_five_and_ten_working_days_then_it_ends_at_thirty(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())  # a Monday
    seen = []
    for _ in range(31):
        pass_days(world, 1)
        request = world.relay.get(CAMILLE, request_id)
        seen.append((request.state, request.reminders))
    assert [seen[day - 1] for day in (6, 7, 13, 14, 29, 30)] == [
        (State.SENT, 0),
        (State.REMINDED, 1),
        (State.REMINDED, 1),
        (State.REMINDED, 2),
        (State.REMINDED, 2),
        (State.UNANSWERED, 2),
    ]
    assert len(world.mails(STRUCTURE)) == 3
    assert [mail.subject for mail in world.mails(REFERENT)] == [
        "Pas encore de réponse à votre demande",
        "Votre demande est restée sans réponse",
    ]


def test_running_twice_reminds_once(world: RelayWorld) -> None:
    world.relay.ask(new_request())
    world.clock.move(days=8)
    assert [remind_and_close(world.relay, world.clock()) for _ in range(2)] == [1, 0]


def test_an_answer_stops_the_reminders(world: RelayWorld) -> None:
    world.relay.ask(new_request())
    world.relay.answer(world.token(STRUCTURE), Answer.DECLINE)
    pass_days(world, 40)
    assert len(world.mails(STRUCTURE)) == 1


def test_every_link_of_the_mails_still_answers(world: RelayWorld) -> None:
    world.relay.ask(new_request())
    first = world.token(STRUCTURE)
    pass_days(world, 8)
    assert world.token(STRUCTURE) != first
    assert world.relay.answer(first, Answer.ACCEPT).state is State.ACCEPTED


def test_a_request_that_nobody_confirmed_is_forgotten(world: RelayWorld) -> None:
    world.relay.ask(by_person())
    token = world.token("ab@personne.example")
    pass_days(world, 4)
    with pytest.raises(ExpiredLinkError):
        world.relay.confirm(token)
    assert world.mails(STRUCTURE) == []


def test_a_refused_address_is_told_to_who_asked_once(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    with running_mail_server() as boxes:
        boxes.on_rcpt = lambda to: "550 unknown" if to == STRUCTURE else YES
        Delivery(world.outbox, SmtpServer(parse_smtp_url(boxes.url), "m.example"), "m@m.example", world.clock).run()
    assert "refuse cette adresse" in world.relay.get(CAMILLE, request_id).trouble
    assert [tell_troubles(world.relay, world.clock()) for _ in range(2)] == [1, 0]
    assert "+33384000000" in world.mails(REFERENT)[-1].text


def test_attachments_are_kept_eight_days(world: RelayWorld) -> None:
    scan = NewAttachment("cv.pdf", b"%PDF-1.7 du texte")
    world.relay.ask(new_request(attachments=(scan,)))
    token = world.token(STRUCTURE)
    request, _ = world.relay.open_link(token)
    assert world.relay.read_attachment(token, request.attachments[0].id)[1] == scan.content
    world.clock.move(days=8)
    assert erase_over(world.relay, world.clock()) == 0
    world.clock.move(minutes=1)
    assert erase_over(world.relay, world.clock()) == 1


def test_words_are_erased_two_years_after_the_end(world: RelayWorld) -> None:
    request_id = world.relay.ask(new_request())
    world.relay.answer(world.token(STRUCTURE), Answer.DECLINE)
    world.clock.move(days=731)
    assert erase_over(world.relay, world.clock()) == 1
    assert world.relay.get(CAMILLE, request_id).content is None


@dataclass
class FullMonth:
    """A company that takes one request."""

    told: list[tuple[str, State]] = field(default_factory=list)
    settled_offers: list[str] = field(default_factory=list)

    def settled(self, offer_id: str) -> None:
        self.settled_offers.append(offer_id)
        raise EngineError("L'index ne répond pas.")

    def address(self, offer_id: str) -> str | None:
        return None

    def check(self, connection: Connection, new: NewRequest) -> None:
        if self.told:
            raise RequestError("Le mois est complet.")

    def changed(self, connection: Connection, request: Request) -> None:
        self.told.append((request.offer_id, request.state))

    def alternatives(self, connection: Connection, offer_id: str) -> tuple[Alternative, ...]:
        return (Alternative("Une autre boulangerie", "https://m.example/offres/x"),)


def test_a_kind_adds_its_refusals_its_record_and_other_offers(catalogue: Catalogue) -> None:
    hooks = FullMonth()
    world = RelayWorld(catalogue, hooks={Kind.IMMERSION: hooks})
    world.relay.ask(new_request(kind=Kind.IMMERSION))
    with pytest.raises(RequestError, match="complet"):
        world.relay.ask(new_request(kind=Kind.IMMERSION, person="C. D."))
    world.relay.answer(world.token(STRUCTURE), Answer.DECLINE)
    assert hooks.told == [("s--1", State.SENT), ("s--1", State.DECLINED)]
    assert hooks.settled_offers == ["s--1", "s--1"]  # and its failure undid nothing
    assert "Une autre boulangerie" in world.mails(REFERENT)[-1].text


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),  # Easter Monday is the 6th
        (date(2026, 4, 30), 1, date(2026, 5, 4)),  # the first of May, then a week-end
        (date(2026, 5, 13), 1, date(2026, 5, 15)),  # Ascension
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
    ],
)
def test_working_days_skip_week_ends_and_holidays(start: date, days: int, end: date) -> None:
    moment = datetime(start.year, start.month, start.day, 9, tzinfo=UTC)
    assert add_working_days(moment, days).date() == end
    assert is_working_day(end)
