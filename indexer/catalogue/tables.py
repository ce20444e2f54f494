"""The tables of the catalogue. A change here goes with a migration in `migrations/versions` (a test compares them)."""

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, LargeBinary, MetaData, String, Table, Text

from indexer.catalogue.column_types import BigId, Name, UtcDateTime
from indexer.schema import Kind

metadata = MetaData()

fluxes = Table(
    "fluxes",
    metadata,
    Column("name", Name, primary_key=True),
    Column("licence", Text),
    Column("url", Text),
    Column("last_import_at", UtcDateTime),
)

# Attempts that changed nothing are kept too, even of a flux that never was: hence no foreign key.
imports = Table(
    "imports",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("flux", Name, nullable=False, index=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("state", String(16), nullable=False),
    Column("files", JSON, nullable=False),
    Column("report", JSON, nullable=False),
)


def _record_columns() -> tuple[Column[Any], ...]:
    """`body` is canonical JSON without `date_maj`; `flux` is the one whose content won; `changed_at` its freshness."""
    return (
        Column("id", Name, primary_key=True),
        Column("source", Text, nullable=False),
        Column("statut", String(16), nullable=False),
        Column("flux", Name, ForeignKey("fluxes.name"), nullable=False),
        Column("content_hash", String(64), nullable=False),
        Column("body", Text, nullable=False),
        Column("date_maj", Date),
        Column("located", Boolean, nullable=False),
        Column("created_at", UtcDateTime, nullable=False),
        Column("changed_at", UtcDateTime, nullable=False),
        Column("retired_at", UtcDateTime),
    )


structures = Table("structures", metadata, *_record_columns())

# `structure_id` is no foreign key: an offer may come before its structure, or without it.
offers = Table(
    "offers",
    metadata,
    *_record_columns(),
    Column("structure_id", Name, index=True),
    Column("themed", Boolean, nullable=False),
)

# Which flux lists which record. `body` is null when it is the record's own (equal hashes): no text is kept twice.
listings = Table(
    "listings",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("record_id", Name, primary_key=True),
    Column("flux", Name, ForeignKey("fluxes.name"), primary_key=True),
    Column("content_hash", String(64), nullable=False),
    Column("date_maj", Date),
    Column("body", Text),
    Column("import_id", BigId, ForeignKey("imports.id"), nullable=False),
    Index("ix_listings_flux_kind", "flux", "kind"),
)

# Ids grow in the order of commits (writers take turns, see Database.lock_records): a reader can follow them.
revisions = Table(
    "revisions",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("record_id", Name, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("import_id", BigId, ForeignKey("imports.id")),
    Column("change", String(16), nullable=False),
    Column("fields", JSON, nullable=False),
    Index("ix_revisions_kind_record_id", "kind", "record_id"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Name, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("heartbeat_at", UtcDateTime, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("nom", Text, nullable=False),
    Column("etat", String(16), nullable=False),
    Column("avancement", Float),
    Column("depuis", UtcDateTime, nullable=False),
    Column("message", Text, nullable=False),
    Column("heartbeat_at", UtcDateTime, nullable=False),
    Column("holder", Text, nullable=False),
)

# How far each version of the index has followed the revisions.
index_positions = Table(
    "index_positions",
    metadata,
    Column("version", Name, primary_key=True),
    Column("revision", BigId, nullable=False),
)

# What readers say is wrong. No foreign key: a report outlives whatever happens to its record.
reports = Table(
    "reports",
    metadata,
    Column("id", BigId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("record_id", Name, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("handled_at", UtcDateTime),
    Index("ix_reports_kind_record_id", "kind", "record_id"),
)

# What the address service answered, by address as it is asked; `found` is null when it knows none.
geocodes = Table(
    "geocodes",
    metadata,
    Column("address", Name, primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("found", JSON(none_as_null=True)),
)

# The links of offers as the checker saw them: `reason` is empty when the page was there.
link_checks = Table(
    "link_checks",
    metadata,
    Column("url", Name, primary_key=True),
    Column("checked_at", UtcDateTime, nullable=False),
    Column("reason", Text, nullable=False),
    Column("failing_since", UtcDateTime),
    Column("dead_since", UtcDateTime),
)

# Records that a better one stands for: worked out after each import, so without a foreign key.
duplicates = Table(
    "duplicates",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("record_id", Name, primary_key=True),
    Column("best_id", Name, nullable=False),
    Column("score", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_duplicates_kind_best_id", "kind", "best_id"),
)

# What coordinators say of two records. No foreign key: their word outlives an import that loses one of them.
decisions = Table(
    "decisions",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("a", Name, primary_key=True),
    Column("b", Name, primary_key=True),
    Column("same", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# What the search for duplicates has read of each record: the content, its structure's (`holder_hash`, empty for a
# structure), the rules of then, the last day on which it stands, its blocks (64 bits each; none: not compared).
compared = Table(
    "compared",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("record_id", Name, primary_key=True),
    Column("content_hash", String(64), nullable=False),
    Column("holder_hash", String(64), nullable=False),
    Column("rule", String(16), nullable=False),
    Column("last_day", Date),
    Column("keys", LargeBinary, nullable=False),
)

# Pairs that the rules join (`a` comes before `b`); whether they share a group is in `duplicates`.
likenesses = Table(
    "likenesses",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("a", Name, primary_key=True),
    Column("b", Name, primary_key=True),
)

RECORD_TABLES = {Kind.STRUCTURE: structures, Kind.OFFER: offers}
"""Structures first: an offer is published only with its structure."""

__all__ = [
    "RECORD_TABLES",
    "compared",
    "decisions",
    "duplicates",
    "fluxes",
    "geocodes",
    "imports",
    "index_positions",
    "jobs",
    "leases",
    "likenesses",
    "link_checks",
    "listings",
    "metadata",
    "offers",
    "reports",
    "revisions",
    "structures",
]
