"""The tables of accounts, on the metadata of the catalogue (migration 0007)."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false

from indexer.catalogue.column_types import BigId, Name, SealedText, UtcDateTime
from indexer.catalogue.tables import metadata

organisations = Table(
    "organisations",
    metadata,
    Column("id", Name, primary_key=True),
    Column("name", Name, nullable=False, unique=True),
    Column("siret", String(14)),
    Column("partner", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

# `email` is in lower case. `moderates` is a right given to a référent (migration 0013).
# `totp_step` is the last time step whose code was taken: no code serves twice.
users = Table(
    "users",
    metadata,
    Column("id", Name, primary_key=True),
    Column("email", Name, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("organisation_id", Name, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("password_hash", Text),
    Column("identity", Name, unique=True),
    Column("totp_secret", SealedText),
    Column("totp_step", BigId),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_sign_in_at", UtcDateTime),
    Column("disabled_at", UtcDateTime),
    Column("moderates", Boolean, nullable=False, server_default=false()),
)

# Sessions. Only the hash of what the cookie holds is kept.
sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", Name, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

# Invitations and resets: links that serve once.
account_links = Table(
    "account_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", Name, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", UtcDateTime, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user_id", Name, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

# Attempts that count against a limit; `key` is a hash of what they were aimed at, or of where they came from.
attempts = Table(
    "attempts",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("key", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_attempts_key_at", "key", "at"),
)

# Who looked at what, without content. No foreign key: the log outlives what it tells of.
access_log = Table(
    "access_log",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("user_id", Name, nullable=False),
    Column("organisation_id", Name, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("about", Name, nullable=False),
)

# One row: a known text under the key in use, so that a start knows whether it has the right one.
key_check = Table(
    "key_check",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", SealedText, nullable=False),
)
