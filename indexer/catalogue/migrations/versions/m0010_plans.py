"""Plans of people followed, their lines and their links."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass
