"""Publishers who pass at once: a SIRET and one of the addresses that confirmed it, trusted together."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from indexer.publish.errors import PublicationError
from indexer.publish.publication import Publication, Store
from indexer.publish.tables import trusted_publishers


class Trust:
    """`hashes` gives the keyed hashes of a mail address, under every key. Works in the caller's transactions."""

    def __init__(self, store: Store, hashes: Callable[[str], tuple[str, ...]]) -> None:
        self._store, self._hashes = store, hashes

    def holds(self, connection: Connection, publication: Publication) -> bool:
        """Whether this SIRET and one of the confirmed addresses were trusted together."""
        hashes = self._confirmed(connection, publication.id)
        if publication.siret is None or not hashes:
            return False
        table = trusted_publishers
        query = select(table.c.siret).where(table.c.siret == publication.siret, table.c.mail_hash.in_(hashes))
        return connection.execute(query).first() is not None

    def give(
        self, connection: Connection, publication: Publication, actor_id: str, now: datetime, *, trusted: bool
    ) -> None:
        """Or takes it back. PublicationError without a SIRET or a confirmed address."""
        table, hashes = trusted_publishers, self._confirmed(connection, publication.id)
        if publication.siret is None or not hashes:
            raise PublicationError({"confiance": "Sans SIRET ni adresse confirmée, rien à quoi se fier."})
        connection.execute(delete(table).where(table.c.siret == publication.siret, table.c.mail_hash.in_(hashes)))
        if trusted:
            rows = [{"siret": publication.siret, "mail_hash": h, "at": now, "actor_id": actor_id} for h in hashes]
            connection.execute(insert(table), rows)

    def _confirmed(self, connection: Connection, publication_id: str) -> list[str]:
        """Of the addresses that answered."""
        contacts = self._store.contacts(connection, publication_id)
        return [hashed for contact in contacts if contact.confirmed for hashed in self._hashes(contact.mail)]
