"""A served process sends what waits, and stops with the server."""

import io
import threading

from indexer.errors import CatalogueError
from indexer.mail.delivery import Delivery
from indexer.mail.letter import Mail
from indexer.mail.outbox import MailState, Outbox
from search_api.logs import build_log
from search_api.posting import posting
from tests.support.mail_server import YES, Mailboxes

SOON = 0.01
WAIT = 30


def test_what_waits_is_sent_while_the_server_runs(outbox: Outbox, delivery: Delivery, boxes: Mailboxes) -> None:
    arrived = threading.Event()

    def take(recipient: str) -> str:
        arrived.set()
        return YES

    boxes.on_data = take
    with outbox.database.writing() as connection:
        outbox.put(connection, Mail("a@b.example", "Bonjour", "Des mots.\n", None, "essai"), "a")
    with posting(lambda: delivery, build_log("info", io.StringIO()), SOON):
        assert arrived.wait(WAIT)
    assert outbox.recent()[0].state is MailState.SENT


def test_a_database_that_is_away_for_a_moment_ends_nothing(delivery: Delivery) -> None:
    told, tries, again = io.StringIO(), 0, threading.Event()

    def find() -> Delivery:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise CatalogueError("La base ne répond pas.")
        again.set()
        return delivery

    with posting(find, build_log("info", told), SOON):
        assert again.wait(WAIT)
    assert "CatalogueError" in told.getvalue()


def test_without_a_mail_server_there_is_no_thread() -> None:
    with posting(None, build_log("info", io.StringIO())):
        assert "courriels" not in [thread.name for thread in threading.enumerate()]
