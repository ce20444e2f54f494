"""Requests to who publishes: where they go, how many a month, what else could do. The relay carries them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from indexer.errors import CatalogueError, RequestError
from indexer.geocode.clocks import MAINLAND
from indexer.publish.catalogue_door import Shown
from indexer.publish.contact import read_contact
from indexer.publish.publication import Publication, title_of
from indexer.publish.publications import Publications
from indexer.publish.states import PublicationKind, State
from indexer.publish.tables import publications
from indexer.relay.letters import Alternative
from indexer.relay.model import NewRequest, Request
from indexer.relay.states import State as Asked
from indexer.relay.tables import relay_requests
from indexer.schema import Offer
from indexer.search.wording import say_day

MOST_OTHERS: Final = 3
COUNTED_DAYS: Final = 365
LEAST_COUNTED: Final = 3
"""Requests over a year from which the share of answers means something."""

_log = structlog.get_logger(__name__)


class PublicationHooks:
    """What publications add to the relay (see `indexer.relay.hooks`)."""

    def __init__(self, all_: Publications) -> None:
        self._all = all_

    def address(self, offer_id: str) -> str | None:
        """The main address, once confirmed; None for an offer that was not published here."""
        with self._all.database.reading() as connection:
            publication = self._of_offer(connection, offer_id)
            contacts = [] if publication is None else self._all.store.contacts(connection, publication.id)
        return next((contact.mail for contact in contacts if contact.confirmed), None)

    def check(self, connection: Connection, new: NewRequest) -> None:
        """RequestError when the publication takes none: paused, withdrawn, or its month is full."""
        publication = self._of_offer(connection, new.target.offer_id)
        if publication is None:
            return
        if publication.state in (State.PAUSED, State.ASLEEP, State.CLOSED, State.REFUSED):
            raise RequestError("Cette annonce n'est plus proposée pour le moment. Choisissez-en une autre.")
        now = self._all.parts.clock()
        most = most_a_month(publication, now)
        if most is not None and count_months(connection, now, publication.offer_id).get(new.target.offer_id, 0) >= most:
            raise RequestError(
                f"Cette entreprise prend {most} demandes par mois, et ce mois est complet. "
                f"Demandez à partir du {say_day(next_month(now))}."
            )

    def changed(self, connection: Connection, request: Request) -> None:
        """Nothing inside the relay's transaction: see `settled`."""

    def settled(self, offer_id: str) -> None:
        """After the relay's transaction: the offer says whether its month is full, and how often it answers."""
        with self._all.database.reading() as connection:
            publication = self._of_offer(connection, offer_id)
        if publication is None or publication.kind is not PublicationKind.IMMERSION:
            return
        try:
            show_standing(self._all, publication, self._all.parts.clock())
        except CatalogueError as error:
            _log.warning("mois_pas_encore_montre", erreur=type(error).__name__)  # the request itself is safe: tonight

    def alternatives(self, connection: Connection, offer_id: str) -> tuple[Alternative, ...]:
        """Other publications of the same kind that are shown, those with a common métier first."""
        mine = self._of_offer(connection, offer_id)
        if mine is None:
            return ()
        same = (publications.c.state == State.PUBLISHED) & (publications.c.kind == mine.kind)
        rows = connection.execute(select(publications).where(same, publications.c.id != mine.id).limit(200)).all()
        others = sorted(map(self._all.store.build, rows), key=lambda other: (-_common(mine, other), other.id))
        absolute = self._all.parts.outbox.absolute
        return tuple(Alternative(title_of(o), absolute(f"/offres/{o.offer_id}")) for o in others[:MOST_OTHERS])

    def _of_offer(self, connection: Connection, offer_id: str) -> Publication | None:
        row = connection.execute(select(publications).where(publications.c.offer_id == offer_id)).one_or_none()
        return None if row is None else self._all.store.build(row)


def show_standing(all_: Publications, publication: Publication, now: datetime) -> bool:
    """Writes on an immersion from when it can be asked and how often it answers; whether that changed anything."""
    if publication.offer_id is None:
        return False
    with all_.database.reading() as connection:
        found = all_.showing.find(connection, publication)
        told = None if found is None else _told(connection, publication, found[1], now)
    if found is None or told == found[1]:
        return False

    def act(connection: Connection) -> Shown:
        # Counted again under the lock: another process may have sent or answered a request since.
        return all_.showing.altered(connection, publication, lambda offer: _told(connection, publication, offer, now))

    all_.showing.change(publication.id, now, act)
    return True


