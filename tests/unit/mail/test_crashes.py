"""Real processes that send, two at once, and one that is killed in the middle."""

import subprocess
import sys
import threading
from collections import Counter

from indexer.catalogue import open_catalogue
from indexer.catalogue.store import utc_now
from indexer.mail.letter import Mail
from indexer.mail.outbox import Outbox
from indexer.sealing import Sealer
from tests.support.mail_server import YES, Mailboxes
from tests.unit.mail.conftest import KEY

MAILS = 30
WAIT = 60


def fill(url: str) -> set[str]:
    catalogue = open_catalogue(url)
    outbox = Outbox(catalogue.database, Sealer([KEY], utc_now), utc_now)
    recipients = [f"p{number}@b.example" for number in range(MAILS)]
    with catalogue.database.writing() as connection:
        for to in recipients:
            outbox.put(connection, Mail(to, "Bonjour", "Des mots.\n", None, "essai"), to)
    catalogue.close()
    return set(recipients)


def start(url: str, boxes: Mailboxes) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.support.deliver_and_stop", url, boxes.url, KEY])


def test_two_processes_at_once_send_each_mail_once(catalogue_url: str, boxes: Mailboxes) -> None:
    recipients = fill(catalogue_url)
    both = [start(catalogue_url, boxes), start(catalogue_url, boxes)]
    assert [process.wait(WAIT) for process in both] == [0, 0]
    assert Counter(boxes.recipients) == Counter(recipients)


def test_a_process_killed_in_the_middle_loses_no_mail_and_doubles_none_that_was_not_accepted(
    catalogue_url: str, boxes: Mailboxes
) -> None:
    recipients = fill(catalogue_url)
    reached, killed = threading.Event(), threading.Event()

    def stop_at_the_tenth(recipient: str) -> str:
        if len(boxes.messages) < 9 or killed.is_set():
            return YES
        reached.set()
        killed.wait(WAIT)
        return "451 the client went away"

    boxes.on_data = stop_at_the_tenth
    first = start(catalogue_url, boxes)
    assert reached.wait(WAIT)
    first.kill()
    first.wait(WAIT)
    killed.set()
    assert start(catalogue_url, boxes).wait(WAIT) == 0
    assert Counter(boxes.recipients) == Counter(recipients)
