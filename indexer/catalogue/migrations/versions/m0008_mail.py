"""Outgoing mail, requests between people and structures, saved searches."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WHEN = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_mails()
    _make_requests()
    _make_parts_of_requests()
    _make_alerts()


def _make_mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("key", _NAME, nullable=False, unique=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", _NAME),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text),
        sa.Column("content", sa.Text),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", _WHEN, nullable=False),
        sa.Column("next_at", _WHEN, nullable=False),
        sa.Column("holder", sa.Text),
        sa.Column("claimed_at", _WHEN),
        sa.Column("settled_at", _WHEN),
    )
    op.create_index("ix_mails_about", "mails", ["about"])
    op.create_index("ix_mails_state_next_at", "mails", ["state", "next_at"])


def _make_requests() -> None:
    op.create_table(
        "relay_requests",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("offer_id", _NAME, nullable=False),
        sa.Column("structure_id", _NAME),
        sa.Column("user_id", _NAME),
        sa.Column("organisation_id", _NAME),
        sa.Column("dossier_id", _NAME),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("content", sa.Text),
        sa.Column("consent_at", _WHEN, nullable=False),
        sa.Column("created_at", _WHEN, nullable=False),
        sa.Column("sent_at", _WHEN),
        sa.Column("reminders", sa.Integer, nullable=False),
        sa.Column("next_at", _WHEN),
        sa.Column("answered_at", _WHEN),
        sa.Column("closed_at", _WHEN),
    )
    for name in ("user_id", "organisation_id", "dossier_id", "next_at"):
        op.create_index(f"ix_relay_requests_{name}", "relay_requests", [name])
    op.create_index("ix_relay_requests_fingerprint", "relay_requests", ["fingerprint", "offer_id"])


def _make_parts_of_requests() -> None:
    op.create_table(
        "relay_links",
        sa.Column("hash", sa.String(64), primary_key=True),
        _of_request(),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("expires_at", _WHEN, nullable=False),
    )
    op.create_table(
        "relay_events",
        sa.Column("id", _ID, primary_key=True),
        _of_request(),
        sa.Column("at", _WHEN, nullable=False),
        sa.Column("actor", sa.String(16), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
    )
    op.create_table(
        "relay_attachments",
        sa.Column("id", _NAME, primary_key=True),
        _of_request(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.String(32), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("created_at", _WHEN, nullable=False),
    )
    for name in ("links", "events", "attachments"):
        op.create_index(f"ix_relay_{name}_request_id", f"relay_{name}", ["request_id"])
    op.create_index("ix_relay_attachments_created_at", "relay_attachments", ["created_at"])


def _of_request() -> "sa.Column[str]":
    return sa.Column("request_id", _NAME, sa.ForeignKey("relay_requests.id", ondelete="CASCADE"), nullable=False)


def _make_alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", _NAME, primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("user_id", _NAME),
        sa.Column("dossier_id", _NAME),
        sa.Column("link_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", _WHEN, nullable=False),
        sa.Column("since", _WHEN, nullable=False),
        sa.Column("next_at", _WHEN, nullable=False),
        sa.Column("expires_at", _WHEN, nullable=False),
    )
    for name in ("user_id", "dossier_id", "fingerprint"):
        op.create_index(f"ix_alerts_{name}", "alerts", [name])
    op.create_index("ix_alerts_state_next_at", "alerts", ["state", "next_at"])
