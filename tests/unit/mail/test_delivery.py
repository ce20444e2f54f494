"""Mails meet a real server: taken, refused, put off, or not there."""

from indexer.mail.delivery import Delivered, Delivery
from indexer.mail.letter import Mail
from indexer.mail.outbox import MailState, Outbox
from indexer.mail.smtp import SmtpServer
from indexer.mail.smtp_address import parse_smtp_url
from tests.support.clocks import MovedClock
from tests.support.mail_server import YES, Mailboxes


def put(outbox: Outbox, *recipients: str) -> None:
    with outbox.database.writing() as connection:
        for number, to in enumerate(recipients):
            outbox.put(
                connection, Mail(to, "Été à Belfort", "Des mots.\n", "<p>Des mots.</p>", "essai", to), f"{number}"
            )


def states(outbox: Outbox) -> list[MailState]:
    return [entry.state for entry in reversed(outbox.recent())]


def test_a_mail_arrives_whole_and_once(outbox: Outbox, delivery: Delivery, boxes: Mailboxes) -> None:
    put(outbox, "a@b.example")
    assert [delivery.run(), delivery.run()] == [Delivered(sent=1), Delivered()]
    (message,) = boxes.messages
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert (message["To"], message["Subject"], text.get_content().strip()) == (
        "a@b.example",
        "Été à Belfort",
        "Des mots.",
    )
    assert html.get_content().strip() == "<p>Des mots.</p>"
    assert message["Message-ID"] == outbox.recent()[0].message_id


def test_a_refused_address_is_told_and_stops_no_other(outbox: Outbox, delivery: Delivery, boxes: Mailboxes) -> None:
    boxes.on_rcpt = lambda to: "550 no such user" if to.startswith("x@") else YES
    put(outbox, "x@b.example", "a@b.example")
    assert delivery.run() == Delivered(sent=1, lost=1)
    assert states(outbox) == [MailState.REFUSED, MailState.SENT]
    with outbox.database.reading() as connection:
        told = outbox.troubles(connection, ["x@b.example", "a@b.example"])
    assert told == {"x@b.example": "Le serveur de courriel refuse cette adresse (550)."}


def test_a_server_that_says_later_is_asked_again_after_growing_delays(
    outbox: Outbox, delivery: Delivery, boxes: Mailboxes, clock: MovedClock
) -> None:
    boxes.on_rcpt = lambda to: "451 greylisted"
    put(outbox, "a@b.example")
    assert [delivery.run().later, delivery.run().later] == [1, 0]
    clock.move(minutes=1)
    assert delivery.run().later == 1
    clock.move(minutes=4)
    assert delivery.run().later == 0
    boxes.on_rcpt = lambda to: YES
    clock.move(minutes=1)
    assert delivery.run().sent == 1


def test_a_server_that_is_away_loses_nothing(outbox: Outbox, boxes: Mailboxes, clock: MovedClock) -> None:
    nowhere = Delivery(outbox, SmtpServer(parse_smtp_url("smtp://127.0.0.1:1"), "m.example"), "m@m.example", clock)
    put(outbox, "a@b.example", "c@b.example")
    away = nowhere.run().away
    assert away is not None
    assert "ne répond pas" in away
    assert states(outbox) == [MailState.WAITING, MailState.WAITING]
    clock.move(minutes=1)
    back = Delivery(outbox, SmtpServer(parse_smtp_url(boxes.url), "m.example"), "m@m.example", clock)
    assert back.run() == Delivered(sent=2)


def test_after_five_days_a_mail_is_given_up_and_told(
    outbox: Outbox, delivery: Delivery, boxes: Mailboxes, clock: MovedClock
) -> None:
    boxes.on_rcpt = lambda to: "451 later"
    put(outbox, "a@b.example")
    delivery.run()
    clock.move(days=5, minutes=1)
    assert delivery.run().lost == 1
    assert states(outbox) == [MailState.GIVEN_UP]


def test_words_are_erased_eight_days_after_the_sending(outbox: Outbox, delivery: Delivery, clock: MovedClock) -> None:
    put(outbox, "a@b.example")
    delivery.run()
    clock.move(days=8)
    assert outbox.erase_old(clock()) == 0
    clock.move(minutes=1)
    assert outbox.erase_old(clock()) == 1
    (entry,) = outbox.recent()
    assert (entry.state, entry.mail) == (MailState.SENT, None)
