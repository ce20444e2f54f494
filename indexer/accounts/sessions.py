"""Sessions: a random token in a cookie, its hash in the database."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from indexer.accounts.examples import holds_only_examples, is_example
from indexer.accounts.model import Actor, Role
from indexer.accounts.tables import organisations, sign_ins, users
from indexer.sealing import hash_token, new_token

IDLE: Final = timedelta(hours=12)
"""Without a request for so long, a session ends: a working day, and never the next morning."""

LONGEST: Final = timedelta(days=7)

_SEEN_EVERY: Final = timedelta(minutes=5)
"""A request writes when it was seen only that often: reading pages must not write."""


def start_session(connection: Connection, user_id: str, now: datetime, replaced: str | None = None) -> str:
    """The token of a new session, always another than `replaced` (what the browser held before), which ends."""
    if replaced is not None:
        end_session(connection, replaced)
    token = new_token()
    row = {"token_hash": hash_token(token), "user_id": user_id, "started_at": now, "seen_at": now}
    connection.execute(insert(sign_ins).values(row))
    connection.execute(update(users).where(users.c.id == user_id).values(last_sign_in_at=now))
    return token


def read_session(connection: Connection, token: str, now: datetime) -> tuple[Actor, datetime] | None:
    """Who it is, and when they were last seen; None for a session unknown or ended, and for a disabled user.

    None too for an account of the demonstration, as soon as the catalogue holds anything else.
    """
    query = (
        select(users, organisations.c.name.label("organisation_name"), sign_ins.c.seen_at)
        .join_from(sign_ins, users, users.c.id == sign_ins.c.user_id)
        .join(organisations, organisations.c.id == users.c.organisation_id)
        .where(sign_ins.c.token_hash == hash_token(token), users.c.disabled_at.is_(None))
        .where(sign_ins.c.seen_at > now - IDLE, sign_ins.c.started_at > now - LONGEST)
    )
    row = connection.execute(query).one_or_none()
    if row is None or (is_example(row.email) and not holds_only_examples(connection)):
        return None
    actor = Actor(row.id, row.name, Role(row.role), row.organisation_id, row.organisation_name, row.moderates)
    return actor, row.seen_at


def whose_session(connection: Connection, token: str) -> str | None:
    """The user of a session, even one that ended by itself and is not erased yet."""
    return connection.scalar(select(sign_ins.c.user_id).where(sign_ins.c.token_hash == hash_token(token)))


def must_be_seen(seen_at: datetime, now: datetime) -> bool:
    return now - seen_at > _SEEN_EVERY


def see_session(connection: Connection, token: str, now: datetime) -> None:
    connection.execute(update(sign_ins).where(sign_ins.c.token_hash == hash_token(token)).values(seen_at=now))


def end_session(connection: Connection, token: str) -> None:
    connection.execute(delete(sign_ins).where(sign_ins.c.token_hash == hash_token(token)))


def end_sessions(connection: Connection, user_id: str, but: str | None = None) -> None:
    """All those of a user, except the one whose token is `but`."""
    mine = sign_ins.c.user_id == user_id
    if but is not None:
        mine = mine & (sign_ins.c.token_hash != hash_token(but))
    connection.execute(delete(sign_ins).where(mine))


def erase_old_sessions(connection: Connection, now: datetime) -> int:
    """Those that ended a day ago: until then we know whose typed form to give back."""
    ended = (sign_ins.c.seen_at < now - IDLE - timedelta(days=1)) | (sign_ins.c.started_at < now - LONGEST)
    return connection.execute(delete(sign_ins).where(ended)).rowcount
