"""A mail as it travels (RFC 5322)."""

from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from indexer.mail.letter import Mail


def build_message(mail: Mail, sender: str, message_id: str, written_at: datetime) -> EmailMessage:
    """Text, and HTML beside it when there is some. No answer is asked of machines (RFC 3834).

    Headers are written by the library, which refuses a line end in any of them (ValueError): nothing can be slipped in.
    """
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = sender
    message["To"] = ascii_address(mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(written_at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if mail.stop_url is not None:
        message["List-Unsubscribe"] = f"<{mail.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    return message


def ascii_address(address: str) -> str:
    """The domain in its ASCII form (RFC 5891): servers of every age take it."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"
