"""Files of people followed, and who may read them."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pass
