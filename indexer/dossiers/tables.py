"""The tables of the files of people. Names, answers and their history are sealed (`indexer.sealing`).

Users and organisations are named by their ids, without foreign keys: a file outlives a colleague's account.
What hangs on a file goes with it: every other table of it names it with ON DELETE CASCADE.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from indexer.catalogue.column_types import BigId, Name, SealedText, UtcDateTime
from indexer.catalogue.tables import metadata

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", Name, primary_key=True),
    Column("organisation_id", Name, nullable=False),
    Column("referent_id", Name, nullable=False, index=True),
    Column("nom", SealedText, nullable=False),
    Column("reponses", SealedText, nullable=False),
    Column("statut", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False, index=True),
    Column("consent_at", UtcDateTime, nullable=False),
    Column("consent_how", String(16), nullable=False),
    Column("warned_at", UtcDateTime),
    Index("ix_dossiers_organisation_id_statut", "organisation_id", "statut"),
)

# What each version replaced: `avant` is sealed JSON, field by field. Two people who write at once are merged from it.
dossier_changes = Table(
    "dossier_changes",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("dossier_id", Name, ForeignKey("dossiers.id", ondelete="CASCADE"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("author_id", Name, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("avant", SealedText, nullable=False),
    Index("ix_dossier_changes_dossier_id_version", "dossier_id", "version", unique=True),
)

dossier_shares = Table(
    "dossier_shares",
    metadata,
    Column("id", Name, primary_key=True),
    Column("dossier_id", Name, ForeignKey("dossiers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("organisation_id", Name, nullable=False, index=True),
    Column("author_id", Name, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
)

# Links by which a person answers beforehand: only the hash of the token is kept, and the answers sealed.
dossier_links = Table(
    "dossier_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("dossier_id", Name, ForeignKey("dossiers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author_id", Name, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("reponses", SealedText),
    Column("answered_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
)

# Answers that someone without an account keeps for a few days under a code of letters.
kept_answers = Table(
    "kept_answers",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("reponses", SealedText, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

# A situation told to the partners of the territory without saying whose: `texte` and `besoins` are sealed.
complex_situations = Table(
    "complex_situations",
    metadata,
    Column("id", Name, primary_key=True),
    Column("dossier_id", Name, ForeignKey("dossiers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("organisation_id", Name, nullable=False),
    Column("author_id", Name, nullable=False),
    Column("texte", SealedText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False, index=True),
)

complex_answers = Table(
    "complex_answers",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("situation_id", Name, ForeignKey("complex_situations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("organisation_id", Name, nullable=False),
    Column("author_id", Name, nullable=False),
    Column("texte", SealedText, nullable=False),
    Column("offer_id", Name),
    Column("at", UtcDateTime, nullable=False),
)
