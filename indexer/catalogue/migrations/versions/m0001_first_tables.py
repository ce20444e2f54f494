"""The first tables. Types are written out: a migration must not follow later changes of the models."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_fluxes_and_imports()
    _create_records()
    _create_listings_and_revisions()
    _create_leases_and_jobs()


def _create_fluxes_and_imports() -> None:
    op.create_table(
        "fluxes",
        sa.Column("name", _NAME, primary_key=True),
        sa.Column("licence", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("last_import_at", _INSTANT),
    )
    op.create_table(
        "imports",
        sa.Column("id", _BIG_ID, primary_key=True),
        sa.Column("flux", _NAME, nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
    )
    op.create_index("ix_imports_flux", "imports", ["flux"])


def _record_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("statut", sa.String(16), nullable=False),
        sa.Column("flux", _NAME, sa.ForeignKey("fluxes.name"), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("date_maj", sa.Date),
        sa.Column("located", sa.Boolean, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.Column("retired_at", _INSTANT),
    )


def _create_records() -> None:
    op.create_table("structures", *_record_columns())
    op.create_table(
        "offers",
        *_record_columns(),
        sa.Column("structure_id", _NAME),
        sa.Column("themed", sa.Boolean, nullable=False),
    )
    op.create_index("ix_offers_structure_id", "offers", ["structure_id"])


def _create_listings_and_revisions() -> None:
    op.create_table(
        "listings",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("record_id", _NAME, primary_key=True),
        sa.Column("flux", _NAME, sa.ForeignKey("fluxes.name"), primary_key=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("date_maj", sa.Date),
        sa.Column("body", sa.Text),
        sa.Column("import_id", _BIG_ID, sa.ForeignKey("imports.id"), nullable=False),
    )
    op.create_index("ix_listings_flux_kind", "listings", ["flux", "kind"])
    op.create_table(
        "revisions",
        sa.Column("id", _BIG_ID, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("record_id", _NAME, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("import_id", _BIG_ID, sa.ForeignKey("imports.id")),
        sa.Column("change", sa.String(16), nullable=False),
        sa.Column("fields", sa.JSON, nullable=False),
    )
    op.create_index("ix_revisions_kind_record_id", "revisions", ["kind", "record_id"])


def _create_leases_and_jobs() -> None:
    op.create_table(
        "leases",
        sa.Column("name", _NAME, primary_key=True),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("heartbeat_at", _INSTANT, nullable=False),
    )
    op.create_table(
        "jobs",
        sa.Column("id", _BIG_ID, primary_key=True),
        sa.Column("nom", sa.Text, nullable=False),
        sa.Column("etat", sa.String(16), nullable=False),
        sa.Column("avancement", sa.Float),
        sa.Column("depuis", _INSTANT, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("heartbeat_at", _INSTANT, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
    )
