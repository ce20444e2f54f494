"""The mail of a process, from its settings."""

from email.utils import parseaddr

from indexer.catalogue.database import Database
from indexer.catalogue.work import Clock
from indexer.errors import SettingError
from indexer.mail.delivery import Delivery
from indexer.mail.letter import check_address
from indexer.mail.outbox import Outbox, Seals
from indexer.mail.smtp import SmtpServer
from indexer.mail.smtp_address import parse_smtp_url
from indexer.settings import Settings


def build_outbox(database: Database, settings: Settings, sealer: Seals, clock: Clock) -> Outbox:
    return Outbox(database, sealer, clock, settings.base_url.rstrip("/"))


def build_delivery(outbox: Outbox, settings: Settings, clock: Clock) -> Delivery | None:
    """None without a mail server. SettingError when the server is set, and what a mail must say is not."""
    if settings.smtp_url is None:
        return None
    if not settings.base_url:
        raise SettingError("MAILLAGE_SMTP_URL demande aussi MAILLAGE_BASE_URL : les courriels portent des liens.")
    if not settings.mail_from:
        raise SettingError("MAILLAGE_SMTP_URL demande aussi MAILLAGE_MAIL_FROM : l'adresse d'où partent les courriels.")
    sender = check_address(parseaddr(settings.mail_from)[1])
    server = SmtpServer(parse_smtp_url(settings.smtp_url.get_secret_value()), sender.rpartition("@")[2])
    return Delivery(outbox, server, settings.mail_from, clock)
