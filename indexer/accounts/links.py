"""Links that let a person choose a password, once: an invitation, or a reset."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from indexer.accounts.tables import account_links, users
from indexer.errors import ExpiredLinkError
from indexer.sealing import hash_token, new_token

RESET: Final = timedelta(hours=1)
INVITATION: Final = timedelta(days=7)

_GONE: Final = "Ce lien n'est plus valable : il a déjà servi, ou il est trop vieux. Demandez-en un nouveau."


def make_link(connection: Connection, user_id: str, valid: timedelta, now: datetime) -> str:
    """A token; the earlier ones of this user no longer serve."""
    connection.execute(delete(account_links).where(account_links.c.user_id == user_id))
    token = new_token()
    row = {"token_hash": hash_token(token), "user_id": user_id, "expires_at": now + valid}
    connection.execute(insert(account_links).values(row))
    return token


def read_link(connection: Connection, token: str, now: datetime) -> str:
    """The user that may choose a password. ExpiredLinkError for a link unknown, used or too old."""
    query = (
        select(account_links.c.user_id)
        .join_from(account_links, users, users.c.id == account_links.c.user_id)
        .where(account_links.c.token_hash == hash_token(token), account_links.c.expires_at > now)
        .where(users.c.disabled_at.is_(None))
    )
    user_id: str | None = connection.scalar(query)
    if user_id is None:
        raise ExpiredLinkError(_GONE)
    return user_id


def use_link(connection: Connection, token: str, now: datetime) -> str:
    """The same, and the link is gone: of two uses at once, one is refused."""
    user_id = read_link(connection, token, now)
    if connection.execute(delete(account_links).where(account_links.c.token_hash == hash_token(token))).rowcount != 1:
        raise ExpiredLinkError(_GONE)
    return user_id


def erase_old_links(connection: Connection, now: datetime) -> int:
    return connection.execute(delete(account_links).where(account_links.c.expires_at <= now)).rowcount
