"""What the search for duplicates knows of each record, so that the next one compares only what changed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "compared",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("record_id", name, primary_key=True),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("holder_hash", sa.String(64), nullable=False),
        sa.Column("rule", sa.String(16), nullable=False),
        sa.Column("last_day", sa.Date),
        sa.Column("keys", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "likenesses",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("a", name, primary_key=True),
        sa.Column("b", name, primary_key=True),
    )
