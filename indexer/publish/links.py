"""Magic links: only hashes are kept, each serves one purpose, expires, and can be made anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from indexer.errors import ExpiredLinkError
from indexer.publish.tables import publication_links
from indexer.sealing import hash_token, new_token


class Purpose(StrEnum):
    """What a link lets do. Those of ONCE serve once."""

    DRAFT = "brouillon"
    CONFIRM = "confirmer"
    MANAGE = "gerer"
    CONTACT = "contact"
    OLD_MAIL = "ancienne-adresse"
    NEW_MAIL = "nouvelle-adresse"


LIVES: Final = {
    Purpose.DRAFT: timedelta(days=30),
    Purpose.CONFIRM: timedelta(days=3),
    Purpose.MANAGE: timedelta(days=400),
    Purpose.CONTACT: timedelta(days=7),
    Purpose.OLD_MAIL: timedelta(days=7),
    Purpose.NEW_MAIL: timedelta(days=7),
}
"""A link to manage outlives the half-yearly question; every mail brings a new one."""

ONCE: Final = frozenset({Purpose.CONFIRM, Purpose.CONTACT, Purpose.OLD_MAIL, Purpose.NEW_MAIL})

_GONE: Final = "Ce lien n’est plus valable : il a servi, il a expiré, ou il est incomplet. Demandez-en un nouveau."


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is valid now. `payload` is still sealed."""

    hash: str
    publication_id: str
    contact_id: str | None
    purpose: Purpose
    pair: str | None
    payload: str | None


def make_link(connection: Connection, publication_id: str, purpose: Purpose, now: datetime, **more: Any) -> str:
    """The token of a new link. `more`: `contact_id`, `pair`, `payload` (sealed)."""
    token = new_token()
    values = {
        "hash": hash_token(token),
        "publication_id": publication_id,
        "purpose": purpose,
        "created_at": now,
        "expires_at": now + LIVES[purpose],
    }
    connection.execute(insert(publication_links).values(**values, **more))
    return token


def read_link(connection: Connection, token: str, now: datetime, *purposes: Purpose) -> Link:
    """ExpiredLinkError for a token that is unknown, altered, expired, used, or made for another purpose."""
    links = publication_links
    row = connection.execute(select(links).where(links.c.hash == hash_token(token[:200]))).one_or_none()
    if row is None or row.purpose not in purposes or row.expires_at <= now or row.used_at is not None:
        raise ExpiredLinkError(_GONE)
    return Link(row.hash, row.publication_id, row.contact_id, Purpose(row.purpose), row.pair, row.payload)


def use_link(connection: Connection, link: Link, now: datetime) -> None:
    """Marks a link as used. ExpiredLinkError when another request used it first."""
    links = publication_links
    mine = (links.c.hash == link.hash) & links.c.used_at.is_(None)
    if connection.execute(update(links).where(mine).values(used_at=now)).rowcount != 1:
        raise ExpiredLinkError(_GONE)


def revoke_links(
    connection: Connection, publication_id: str, *purposes: Purpose, contact_id: str | None = None
) -> None:
    """Takes back the links of a publication that serve these purposes; of one contact when it is given."""
    links = publication_links
    mine = (links.c.publication_id == publication_id) & links.c.purpose.in_(purposes)
    if contact_id is not None:
        mine &= links.c.contact_id == contact_id
    connection.execute(delete(links).where(mine))


def is_pair_complete(connection: Connection, pair: str) -> bool:
    """Whether both sides of a change of address have said yes."""
    links = publication_links
    used = select(links.c.purpose).where(links.c.pair == pair, links.c.used_at.is_not(None))
    return {Purpose.OLD_MAIL.value, Purpose.NEW_MAIL.value} <= set(connection.execute(used).scalars())