def refresh_standings(all_: Publications, now: datetime) -> int:
    """Every night: a new month begins, and answers of a year ago count no more."""
    shown = (publications.c.kind == PublicationKind.IMMERSION) & (publications.c.state == State.PUBLISHED)
    with all_.database.reading() as connection:
        rows = connection.execute(select(publications).where(shown).order_by(publications.c.id)).all()
        offers = all_.showing.find_offers(connection, shown)
        asked, rates = count_months(connection, now), answer_rates(connection, now)
    late = [
        publication
        for publication in map(all_.store.build, rows)
        if (offer := offers.get(publication.offer_id or "")) is not None
        and _with(offer, *_standing(publication, now, asked, rates)) != offer
    ]
    return sum(show_standing(all_, publication, now) for publication in late)


def most_a_month(publication: Publication, now: datetime) -> int | None:
    """Requests that an immersion takes in a month; None for a workshop."""
    contact, _ = read_contact({**publication.answers, "disponible_au": ()}, publication.kind, now.date())
    return None if contact is None else contact.per_month


def count_months(connection: Connection, now: datetime, offer_id: str | None = None) -> dict[str, int]:
    """By offer, the requests that reached it in the month of France, and those that wait for who asks to confirm.

    One that was taken back after it was sent counts: the company has read it. `offer_id` counts one offer only.
    """
    start = now.astimezone(MAINLAND).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    waiting = (relay_requests.c.state == Asked.TO_CONFIRM) & (relay_requests.c.next_at > now)
    counted = _grouped(offer_id, func.count()).where(or_(relay_requests.c.sent_at >= start, waiting))
    return {row[0]: int(row[1]) for row in connection.execute(counted)}


def answer_rates(connection: Connection, now: datetime, offer_id: str | None = None) -> dict[str, float]:
    """By offer, of the requests of a year that were answered or given up, the share that got an answer.

    Offers with too few are left out. `offer_id` counts one offer only.
    """
    given_up = relay_requests.c.state == Asked.UNANSWERED
    answered = func.sum(case((given_up, 0), else_=1))
    ended = or_(relay_requests.c.answered_at.is_not(None), given_up)  # another date is an answer, even not taken up
    recent = relay_requests.c.sent_at > now - timedelta(days=COUNTED_DAYS)
    rows = connection.execute(_grouped(offer_id, func.count(), answered).where(ended, recent))
    return {row[0]: round(int(row[2]) / int(row[1]), 2) for row in rows if row[1] >= LEAST_COUNTED}


def _grouped(offer_id: str | None, *counts: ColumnElement[Any]) -> Select[Any]:
    query = select(relay_requests.c.offer_id, *counts).group_by(relay_requests.c.offer_id)
    return query if offer_id is None else query.where(relay_requests.c.offer_id == offer_id)


def next_month(now: datetime) -> date:
    today = now.astimezone(MAINLAND).date()
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _told(connection: Connection, publication: Publication, offer: Offer, now: datetime) -> Offer:
    """The offer as its requests make it now."""
    only = publication.offer_id
    asked, rates = count_months(connection, now, only), answer_rates(connection, now, only)
    return _with(offer, *_standing(publication, now, asked, rates))


def _standing(
    publication: Publication, now: datetime, asked: Mapping[str, int], rates: Mapping[str, float]
) -> tuple[date | None, float | None]:
    offer_id, most = publication.offer_id or "", most_a_month(publication, now)
    full = most is not None and asked.get(offer_id, 0) >= most
    return next_month(now) if full else None, rates.get(offer_id)


def _with(offer: Offer, asked_from: date | None, rate: float | None) -> Offer:
    if offer.immersion is None:
        return offer
    told = offer.immersion.model_copy(update={"disponible_le": asked_from, "taux_reponse": rate})
    return offer.model_copy(update={"immersion": told})


def _common(one: Publication, other: Publication) -> int:
    return len(set(one.answers.get("metiers", ())) & set(other.answers.get("metiers", ())))
