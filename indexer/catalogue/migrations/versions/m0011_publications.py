"""What employers and structures publish by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_publications()
    _create_contacts()
    _create_links()
    _create_events()
    op.create_table(
        "trusted_publishers",
        sa.Column("siret", sa.String(14), primary_key=True),
        sa.Column("mail_hash", sa.String(64), primary_key=True),
        sa.Column("at", _AT, nullable=False),
        sa.Column("actor_id", _NAME, nullable=False),
    )


def _of_publication() -> "sa.Column[str]":
    return sa.Column("publication_id", _NAME, sa.ForeignKey("publications.id", ondelete="CASCADE"), nullable=False)


def _create_publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("siret", sa.String(14)),
        sa.Column("answers", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("sender", sa.String(64)),
        sa.Column("offer_id", _NAME),
        sa.Column("structure_id", _NAME),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("changed_at", _AT, nullable=False),
        sa.Column("submitted_at", _AT),
        sa.Column("published_at", _AT),
        sa.Column("checked_at", _AT),
        sa.Column("asked_at", _AT),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("resume_on", sa.Date),
    )
    for column in ("siret", "offer_id", "structure_id"):
        op.create_index(f"ix_publications_{column}", "publications", [column])
    op.create_index("ix_publications_state", "publications", ["state", "submitted_at"])
    op.create_index("ix_publications_sender", "publications", ["sender", "created_at"])


def _create_contacts() -> None:
    op.create_table(
        "publication_contacts",
        sa.Column("id", _NAME, primary_key=True),
        _of_publication(),
        sa.Column("mail", sa.Text, nullable=False),
        sa.Column("mail_hash", sa.String(64), nullable=False),
        sa.Column("main", sa.Boolean, nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("confirmed_at", _AT),
    )
    op.create_index("ix_publication_contacts_publication_id", "publication_contacts", ["publication_id"])
    op.create_index("ix_publication_contacts_mail_hash", "publication_contacts", ["mail_hash"])


def _create_links() -> None:
    op.create_table(
        "publication_links",
        sa.Column("hash", sa.String(64), primary_key=True),
        _of_publication(),
        sa.Column("contact_id", _NAME),
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("used_at", _AT),
        sa.Column("pair", _NAME),
        sa.Column("payload", sa.Text),
    )
    op.create_index("ix_publication_links_publication_id", "publication_links", ["publication_id"])
    op.create_index("ix_publication_links_pair", "publication_links", ["pair"])


def _create_events() -> None:
    op.create_table(
        "publication_events",
        sa.Column("id", _ID, primary_key=True),
        _of_publication(),
        sa.Column("at", _AT, nullable=False),
        sa.Column("actor_id", _NAME),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("note", sa.Text),
    )
    op.create_index("ix_publication_events_publication_id", "publication_events", ["publication_id"])
