"""Hands mails to a server (RFC 5321). What the client raises is told here as one of three things, and nowhere else."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Final

from indexer.errors import MaillageError
from indexer.mail.smtp_address import SmtpAddress

TIMEOUT: Final = 30
"""Seconds for one answer of the server: far below the quarter of an hour after which another process takes over."""


class MailServerAwayError(MaillageError):
    """The server cannot be reached, or refuses us: every mail waits."""


class TryLaterError(MaillageError):
    """The server asks to come back later with this mail."""


class MailRefusedError(MaillageError):
    """The server will never take this mail."""


class SmtpSession:
    """One connection, for several mails."""

    def __init__(self, client: smtplib.SMTP) -> None:
        self._client = client

    def send(self, message: EmailMessage) -> None:
        """Returns once the server has taken it. MailRefusedError, TryLaterError or MailServerAwayError otherwise."""
        try:
            self._client.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise _refusal(code, "refuse cette adresse") from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, "refuse ce message") from error
        except (smtplib.SMTPException, OSError) as error:
            raise _away(error) from error


class SmtpServer:
    """The server of the settings."""

    def __init__(self, address: SmtpAddress, domain: str) -> None:
        """`domain` is how we name ourselves: that of our own address."""
        self._address, self._domain = address, domain

    @contextmanager
    def connect(self) -> Iterator[SmtpSession]:
        """MailServerAwayError when that cannot be."""
        client = self._open()
        try:
            yield SmtpSession(client)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                client.quit()

    def _open(self) -> smtplib.SMTP:
        try:
            client = self._dial()
        except (smtplib.SMTPException, OSError) as error:
            raise _away(error) from error
        try:
            self._introduce(client)
        except (smtplib.SMTPException, OSError) as error:
            client.close()
            raise _away(error) from error
        return client

    def _dial(self) -> smtplib.SMTP:
        where = self._address
        if where.encrypted:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(where.host, where.port, self._domain, timeout=TIMEOUT, context=context)
        return smtplib.SMTP(where.host, where.port, self._domain, timeout=TIMEOUT)

    def _introduce(self, client: smtplib.SMTP) -> None:
        if self._address.upgraded:
            client.starttls(context=ssl.create_default_context())
        if self._address.user:
            client.login(self._address.user, self._address.password)


def _refusal(code: int, what: str) -> MaillageError:
    """5xx is for good, 4xx for now (RFC 5321, 4.2.1). The server's own words may quote an address: they stay out."""
    told = f"Le serveur de courriel {what} ({code})."
    return MailRefusedError(told) if code >= 500 else TryLaterError(told)


def _away(error: Exception) -> MailServerAwayError:
    code = getattr(error, "smtp_code", None)
    more = f" ({code})" if code else ""
    return MailServerAwayError(f"Le serveur de courriel ne répond pas comme il faut : {type(error).__name__}{more}.")
