"""Saved searches. A change here goes with a migration."""

from sqlalchemy import Column, Index, String, Table

from indexer.catalogue.column_types import Name, SealedText, UtcDateTime
from indexer.catalogue.tables import metadata

# `content` (address and search) is sealed; `fingerprint` tells the same address again, by a keyed hash. `since` is the
# moment up to which new offers were told.
alerts = Table(
    "alerts",
    metadata,
    Column("id", Name, primary_key=True),
    Column("state", String(16), nullable=False),
    Column("content", SealedText, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("user_id", Name, index=True),
    Column("dossier_id", Name, index=True),
    Column("link_hash", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_alerts_state_next_at", "state", "next_at"),
    Index("ix_alerts_fingerprint", "fingerprint"),
)
