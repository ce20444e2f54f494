"""Plans of people followed, their lines and their links."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def _of_dossier(*, primary_key: bool = False, index: bool = False) -> sa.Column[str]:
    return sa.Column(
        "dossier_id",
        NAME,
        sa.ForeignKey("dossiers.id", ondelete="CASCADE"),
        primary_key=primary_key,
        index=index,
        nullable=False,
    )


def upgrade() -> None:
    op.create_table(
        "plans",
        _of_dossier(primary_key=True),
        sa.Column("built_at", INSTANT, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    _create_lines()
    _create_links()
    op.create_table(
        "plan_meetings",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_dossier(index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_table(
        "plan_looks",
        _of_dossier(primary_key=True),
        sa.Column("user_id", NAME, primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
    )


def _create_lines() -> None:
    op.create_table(
        "plan_lines",
        sa.Column("id", sa.String(32), primary_key=True),
        _of_dossier(index=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
    )
    op.create_table(
        "plan_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        _of_dossier(index=True),
        sa.Column("line_id", sa.String(32)),
        sa.Column("version", sa.Integer),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("field", sa.String(32), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )


def _create_links() -> None:
    op.create_table(
        "plan_links",
        _of_dossier(primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
    )
