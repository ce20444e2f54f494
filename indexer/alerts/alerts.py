"""Saved searches: asked for, confirmed by mail, stopped in one click."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import orjson
from sqlalchemy import Connection, Row, delete, insert, select, update

from indexer.accounts.model import Actor
from indexer.alerts import letters
from indexer.alerts.model import Alert, AlertState, SavedSearch, dump_content, load_request
from indexer.alerts.tables import alerts
from indexer.catalogue.database import Database
from indexer.catalogue.dialects import take_turns
from indexer.catalogue.work import Clock
from indexer.errors import ExpiredLinkError, RequestError
from indexer.mail.letter import check_address
from indexer.mail.outbox import Outbox
from indexer.sealing import Sealer, hash_token, new_token

WEEK: Final = timedelta(days=7)
TO_CONFIRM: Final = timedelta(days=3)
KEPT: Final = timedelta(days=365)
"""A search is no longer told after a year: who still wants it asks again, in one click of the last mail."""

MOST_UNCONFIRMED: Final = 3
"""Mails of confirmation to one address in three days: beyond, we would bother somebody who asked nothing."""

MOST: Final = 20
"""Saved searches of one address."""


class Alerts:
    """Shared by all threads. An address and what it looks for are sealed at rest."""

    def __init__(self, database: Database, sealer: Sealer, outbox: Outbox, clock: Clock) -> None:
        self.database, self.outbox, self.clock = database, outbox, clock
        self._sealer = sealer

    def ask(self, address: str, search: SavedSearch) -> None:
        """For anyone: a mail asks to confirm. The answer is the same whatever is known of the address.

        MailError for what is no address. Beyond the limits, nothing is sent, and nothing says so: it would tell what
        others asked for.
        """
        address, now = check_address(address), self.clock()
        prints = self._sealer.fingerprints("alertes", address.casefold())
        with self.database.writing() as connection:
            take_turns(connection, f"alertes:{prints[0]}")
            known = self._known(connection, prints)
            waiting = sum(alert.state is AlertState.TO_CONFIRM for alert in known)
            if len(known) >= MOST or waiting >= MOST_UNCONFIRMED or _holds(known, search):
                return
            values = {"state": AlertState.TO_CONFIRM, "fingerprint": prints[0], "expires_at": now + TO_CONFIRM}
            alert = self._write(connection, address, search, values)
            self.outbox.put(
                connection, letters.letter_to_confirm(alert, self.url(alert)), f"alerte/{alert.id}/confirmer"
            )

    def save(self, actor: Actor, address: str, search: SavedSearch, dossier_id: str | None = None) -> Alert:
        """For a user, at the address of the account: at once. The same search again changes nothing.

        RequestError beyond the number of searches that one address may save.
        """
        address = check_address(address)
        prints = self._sealer.fingerprints("alertes", address.casefold())
        with self.database.writing() as connection:
            take_turns(connection, f"alertes:{prints[0]}")
            known = self._known(connection, prints)
            for alert in known:
                same = alert.search.request == search.request and alert.dossier_id == dossier_id
                if same and alert.state is AlertState.ACTIVE:
                    return alert
            if len(known) >= MOST:
                raise RequestError(f"Vous suivez déjà {MOST} recherches. Arrêtez-en une d'abord.")
            values = {"state": AlertState.ACTIVE, "fingerprint": prints[0], "expires_at": self.clock() + KEPT}
            owner = {"user_id": actor.user_id, "dossier_id": dossier_id}
            return self._write(connection, address, search, values | owner)

    def read(self, token: str) -> Alert:
        """The search of a link; changes nothing. ExpiredLinkError when it was stopped, or never was."""
        with self.database.reading() as connection:
            return self._of_link(connection, token)

    def confirm(self, token: str) -> Alert:
        """A click on the page of the mail. Again is harmless."""
        now = self.clock()
        with self.database.writing() as connection:
            alert = self._of_link(connection, token)
            waiting = (alerts.c.id == alert.id) & (alerts.c.state == AlertState.TO_CONFIRM)
            active = {"state": AlertState.ACTIVE, "since": now, "next_at": now + WEEK, "expires_at": now + KEPT}
            connection.execute(update(alerts).where(waiting).values(active))
            return self._of_link(connection, token)

    def stop(self, token: str) -> None:
        """Nothing of it is kept. ExpiredLinkError when nothing was."""
        with self.database.writing() as connection:
            alert = self._of_link(connection, token)
            connection.execute(delete(alerts).where(alerts.c.id == alert.id))

    def of_user(self, actor: Actor) -> list[Alert]:
        """Those that a user saved, newest first."""
        query = (
            select(alerts).where(alerts.c.user_id == actor.user_id).order_by(alerts.c.created_at.desc(), alerts.c.id)
        )
        with self.database.reading() as connection:
            return [self.build(row) for row in connection.execute(query)]

    def erase_dossier(self, connection: Connection, dossier_id: str) -> int:
        """Everything about a file that is erased, in its transaction."""
        return connection.execute(delete(alerts).where(alerts.c.dossier_id == dossier_id)).rowcount

    def url(self, alert: Alert) -> str:
        return self.outbox.absolute(f"/alertes/{alert.token}")

    def build(self, row: Row[Any]) -> Alert:
        """A row of the table, opened."""
        told = orjson.loads(self._sealer.unseal(row.content))
        return Alert(
            id=row.id,
            state=AlertState(row.state),
            address=told["address"],
            search=SavedSearch(load_request(told["request"]), told["label"], told["path"]),
            token=told["token"],
            user_id=row.user_id,
            dossier_id=row.dossier_id,
            created_at=row.created_at,
            since=row.since,
            next_at=row.next_at,
            expires_at=row.expires_at,
        )

    def _write(self, connection: Connection, address: str, search: SavedSearch, values: dict[str, Any]) -> Alert:
        token, now, alert_id = new_token(), self.clock(), secrets.token_urlsafe(9)
        own = {
            "id": alert_id,
            "content": self._sealer.seal(dump_content(address, search, token)),
            "link_hash": hash_token(token),
            "created_at": now,
            "since": now,
            "next_at": now + WEEK,
        }
        connection.execute(insert(alerts).values(own | values))
        return self.build(connection.execute(select(alerts).where(alerts.c.id == alert_id)).one())

    def _known(self, connection: Connection, prints: Sequence[str]) -> list[Alert]:
        rows = connection.execute(select(alerts).where(alerts.c.fingerprint.in_(prints)))
        return [self.build(row) for row in rows]

    def _of_link(self, connection: Connection, token: str) -> Alert:
        alive = (alerts.c.link_hash == hash_token(token)) & (alerts.c.expires_at > self.clock())
        row = connection.execute(select(alerts).where(alive)).one_or_none()
        if row is None:
            raise ExpiredLinkError("Cette alerte est arrêtée, ou ce lien est incomplet.")
        return self.build(row)


def _holds(known: Sequence[Alert], search: SavedSearch) -> bool:
    return any(alert.search.request == search.request for alert in known)
