"""Outgoing mail, requests between people and structures, saved searches."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    pass
