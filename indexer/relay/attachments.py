"""Documents that go with a request: few, small, of three kinds told by their bytes, sealed, kept eight days."""

import base64
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from indexer.errors import RequestError
from indexer.mail.outbox import Seals
from indexer.relay.tables import relay_attachments as table

MOST: Final = 3
MAX_BYTES: Final = 5 * 1024 * 1024
KEPT: Final = timedelta(days=8)

_SIGNATURES: Final = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
_ENDINGS: Final = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_TEST_VIRUS: Final = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
"""The harmless file that every antivirus knows: one that sends it tries our door."""

_ACTIVE: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|OpenAction|AA)\b")
"""What makes a PDF do things by itself (ISO 32000-1, 12.6); a plain scan has none of it."""


@dataclass(frozen=True, slots=True)
class NewAttachment:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a page lists; its bytes are read apart."""

    id: str
    name: str
    media_type: str
    size: int


def check_attachments(given: Sequence[NewAttachment]) -> tuple[NewAttachment, ...]:
    """The same, with safe names. RequestError that says which file is wrong and why."""
    if len(given) > MOST:
        raise RequestError(f"Joignez {MOST} documents au plus.", "pieces")
    return tuple(NewAttachment(_safe_name(file.name, media_type_of(file)), file.content) for file in given)


def media_type_of(file: NewAttachment) -> str:
    """By the bytes: a name says nothing. RequestError for anything but a PDF, JPEG or PNG of a decent size."""
    if len(file.content) > MAX_BYTES:
        raise RequestError(f"« {file.name} » est trop lourd : 5 Mo au plus.", "pieces")
    if _TEST_VIRUS in file.content or (file.content.startswith(b"%PDF-") and _ACTIVE.search(file.content)):
        raise RequestError(f"« {file.name} » contient un programme : joignez un simple scan.", "pieces")
    for signature, media_type in _SIGNATURES.items():
        if file.content.startswith(signature):
            return media_type
    raise RequestError(f"« {file.name} » n'est ni un PDF, ni une image JPEG ou PNG.", "pieces")


def store_attachments(
    connection: Connection, sealer: Seals, request_id: str, files: Iterable[NewAttachment], now: datetime
) -> None:
    for file in files:
        values = {
            "id": secrets.token_urlsafe(9),
            "request_id": request_id,
            "name": sealer.seal(file.name),
            "media_type": media_type_of(file),
            "size": len(file.content),
            "content": sealer.seal(base64.b64encode(file.content).decode("ascii")),
            "created_at": now,
        }
        connection.execute(insert(table).values(values))


def list_attachments(connection: Connection, sealer: Seals, request_id: str) -> tuple[Attachment, ...]:
    columns = (table.c.id, table.c.name, table.c.media_type, table.c.size)
    query = select(*columns).where(table.c.request_id == request_id).order_by(table.c.created_at, table.c.id)
    return tuple(
        Attachment(row.id, sealer.unseal(row.name), row.media_type, row.size) for row in connection.execute(query)
    )


def read_attachment(
    connection: Connection, sealer: Seals, request_id: str, attachment_id: str
) -> tuple[Attachment, bytes] | None:
    """One document of one request; None when there is none, or no more."""
    mine = (table.c.id == attachment_id) & (table.c.request_id == request_id)
    row = connection.execute(select(table).where(mine)).one_or_none()
    if row is None:
        return None
    found = Attachment(row.id, sealer.unseal(row.name), row.media_type, row.size)
    return found, base64.b64decode(sealer.unseal(row.content))


def erase_attachments(connection: Connection, now: datetime) -> int:
    """Those whose eight days are over."""
    return connection.execute(delete(table).where(table.c.created_at < now - KEPT)).rowcount


def _safe_name(name: str, media_type: str) -> str:
    """Letters, digits and few signs, with the ending of what the file really is."""
    stem = re.sub(r"[^\w .()-]+", "_", name.replace("\\", "/").rpartition("/")[2]).rpartition(".")[0].strip(" ._")
    return (stem[:80] or "document") + _ENDINGS[media_type]
