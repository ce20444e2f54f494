"""Référents who may moderate; the requests of an offer are counted without reading those of all others."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("users", sa.Column("moderates", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_relay_requests_offer", "relay_requests", ["offer_id", "sent_at"])
