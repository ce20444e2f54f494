"""Companies that a coordinator may ask to welcome people."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mobilise_companies",
        sa.Column("siret", sa.String(14), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("code_insee", sa.String(5), nullable=False),
        sa.Column("naf", sa.String(5), nullable=False),
        sa.Column("phone", sa.Text),
        sa.Column("mail", sa.Text),
        sa.Column("mail_hash", sa.String(64)),
        sa.Column("imported_at", _AT, nullable=False),
        sa.Column("outcome", sa.String(24), nullable=False),
        sa.Column("outcome_at", _AT),
        sa.Column("outcome_by", sa.Text),
        sa.Column("invited_at", _AT),
    )
    for column in ("naf", "mail_hash"):
        op.create_index(f"ix_mobilise_companies_{column}", "mobilise_companies", [column])
    _create_stop_links()


def _create_stop_links() -> None:
    siret = sa.ForeignKey("mobilise_companies.siret", ondelete="CASCADE")
    op.create_table(
        "mobilise_stop_links",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("siret", sa.String(14), siret, nullable=False),
    )
    op.create_index("ix_mobilise_stop_links_siret", "mobilise_stop_links", ["siret"])
