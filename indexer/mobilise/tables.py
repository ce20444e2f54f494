"""Companies that a coordinator may ask to welcome people. A change here goes with a migration."""

from sqlalchemy import Column, ForeignKey, String, Table, Text

from indexer.catalogue.column_types import SealedText, UtcDateTime
from indexer.catalogue.tables import metadata

# `phone` and `mail` are sealed, and erased once a company asks for peace; `mail_hash` stays, so that none writes again.
companies = Table(
    "mobilise_companies",
    metadata,
    Column("siret", String(14), primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("code_insee", String(5), nullable=False),
    Column("naf", String(5), nullable=False, index=True),
    Column("phone", SealedText),
    Column("mail", SealedText),
    Column("mail_hash", String(64), index=True),
    Column("imported_at", UtcDateTime, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("outcome_at", UtcDateTime),
    Column("outcome_by", Text),
    Column("invited_at", UtcDateTime),
)

# The « no more » link of each invitation, by the hash of its token: that of an old mail still works.
stop_links = Table(
    "mobilise_stop_links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("siret", String(14), ForeignKey("mobilise_companies.siret", ondelete="CASCADE"), nullable=False, index=True),
)

__all__ = ["companies", "stop_links"]
