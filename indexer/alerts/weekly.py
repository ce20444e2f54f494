"""Once a week, what is new in each saved search."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Protocol
from urllib.parse import quote

import orjson
from sqlalchemy import Connection, delete, select, update

from indexer.alerts import letters
from indexer.alerts.alerts import WEEK, Alerts
from indexer.alerts.model import Alert, AlertState
from indexer.alerts.tables import alerts as table
from indexer.catalogue.tables import offers
from indexer.errors import QueryError
from indexer.schema import Statut
from indexer.search import SearchAnswer, SearchRequest

LISTED: Final = 10
PAGES: Final = 10
"""Pages of a hundred results that are looked through for what is new: beyond, an offer is hardly what was asked for."""

_AT_ONCE: Final = 200


class Search(Protocol):
    def search(self, request: SearchRequest) -> SearchAnswer: ...


def tell_news(alerts: Alerts, open_search: Callable[[], Search], now: datetime) -> int:
    """Writes the mails that are due, and gives how many. The search is opened only when one of them may have news."""
    told, search = 0, None
    while True:
        due = _due(alerts, now)
        for alert in due:
            fresh = _fresh_ids(alerts, alert)
            if fresh and search is None:
                search = open_search()
            found = [] if search is None else _find_news(search, alert, fresh)
            told += _tell(alerts, alert, found, now)
        if len(due) < _AT_ONCE:
            return told


def erase_over(alerts: Alerts, now: datetime) -> int:
    """Forgets those that nobody confirmed, and those that are a year old, which say so."""
    with alerts.database.writing() as connection:
        over = connection.execute(select(table).where(table.c.expires_at <= now)).all()
        for alert in map(alerts.build, over):
            if alert.state is AlertState.ACTIVE:
                mail = letters.letter_of_end(alert, alerts.outbox.absolute(alert.search.path))
                alerts.outbox.put(connection, mail, f"alerte/{alert.id}/fin")
            connection.execute(delete(table).where(table.c.id == alert.id))
    return len(over)


def _due(alerts: Alerts, now: datetime) -> list[Alert]:
    late = (table.c.state == AlertState.ACTIVE) & (table.c.next_at <= now) & (table.c.expires_at > now)
    query = select(table).where(late).order_by(table.c.next_at, table.c.id).limit(_AT_ONCE)
    with alerts.database.reading() as connection:
        return [alerts.build(row) for row in connection.execute(query)]


def _fresh_ids(alerts: Alerts, alert: Alert) -> frozenset[str]:
    """Offers that the catalogue did not know when this search was last told."""
    fresh = (offers.c.created_at > alert.since) & (offers.c.statut == Statut.PUBLIEE)
    with alerts.database.reading() as connection:
        return frozenset(connection.scalars(select(offers.c.id).where(fresh)))


def _find_news(search: Search, alert: Alert, fresh: frozenset[str]) -> list[dict[str, Any]]:
    """The fresh offers among the results, in their order; none when nothing holds the words any more."""
    found: list[dict[str, Any]] = []
    request = replace(alert.search.request, size=100)
    for page in range(1, PAGES + 1):
        try:
            answer = search.search(replace(request, page=page))
        except QueryError:  # a commune that is no more: the mail of the end will say what to do
            return []
        if answer.par_sens:
            return []
        for item in answer.items:
            places = (item.offre, *(other.offre for other in item.autres_lieux))
            found += [offre for offre in map(orjson.loads, places) if offre["id"] in fresh]
        if page * 100 >= answer.total or len(found) >= len(fresh):
            break
    return found


def _tell(alerts: Alerts, alert: Alert, found: list[dict[str, Any]], now: datetime) -> int:
    """Once: the week is moved on in the transaction that writes the mail."""
    with alerts.database.writing() as connection:
        still = (table.c.id == alert.id) & (table.c.since == alert.since) & (table.c.state == AlertState.ACTIVE)
        if connection.execute(update(table).where(still).values(since=now, next_at=now + WEEK)).rowcount != 1:
            return 0
        return _put(alerts, connection, alert, found) if found else 0


def _put(alerts: Alerts, connection: Connection, alert: Alert, found: list[dict[str, Any]]) -> int:
    absolute = alerts.outbox.absolute
    lines = [
        letters.NewOffer(offre["nom"], offre["commune"] or "", absolute(f"/offres/{quote(offre['id'], safe='')}"))
        for offre in found[:LISTED]
    ]
    mail = letters.letter_of_news(alert, lines, len(found), absolute(alert.search.path), alerts.url(alert))
    return int(alerts.outbox.put(connection, mail, f"alerte/{alert.id}/{alert.since.isoformat()}"))
