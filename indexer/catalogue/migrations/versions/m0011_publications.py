"""What employers and structures publish by themselves."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    pass
