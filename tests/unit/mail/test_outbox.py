"""What the outbox keeps, and for how long."""

import pytest
from sqlalchemy import select

from indexer.errors import MailError
from indexer.mail.letter import Mail
from indexer.mail.outbox import MailState, Outbox
from indexer.mail.tables import mails
from tests.support.clocks import MovedClock


def letter(to: str = "accueil@ccas.example", subject: str = "Bonjour", about: str | None = None) -> Mail:
    return Mail(to, subject, "Un texte.\n", "<p>Un texte.</p>", "essai", about)


def put(outbox: Outbox, mail: Mail, key: str) -> bool:
    with outbox.database.writing() as connection:
        return outbox.put(connection, mail, key)


def test_a_mail_is_read_back_as_it_was_written(outbox: Outbox) -> None:
    put(outbox, letter(), "a")
    (entry,) = outbox.recent()
    assert (entry.state, entry.mail) == (MailState.WAITING, letter())


def _put_and_fail(outbox: Outbox) -> None:
    with outbox.database.writing() as connection:
        outbox.put(connection, letter(), "a")
        raise ZeroDivisionError


def test_the_same_key_twice_is_one_mail(outbox: Outbox) -> None:
    assert [put(outbox, letter(), "a"), put(outbox, letter(subject="Autre"), "a")] == [True, False]
    assert [entry.mail and entry.mail.subject for entry in outbox.recent()] == ["Bonjour"]


def test_a_transaction_that_fails_leaves_no_mail(outbox: Outbox) -> None:
    with pytest.raises(ZeroDivisionError):
        _put_and_fail(outbox)
    assert outbox.recent() == []


def test_neither_address_nor_words_are_readable_in_the_database(outbox: Outbox) -> None:
    put(outbox, letter(), "a")
    with outbox.database.reading() as connection:
        row = connection.execute(select(mails)).one()
    assert "ccas" not in str(row)
    assert "texte" not in str(row)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "personne",
        "a@b.example\nBcc: c@d.example",
        "a@b.example, c@d.example",
        "<a@b.example>",
        "a@b",
        "a b@c.example",
    ],
)
def test_an_address_that_is_not_exactly_one_is_refused(address: str) -> None:
    with pytest.raises(MailError, match="adresse de courriel"):
        letter(to=address)


def test_a_subject_is_made_one_line() -> None:
    assert letter(subject="Atelier\r\nBcc: x@y.example\u2028fin").subject == "Atelier Bcc: x@y.example fin"


def test_an_unsent_mail_is_erased_after_thirty_days_and_not_before(outbox: Outbox, clock: MovedClock) -> None:
    put(outbox, letter(), "a")
    clock.move(days=29)
    assert outbox.erase_old(clock()) == 0
    clock.move(days=2)
    assert outbox.erase_old(clock()) == 1
    (entry,) = outbox.recent()
    assert (entry.state, entry.mail) == (MailState.GIVEN_UP, None)
