"""Who may ask, and how often: no structure and no mailbox is flooded through the relay."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from indexer.errors import RequestError
from indexer.relay.model import NewRequest
from indexer.relay.states import State
from indexer.relay.store import Store
from indexer.relay.tables import relay_requests

AGAIN_AFTER: Final = timedelta(days=7)
"""Before the same person may ask for the same offer again."""

MOST_UNCONFIRMED: Final = 3
"""Requests that one address may leave to confirm: beyond, we would fill the mailbox of somebody who asked nothing."""

MOST_A_DAY: Final = 50
"""Requests of one user in a day: far above a real day, far below a flood."""


def person_key(new: NewRequest) -> str:
    """Who the person is, as far as one can tell: their file, their address, or their name at that organisation."""
    if new.dossier_id is not None:
        return f"dossier:{new.dossier_id}"
    if new.asker.user_id is None:
        return f"courriel:{new.asker.address.casefold()}"
    return f"nom:{new.asker.organisation_id}:{(new.person_key or new.words.person).casefold()}"


def refuse_too_many(
    store: Store, connection: Connection, new: NewRequest, prints: Sequence[str], now: datetime
) -> None:
    """RequestError for the same request within a week, and beyond what one person can mean."""
    first = store.same_person_since(connection, new.target.offer_id, prints, now - AGAIN_AFTER)
    if first is not None:
        raise RequestError(f"La même demande est partie le {first:%d/%m/%Y}. Attendez sept jours pour la refaire.")
    if new.asker.user_id is None:
        waiting = relay_requests.c.fingerprint.in_(prints) & (relay_requests.c.state == State.TO_CONFIRM)
        if store.count(connection, waiting) >= MOST_UNCONFIRMED:
            raise RequestError("Trop de demandes attendent votre confirmation : ouvrez d'abord vos courriels.")
        return
    today = (relay_requests.c.user_id == new.asker.user_id) & (relay_requests.c.created_at > now - timedelta(days=1))
    if store.count(connection, today) >= MOST_A_DAY:
        raise RequestError(f"Vous avez déjà envoyé {MOST_A_DAY} demandes en un jour. Continuez demain.")
