"""The second factor: codes of an application (TOTP, RFC 6238), and recovery codes for who lost it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from indexer.accounts.tables import recovery_codes, users
from indexer.sealing import Sealer, hash_token

STEP_SECONDS: Final = 30
RECOVERY_CODES: Final = 10

_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is mistaken for another when it is copied by hand: 16 of them are 79 bits."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """`secret` in base 32, as one types it; `uri` as an application reads it from a QR code."""

    secret: str
    uri: str


def new_secret() -> str:
    import pyotp

    return pyotp.random_base32()


def build_enrolment(secret: str, email: str, site: str) -> Enrolment:
    import pyotp

    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=site))


def right_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is: now, the one before or after (clocks of telephones drift). None for none."""
    import pyotp

    totp, current = pyotp.TOTP(secret), int(now.timestamp()) // STEP_SECONDS
    typed = "".join(code.split())
    found = [
        step
        for step in (current - 1, current, current + 1)
        if secrets.compare_digest(totp.at(step * STEP_SECONDS).encode(), typed.encode())
    ]
    return found[0] if found else None


def take_code(connection: Connection, sealer: Sealer, user_id: str, code: str, now: datetime) -> bool:
    """Whether it is a right code, of the application or of recovery. A code serves once."""
    row = connection.execute(select(users.c.totp_secret, users.c.totp_step).where(users.c.id == user_id)).one_or_none()
    if row is None or row.totp_secret is None:
        return False
    step = right_step(sealer.unseal(row.totp_secret), code, now)
    if step is not None:
        fresh = (users.c.id == user_id) & (users.c.totp_step.is_(None) | (users.c.totp_step < step))
        return connection.execute(update(users).where(fresh).values(totp_step=step)).rowcount == 1
    mine = (recovery_codes.c.user_id == user_id) & (recovery_codes.c.code_hash == _hash(code))
    return connection.execute(delete(recovery_codes).where(mine)).rowcount == 1


def make_recovery_codes(connection: Connection, user_id: str) -> tuple[str, ...]:
    """New ones; those before no longer serve."""
    codes = tuple(_new_code() for _ in range(RECOVERY_CODES))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
    connection.execute(insert(recovery_codes), [{"user_id": user_id, "code_hash": _hash(code)} for code in codes])
    return codes


def forget_second_factor(connection: Connection, user_id: str) -> None:
    connection.execute(update(users).where(users.c.id == user_id).values(totp_secret=None, totp_step=None))
    connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))


def _new_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def _hash(code: str) -> str:
    return hash_token("".join(letter for letter in code.lower() if letter.isalnum()))
