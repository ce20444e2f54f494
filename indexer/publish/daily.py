"""What time does to publications: « toujours d'actualité ? », asleep, back from a pause, drafts that are forgotten."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, delete, select, update

from indexer.publish import mails
from indexer.publish.catalogue_door import Shown
from indexer.publish.errors import AlreadyDecidedError, StateError
from indexer.publish.managing import Managing
from indexer.publish.publication import Publication
from indexer.publish.publications import Publications
from indexer.publish.states import State
from indexer.publish.tables import publication_links, publications

ASKED_AFTER: Final = timedelta(days=183)
"""Half a year after it was last said to be true."""

PATIENCE: Final = timedelta(days=14)
"""Between a question and the next one, then sleep."""

MOST_ASKED: Final = 2
DRAFT_DAYS: Final = 30
SENDER_DAYS: Final = 2
ENDED_DAYS: Final = 365
"""Days after which what was refused or withdrawn is erased, words and addresses with it."""

_SITE: Final = "Maillage"
"""How the history names what nobody did."""


def ask_if_true(all_: Publications, now: datetime) -> int:
    """Asks of what nobody confirmed for half a year; after two questions without an answer, it falls asleep."""
    done = 0
    due = publications.c.checked_at < now - ASKED_AFTER
    patient = publications.c.asked_at.is_(None) | (publications.c.asked_at < now - PATIENCE)
    for publication in _find(all_, (publications.c.state == State.PUBLISHED) & due & patient):
        done += _sleep(all_, publication, now) if publication.asked >= MOST_ASKED else _ask(all_, publication, now)
    return done


def wake_up(all_: Publications, now: datetime) -> int:
    """Brings back what was paused until a day that has come."""
    due = (publications.c.state == State.PAUSED) & (publications.c.resume_on <= now.date())
    return sum(_change(all_, publication, State.PUBLISHED, "reprise", now) for publication in _find(all_, due))


def erase_over(all_: Publications, now: datetime) -> int:
    """Erases drafts that were never confirmed, what ended long ago, dead links, and where drafts came from."""
    waiting = publications.c.state.in_([State.DRAFT, State.TO_CONFIRM])
    ended = publications.c.state.in_([State.REFUSED, State.CLOSED])
    over = (waiting & (publications.c.changed_at < now - timedelta(days=DRAFT_DAYS))) | (
        ended & (publications.c.changed_at < now - timedelta(days=ENDED_DAYS))
    )
    old = publications.c.sender.is_not(None) & (publications.c.created_at < now - timedelta(days=SENDER_DAYS))
    with all_.database.writing() as connection:
        erased = connection.execute(delete(publications).where(over)).rowcount
        connection.execute(update(publications).where(old).values(sender=None))
        connection.execute(delete(publication_links).where(publication_links.c.expires_at < now))
    return erased


def _find(all_: Publications, condition: ColumnElement[Any]) -> list[Publication]:
    with all_.database.reading() as connection:
        rows = connection.execute(select(publications).where(condition).order_by(publications.c.id)).all()
    return [all_.store.build(row) for row in rows]


def _ask(all_: Publications, publication: Publication, now: datetime) -> int:
    """1, or 0 when it changed meanwhile: the next day looks again."""
    try:
        with all_.database.writing() as connection:
            all_.store.change(connection, publication, now, asked=publication.asked + 1, asked_at=now)
            all_.tell(connection, publication, f"actualite-{publication.version}", mails.still_true)
    except AlreadyDecidedError:
        return 0
    return 1


def _sleep(all_: Publications, publication: Publication, now: datetime) -> int:
    return _change(all_, publication, State.ASLEEP, "endormie", now, tell=True)


def _change(
    all_: Publications, publication: Publication, wanted: State, what: str, now: datetime, *, tell: bool = False
) -> int:
    def act(connection: Connection) -> Shown:
        shown = Managing(all_).become(connection, publication, wanted, now, _SITE, what)
        if tell:
            all_.tell(connection, publication, f"{what}-{publication.version}", mails.asleep)
        return shown

    try:
        all_.showing.change(publication.id, now, act)
    except (AlreadyDecidedError, StateError):
        return 0
    return 1
