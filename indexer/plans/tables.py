"""The tables of plans. What says something of a person is sealed; what is in clear is what lists must sort and count.

All goes with the dossier: its deletion takes these rows too.
"""

from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table

from indexer.catalogue.column_types import BigId, Name, SealedText, UtcDateTime
from indexer.catalogue.tables import metadata
from indexer.dossiers.tables import dossiers


def _of_dossier(**options: Any) -> Column[str]:
    return Column("dossier_id", Name, ForeignKey(dossiers.c.id, ondelete="CASCADE"), **options)


# `sealed` is what the diagnosis said when the plan was last built: {age, publics, besoins}.
plans = Table(
    "plans",
    metadata,
    _of_dossier(primary_key=True),
    Column("built_at", UtcDateTime, nullable=False),
    Column("sealed", SealedText, nullable=False),
)

# `state` and `due` are in clear for the list of what is late; title, offer, need and words are sealed together.
plan_lines = Table(
    "plan_lines",
    metadata,
    Column("id", String(32), primary_key=True),
    _of_dossier(nullable=False, index=True),
    Column("rank", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("due", Date),
    Column("sealed", SealedText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

# One row a field that changed. `version` is the line's after the change, so that what changed since can be told.
plan_changes = Table(
    "plan_changes",
    metadata,
    Column("id", BigId, primary_key=True),
    _of_dossier(nullable=False, index=True),
    Column("line_id", String(32)),
    Column("version", Integer),
    Column("at", UtcDateTime, nullable=False),
    Column("author", String(16), nullable=False),
    Column("field", String(32), nullable=False),
    Column("sealed", SealedText, nullable=False),
)

# One live link a plan; the token itself is nowhere.
plan_links = Table(
    "plan_links",
    metadata,
    _of_dossier(primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

plan_meetings = Table(
    "plan_meetings",
    metadata,
    Column("id", String(32), primary_key=True),
    _of_dossier(nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("sealed", SealedText, nullable=False),
)

# When each professional last looked at what is new.
plan_looks = Table(
    "plan_looks",
    metadata,
    _of_dossier(primary_key=True),
    Column("user_id", Name, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
