"""A clock that a test moves."""

from datetime import UTC, datetime, timedelta


class MovedClock:
    """Stands still until it is moved. A Monday, at noon, far from any holiday."""

    def __init__(self, now: datetime = datetime(2026, 3, 2, 12, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **duration: float) -> None:
        self.now += timedelta(**duration)
