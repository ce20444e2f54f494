"""Limits that a restart or a second process does not forget: they count rows of the database."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from indexer.catalogue.dialects import take_turns
from indexer.publish.errors import TooManyError
from indexer.publish.states import State
from indexer.publish.tables import publication_contacts, publication_links, publications

DAY: Final = timedelta(days=1)
MOST_BY_SENDER: Final = 20
"""Publications begun in a day from one address: a town hall that enters its year of workshops begins about ten."""

MOST_WAITING: Final = 5
"""Publications that wait for one mail address to confirm them: beyond, somebody floods it."""

MOST_MAILS: Final = 10
"""Links sent to one mail address in a day."""


def check_sender(connection: Connection, sender: str, now: datetime) -> None:
    """TooManyError when too many were begun from there in a day."""
    take_turns(connection, "publications")  # one beginning at a time, so that two cannot both be the twentieth
    begun = select(func.count(), func.min(publications.c.created_at)).where(
        publications.c.sender == sender, publications.c.created_at > now - DAY
    )
    count, first = connection.execute(begun).one()
    if count >= MOST_BY_SENDER:
        _refuse("Trop de publications ont été commencées d’ici en un jour. Revenez demain.", first + DAY - now)


def check_mail(connection: Connection, hashes: tuple[str, ...], now: datetime, but: str) -> None:
    """TooManyError when this mail address already has too much to confirm. `but` is the publication at hand."""
    waiting = (
        select(func.count())
        .select_from(publications)
        .join(publication_contacts, publication_contacts.c.publication_id == publications.c.id)
        .where(
            publication_contacts.c.mail_hash.in_(hashes),
            publications.c.state == State.TO_CONFIRM,
            publications.c.id != but,
            publications.c.submitted_at > now - 3 * DAY,
        )
    )
    if connection.execute(waiting).scalar_one() >= MOST_WAITING:
        _refuse(
            "Cette adresse de courriel a déjà plusieurs publications à confirmer : ouvrez les courriels reçus.", DAY
        )


def may_send_link(connection: Connection, hashes: tuple[str, ...], now: datetime) -> bool:
    """Whether one more link may go to a mail address today."""
    sent = (
        select(func.count())
        .select_from(publication_links)
        .join(publication_contacts, publication_contacts.c.id == publication_links.c.contact_id)
        .where(publication_contacts.c.mail_hash.in_(hashes), publication_links.c.created_at > now - DAY)
    )
    return int(connection.execute(sent).scalar_one()) < MOST_MAILS


def _refuse(message: str, wait: timedelta) -> None:
    raise TooManyError(message, max(1, int(wait.total_seconds())))
