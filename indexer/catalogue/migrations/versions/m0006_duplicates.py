"""Records that a better one stands for, and what coordinators decided of pairs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    name = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "duplicates",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("record_id", name, primary_key=True),
        sa.Column("best_id", name, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("ix_duplicates_kind_best_id", "duplicates", ["kind", "best_id"])
    op.create_table(
        "decisions",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("a", name, primary_key=True),
        sa.Column("b", name, primary_key=True),
        sa.Column("same", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
