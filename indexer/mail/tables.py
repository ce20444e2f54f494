"""The outbox. A change here goes with a migration (a test compares them)."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from indexer.catalogue.column_types import BigId, Name, SealedText, UtcDateTime
from indexer.catalogue.tables import metadata

# `recipient` and `content` are sealed; both are null once erased. `holder` is the process that sends it now.
mails = Table(
    "mails",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", Name, nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("about", Name, index=True),
    Column("message_id", Text, nullable=False),
    Column("recipient", SealedText),
    Column("content", SealedText),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("holder", Text),
    Column("claimed_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    Index("ix_mails_state_next_at", "state", "next_at"),
)
