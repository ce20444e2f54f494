"""Files of people followed, and who may read them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_dossiers()
    _make_changes()
    _make_shares()
    _make_links()
    _make_kept_answers()
    _make_complex_situations()


def _make_dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("organisation_id", _NAME, nullable=False),
        sa.Column("referent_id", _NAME, nullable=False),
        sa.Column("nom", sa.Text, nullable=False),
        sa.Column("reponses", sa.Text, nullable=False),
        sa.Column("statut", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("changed_at", _INSTANT, nullable=False),
        sa.Column("consent_at", _INSTANT, nullable=False),
        sa.Column("consent_how", sa.String(16), nullable=False),
        sa.Column("warned_at", _INSTANT),
    )
    op.create_index("ix_dossiers_organisation_id_statut", "dossiers", ["organisation_id", "statut"])
    op.create_index("ix_dossiers_referent_id", "dossiers", ["referent_id"])
    op.create_index("ix_dossiers_changed_at", "dossiers", ["changed_at"])


def _make_changes() -> None:
    op.create_table(
        "dossier_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        _of_dossier(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("author_id", _NAME, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("avant", sa.Text, nullable=False),
    )
    columns = ["dossier_id", "version"]
    op.create_index("ix_dossier_changes_dossier_id_version", "dossier_changes", columns, unique=True)


def _make_shares() -> None:
    op.create_table(
        "dossier_shares",
        sa.Column("id", _NAME, primary_key=True),
        _of_dossier(),
        sa.Column("organisation_id", _NAME, nullable=False),
        sa.Column("author_id", _NAME, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.Column("revoked_at", _INSTANT),
    )
    op.create_index("ix_dossier_shares_dossier_id", "dossier_shares", ["dossier_id"])
    op.create_index("ix_dossier_shares_organisation_id", "dossier_shares", ["organisation_id"])


def _make_links() -> None:
    op.create_table(
        "dossier_links",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _of_dossier(),
        sa.Column("author_id", _NAME, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("revoked_at", _INSTANT),
        sa.Column("reponses", sa.Text),
        sa.Column("answered_at", _INSTANT),
        sa.Column("settled_at", _INSTANT),
    )
    op.create_index("ix_dossier_links_dossier_id", "dossier_links", ["dossier_id"])


def _make_kept_answers() -> None:
    op.create_table(
        "kept_answers",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("reponses", sa.Text, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
    )
    op.create_index("ix_kept_answers_expires_at", "kept_answers", ["expires_at"])


def _make_complex_situations() -> None:
    op.create_table(
        "complex_situations",
        sa.Column("id", _NAME, primary_key=True),
        _of_dossier(),
        sa.Column("organisation_id", _NAME, nullable=False),
        sa.Column("author_id", _NAME, nullable=False),
        sa.Column("texte", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
    )
    op.create_index("ix_complex_situations_dossier_id", "complex_situations", ["dossier_id"])
    op.create_index("ix_complex_situations_until", "complex_situations", ["until"])
    situation = sa.ForeignKey("complex_situations.id", ondelete="CASCADE")
    op.create_table(
        "complex_answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("situation_id", _NAME, situation, nullable=False),
        sa.Column("organisation_id", _NAME, nullable=False),
        sa.Column("author_id", _NAME, nullable=False),
        sa.Column("texte", sa.Text, nullable=False),
        sa.Column("offer_id", _NAME),
        sa.Column("at", _INSTANT, nullable=False),
    )
    op.create_index("ix_complex_answers_situation_id", "complex_answers", ["situation_id"])


def _of_dossier() -> sa.Column[str]:
    return sa.Column("dossier_id", _NAME, sa.ForeignKey("dossiers.id", ondelete="CASCADE"), nullable=False)
