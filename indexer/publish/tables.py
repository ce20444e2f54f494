"""What employers and structures publish by themselves. A change here goes with a migration (a test compares them)."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from indexer.catalogue.column_types import BigId, Name, SealedText, UtcDateTime
from indexer.catalogue.tables import metadata

# `answers` is what was typed (JSON), `reason` what a moderator asks. `sender` is a keyed hash of the address that
# started it, erased after two days. `version` grows with each change: a decision names the one it was made on.
publications = Table(
    "publications",
    metadata,
    Column("id", Name, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("siret", String(14), index=True),
    Column("answers", SealedText, nullable=False),
    Column("reason", SealedText),
    Column("sender", String(64)),
    Column("offer_id", Name, index=True),
    Column("structure_id", Name, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("published_at", UtcDateTime),
    Column("checked_at", UtcDateTime),
    Column("asked_at", UtcDateTime),
    Column("asked", Integer, nullable=False),
    Column("resume_on", Date),
    Index("ix_publications_state", "state", "submitted_at"),
    Index("ix_publications_sender", "sender", "created_at"),
)

# `mail` is sealed; `mail_hash` (keyed) finds the publications of an address. The main one is who published.
publication_contacts = Table(
    "publication_contacts",
    metadata,
    Column("id", Name, primary_key=True),
    Column("publication_id", Name, ForeignKey("publications.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("mail", SealedText, nullable=False),
    Column("mail_hash", String(64), nullable=False, index=True),
    Column("main", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("confirmed_at", UtcDateTime),
)

# Only hashes of links are kept. `payload` is the new address of a change, confirmed on both sides: `pair` joins them.
publication_links = Table(
    "publication_links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("publication_id", Name, ForeignKey("publications.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("contact_id", Name),
    Column("purpose", String(24), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("pair", Name, index=True),
    Column("payload", SealedText),
)

# What happened, and who decided it: `who` is a moderator's name, or the French word for who did it.
publication_events = Table(
    "publication_events",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("publication_id", Name, ForeignKey("publications.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", Name),
    Column("who", Text, nullable=False),
    Column("what", String(32), nullable=False),
    Column("note", SealedText),
)

# Publishers whose publications pass at once: a SIRET is no secret, so the confirmed mail address counts with it.
trusted_publishers = Table(
    "trusted_publishers",
    metadata,
    Column("siret", String(14), primary_key=True),
    Column("mail_hash", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", Name, nullable=False),
)

__all__ = [
    "publication_contacts",
    "publication_events",
    "publication_links",
    "publications",
    "trusted_publishers",
]
