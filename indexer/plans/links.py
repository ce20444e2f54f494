"""The link by which a person opens their own plan, without an account: 256 bits, of which only the hash is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from indexer.errors import ExpiredLinkError
from indexer.plans.tables import plan_links
from indexer.sealing import hash_token, new_token

LIFE: Final = timedelta(days=90)

_REFUSED: Final = "Ce lien n’est plus valable. Demandez-en un nouveau à votre référent."
_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class LinkState:
    """A link that works. The token itself cannot be told again: make another."""

    made_at: datetime
    expires_at: datetime


def make_link(connection: Connection, dossier_id: str, now: datetime) -> str:
    """A new token, in the place of any other of this dossier."""
    token = new_token()
    drop_link(connection, dossier_id)
    row = {"dossier_id": dossier_id, "token_hash": hash_token(token), "made_at": now, "expires_at": now + LIFE}
    connection.execute(insert(plan_links).values(row))
    return token


def drop_link(connection: Connection, dossier_id: str) -> bool:
    """Whether there was one."""
    return connection.execute(delete(plan_links).where(plan_links.c.dossier_id == dossier_id)).rowcount > 0


def read_link(connection: Connection, dossier_id: str, now: datetime) -> LinkState | None:
    row = connection.execute(select(plan_links).where(plan_links.c.dossier_id == dossier_id)).one_or_none()
    return None if row is None or row.expires_at <= now else LinkState(row.made_at, row.expires_at)


def dossier_of_link(connection: Connection, token: str, now: datetime) -> str:
    """ExpiredLinkError, the same for a token that is too old, altered, guessed or taken back."""
    if len(token) > _LONGEST:
        raise ExpiredLinkError(_REFUSED)
    row = connection.execute(select(plan_links).where(plan_links.c.token_hash == hash_token(token))).one_or_none()
    if row is None or row.expires_at <= now:
        raise ExpiredLinkError(_REFUSED)
    return str(row.dossier_id)
