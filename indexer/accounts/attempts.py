"""Limits on attempts, kept in the database: all processes count together."""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from indexer.accounts.tables import attempts
from indexer.errors import TooManyAttemptsError

WINDOW: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts at `target` in a window. A target is told apart by its `kind`, and kept as a hash."""

    kind: str
    target: str
    most: int

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.kind}\n{self.target}".encode()).hexdigest()


def sign_in_limits(email: str, address: str) -> tuple[Limit, ...]:
    """Few tries from one place at one account; more at the account in all, so that nobody locks others out easily."""
    return (
        Limit("compte et adresse", f"{email}\n{address}", 6),
        Limit("compte", email, 30),
        Limit("adresse", address, 60),
    )


def mail_limits(email: str, address: str) -> tuple[Limit, ...]:
    """Mails that anyone can have sent."""
    return (Limit("courriel", email, 3), Limit("courriels d'une adresse", address, 20))


def code_limits(user_id: str) -> tuple[Limit, ...]:
    """Three codes of a million are right at any time: 5 tries in 15 minutes find one in two years on average."""
    return (Limit("code", user_id, 5),)


def check_limits(connection: Connection, limits: Sequence[Limit], now: datetime) -> None:
    """TooManyAttemptsError when one of them is reached; the same words whether the account exists or not."""
    for limit in limits:
        recent = (attempts.c.key == limit.key) & (attempts.c.at > now - WINDOW)
        times = list(connection.scalars(select(attempts.c.at).where(recent).order_by(attempts.c.at)))
        if len(times) >= limit.most:
            seconds = math.ceil((times[-limit.most] + WINDOW - now).total_seconds())
            minutes = -(-seconds // 60)
            raise TooManyAttemptsError(
                f"Trop d'essais. Attendez {minutes} minute{'s' if minutes > 1 else ''}, puis recommencez.", seconds
            )


def count_attempt(connection: Connection, limits: Sequence[Limit], now: datetime) -> None:
    connection.execute(insert(attempts), [{"key": limit.key, "at": now} for limit in limits])


def forget_attempts(connection: Connection, limits: Sequence[Limit]) -> None:
    """After a success. An address keeps its count: one good password must not pay for guesses at others."""
    keys = [limit.key for limit in limits if limit.kind != "adresse"]
    connection.execute(delete(attempts).where(attempts.c.key.in_(keys)))


def erase_old_attempts(connection: Connection, now: datetime) -> int:
    """How many left the window."""
    return connection.execute(delete(attempts).where(attempts.c.at <= now - WINDOW)).rowcount
