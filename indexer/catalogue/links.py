"""The links of published offers, and what the checker saw of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson
from sqlalchemy import Connection, delete, insert, select

from indexer.catalogue.database import Database
from indexer.catalogue.queries import is_published
from indexer.catalogue.tables import link_checks, offers

FIELDS: Final = ("lien_source", "lien_mobilisation")
MAX_LENGTH: Final = 2000
"""Longer ones are no link that a person follows, and no key that PostgreSQL takes."""

_PAGE: Final = 1000
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class LinkState:
    """One link. `reason` is empty when the page was there; `dead_since` is set after two failures days apart."""

    url: str
    checked_at: datetime
    reason: str = ""
    failing_since: datetime | None = None
    dead_since: datetime | None = None


def is_link(value: object) -> bool:
    return isinstance(value, str) and value.lower().startswith(("http://", "https://")) and len(value) <= MAX_LENGTH


def iter_offer_links(database: Database, flux: str | None = None) -> Iterator[tuple[str, str]]:
    """(offer, link) of the published offers, in the order of ids, read 1,000 at a time; of one flux when given."""
    last = ""
    while True:
        query = select(offers.c.id, offers.c.body).where(is_published(), offers.c.id > last)
        if flux is not None:
            query = query.where(offers.c.flux == flux)
        with database.reading() as connection:
            page = connection.execute(query.order_by(offers.c.id).limit(_PAGE)).all()
        if not page:
            return
        for row in page:
            body = orjson.loads(row.body)
            yield from ((row.id, body[field]) for field in FIELDS if is_link(body.get(field)))
        last = page[-1].id


def read_link_states(database: Database) -> dict[str, LinkState]:
    """All that were ever checked and are still some offer's."""
    with database.reading() as connection:
        return {row.url: LinkState(**row._mapping) for row in connection.execute(select(link_checks))}


def read_dead_links(database: Database) -> frozenset[str]:
    with database.reading() as connection:
        return frozenset(connection.scalars(select(link_checks.c.url).where(link_checks.c.dead_since.is_not(None))))


def keep_link_states(database: Database, states: Sequence[LinkState]) -> None:
    """Writes them in place of the former ones. One short transaction."""
    rows = [{name: getattr(state, name) for name in LinkState.__slots__} for state in states]
    with database.writing() as connection:
        _delete(connection, [state.url for state in states])
        if rows:
            connection.execute(insert(link_checks), rows)


def forget_links(database: Database, states: Mapping[str, LinkState], held: set[str]) -> None:
    """Those that no published offer holds any more."""
    gone = [url for url in states if url not in held]
    if gone:
        with database.writing() as connection:
            _delete(connection, gone)


def _delete(connection: Connection, urls: Sequence[str]) -> None:
    for start in range(0, len(urls), _AT_ONCE):
        connection.execute(delete(link_checks).where(link_checks.c.url.in_(urls[start : start + _AT_ONCE])))
