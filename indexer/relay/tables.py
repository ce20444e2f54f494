"""Requests, their links, their history and their attachments. A change here goes with a migration."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from indexer.catalogue.column_types import BigId, Name, SealedText, UtcDateTime
from indexer.catalogue.tables import metadata

# `content` (words and addresses) is sealed, null once erased; `fingerprint` tells the same person again, by a keyed
# hash. No foreign key to offers nor dossiers: a request outlives an import, and another package's tables.
relay_requests = Table(
    "relay_requests",
    metadata,
    Column("id", Name, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("offer_id", Name, nullable=False),
    Column("structure_id", Name),
    Column("user_id", Name, index=True),
    Column("organisation_id", Name, index=True),
    Column("dossier_id", Name, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("content", SealedText),
    Column("consent_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("reminders", Integer, nullable=False),
    Column("next_at", UtcDateTime, index=True),
    Column("answered_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Index("ix_relay_requests_fingerprint", "fingerprint", "offer_id"),
    Index("ix_relay_requests_offer", "offer_id", "sent_at"),
)

# Only hashes of links are kept. `purpose` is what the link lets do.
relay_links = Table(
    "relay_links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("request_id", Name, ForeignKey("relay_requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(16), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

# `actor` is who did it: demandeur, structure or maillage.
relay_events = Table(
    "relay_events",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("request_id", Name, ForeignKey("relay_requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(16), nullable=False),
    Column("what", String(32), nullable=False),
)

# `name` and `content` (base64 of the bytes) are sealed.
relay_attachments = Table(
    "relay_attachments",
    metadata,
    Column("id", Name, primary_key=True),
    Column("request_id", Name, ForeignKey("relay_requests.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", SealedText, nullable=False),
    Column("media_type", String(32), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", SealedText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
)
