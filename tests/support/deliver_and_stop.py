"""A process that delivers the outbox: `python -m tests.support.deliver_and_stop DATABASE_URL SMTP_URL KEY`."""

import sys

from indexer.catalogue import open_catalogue
from indexer.catalogue.store import utc_now
from indexer.mail.delivery import Delivery
from indexer.mail.outbox import Outbox
from indexer.mail.smtp import SmtpServer
from indexer.mail.smtp_address import parse_smtp_url
from indexer.sealing import Sealer


def main() -> None:
    database_url, smtp_url, key = sys.argv[1:]
    catalogue = open_catalogue(database_url)
    outbox = Outbox(catalogue.database, Sealer([key], utc_now), utc_now)
    Delivery(outbox, SmtpServer(parse_smtp_url(smtp_url), "m.example"), "m@m.example", utc_now).run()
    catalogue.close()


if __name__ == "__main__":
    main()
