"""A real mail server on a free port of loopback, which keeps what it accepts and refuses as it is told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Verdict = Callable[[str], str]
"""From a recipient to the server's answer to RCPT or DATA."""

YES = "250 OK"


def accept_all(recipient: str) -> str:
    return YES


class Mailboxes:
    """What was accepted, in order. `on_rcpt` and `on_data` may be changed by a test; `sender` is who speaks to them."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.on_rcpt: Verdict = accept_all
        self.on_data: Verdict = accept_all
        self.port = 0
        self.sender = ""

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        return [str(message["To"]) for message in self.messages]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        answer = self.on_rcpt(address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.sender = envelope.mail_from or ""
        answer = self.on_data(envelope.rcpt_tos[0])
        if answer.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            message = message_from_bytes(content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.messages.append(message)
        return answer


@contextmanager
def running_mail_server(**options: Any) -> Iterator[Mailboxes]:
    """`options` are those of the library's server: `tls_context`, `require_starttls`, `authenticator`…"""
    boxes = Mailboxes()
    controller = _FreePort(boxes, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        boxes.port = controller.server.sockets[0].getsockname()[1]
        yield boxes
    finally:
        controller.stop()


class _FreePort(Controller):
    """The library's own check connects to the port that was asked for, which is none here: to the one that it got."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
