"""The outbox on both real databases, and a real mail server."""

from collections.abc import Iterator

import pytest

from indexer.catalogue import Catalogue
from indexer.mail.delivery import Delivery
from indexer.mail.outbox import Outbox
from indexer.mail.smtp import SmtpServer
from indexer.mail.smtp_address import parse_smtp_url
from indexer.sealing import Sealer
from tests.support.clocks import MovedClock
from tests.support.mail_server import Mailboxes, running_mail_server

KEY = "une-cle-de-trente-deux-caracteres-ou-plus"
FROM = "Maillage <ne-pas-repondre@maillage.example>"


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def outbox(catalogue: Catalogue, clock: MovedClock) -> Outbox:
    return Outbox(catalogue.database, Sealer([KEY], clock), clock, "https://offres.example")


@pytest.fixture
def boxes() -> Iterator[Mailboxes]:
    with running_mail_server() as running:
        yield running


@pytest.fixture
def delivery(outbox: Outbox, boxes: Mailboxes, clock: MovedClock) -> Delivery:
    return Delivery(outbox, SmtpServer(parse_smtp_url(boxes.url), "maillage.example"), FROM, clock)
