"""Companies that a coordinator may ask to welcome people."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    pass
