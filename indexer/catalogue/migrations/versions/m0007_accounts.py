"""Users, organisations, sessions and what was done to them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_people()
    _make_ways_in()
    _make_traces()


def _user() -> "sa.ForeignKey":
    return sa.ForeignKey("users.id", ondelete="CASCADE")


def _make_people() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("name", _NAME, nullable=False, unique=True),
        sa.Column("siret", sa.String(14)),
        sa.Column("partner", sa.Boolean, nullable=False),
        sa.Column("created_at", _AT, nullable=False),
    )
    op.create_table(
        "users",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("email", _NAME, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("organisation_id", _NAME, sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("identity", _NAME, unique=True),
        sa.Column("totp_secret", sa.Text),
        sa.Column("totp_step", _BIG),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("last_sign_in_at", _AT),
        sa.Column("disabled_at", _AT),
    )
    op.create_index("ix_users_organisation_id", "users", ["organisation_id"])


def _make_ways_in() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("user_id", _NAME, _user(), nullable=False),
        sa.Column("started_at", _AT, nullable=False),
        sa.Column("seen_at", _AT, nullable=False),
    )
    op.create_index("ix_sign_ins_user_id", "sign_ins", ["user_id"])
    op.create_table(
        "account_links",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("user_id", _NAME, _user(), nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
    )
    op.create_index("ix_account_links_user_id", "account_links", ["user_id"])
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", _NAME, _user(), primary_key=True),
        sa.Column("code_hash", sa.String(64), primary_key=True),
    )


def _make_traces() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", _BIG, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("at", _AT, nullable=False),
    )
    op.create_index("ix_attempts_key_at", "attempts", ["key", "at"])
    op.create_table(
        "access_log",
        sa.Column("id", _BIG, primary_key=True),
        sa.Column("at", _AT, nullable=False),
        sa.Column("user_id", _NAME, nullable=False),
        sa.Column("organisation_id", _NAME, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", _NAME, nullable=False),
    )
    op.create_index("ix_access_log_at", "access_log", ["at"])
    op.create_table(
        "key_check",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
