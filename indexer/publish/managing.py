"""What the link of any mail lets do: pause, resume, withdraw, say that it is still true, count seats."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from indexer.publish.answers import Answers
from indexer.publish.catalogue_door import Shown
from indexer.publish.contact import read_day
from indexer.publish.errors import PublicationError, StateError
from indexer.publish.links import Purpose, read_link
from indexer.publish.publication import Publication, require
from indexer.publish.publications import PUBLISHER, Publications
from indexer.publish.states import State
from indexer.publish.workshop import SESSION_FIELDS
from indexer.schema import Offer, Session


class Managing:
    """Every verb takes the token of a managing link. ExpiredLinkError, StateError, PublicationError."""

    def __init__(self, publications: Publications) -> None:
        self._all = publications

    def open(self, token: str) -> Publication:
        return self._all.peek(token, Purpose.MANAGE)

    def shown_offer(self, publication: Publication) -> Offer | None:
        """Its offer as the catalogue has it; None when nothing is shown."""
        with self._all.database.reading() as connection:
            found = self._all.showing.find(connection, publication)
        return None if found is None else found[1]

    def pause(self, token: str, until: date | None) -> None:
        """Out of every search at once. It comes back by itself on the day `until`, when there is one."""
        now = self._all.parts.clock()
        if until is not None and until <= now.date():
            raise PublicationError({"jusqu_au": "Choisissez un jour à venir, ou laissez la case vide."})
        self._change(token, State.PAUSED, "en-pause", resume_on=until)

    def pause_until(self, token: str, text: str) -> None:
        """The same, with the day as it was typed: `parse_until` reads it."""
        self.pause(token, parse_until(text))

    def resume(self, token: str) -> None:
        """Found again at once: after a pause, or asleep."""
        publication = self.open(token)
        if publication.state not in (State.PAUSED, State.ASLEEP):
            raise StateError("Cette publication n’est pas en pause.")
        self._change(token, State.PUBLISHED, "reprise")

    def close(self, token: str) -> None:
        """Withdrawn for good: its page says so, and shows others like it."""
        self._change(token, State.CLOSED, "retiree")

    def still_true(self, token: str) -> None:
        """« Toujours d'actualité »: asked again in six months only."""
        publication = self.open(token)
        if publication.state in (State.PAUSED, State.ASLEEP):
            self.resume(token)
            return
        require(publication, State.PUBLISHED)
        now = self._all.parts.clock()
        with self._all.database.writing() as connection:
            self._all.store.change(connection, publication, now, checked_at=now, asked=0, asked_at=None)
            self._all.store.note(connection, publication.id, now, PUBLISHER, "toujours-vraie")

    def set_seats(self, token: str, session: str, left: int) -> None:
        """Seats left of the session that starts at `session` (ISO 8601), from 0 to the seats that there are."""
        publication, now = self.open(token), self._all.parts.clock()

        def act(connection: Connection) -> Shown:
            self._read(connection, token, now)
            shown = self._all.showing.altered(connection, publication, lambda o: _with_seats(o, session, left))
            answers = _answers_with_seats(publication.answers, session, left)
            self._all.store.change(connection, publication, now, answers=answers, checked_at=now)
            return shown

        self._all.showing.change(publication.id, now, act)

    def _change(self, token: str, wanted: State, what: str, resume_on: date | None = None) -> None:
        now, publication = self._all.parts.clock(), self.open(token)

        def act(connection: Connection) -> Shown:
            return self.become(connection, self._read(connection, token, now), wanted, now, PUBLISHER, what, resume_on)

        self._all.showing.change(publication.id, now, act)

    def become(
        self,
        connection: Connection,
        before: Publication,
        wanted: State,
        now: datetime,
        who: str,
        what: str,
        resume_on: date | None = None,
    ) -> Shown:
        """Changes the state and what is shown. Inside `showing.change`."""
        require(before, wanted)
        store, showing = self._all.store, self._all.showing
        values: dict[str, Any] = {"state": wanted, "resume_on": resume_on}
        if wanted is State.PUBLISHED:
            values |= {"checked_at": now, "asked": 0, "asked_at": None}
        if wanted is State.CLOSED:
            values |= {"offer_id": None, "structure_id": None}
        store.change(connection, before, now, **values)
        store.note(connection, before.id, now, who, what)
        if wanted is State.CLOSED:
            return showing.gone(connection, before)
        return (
            showing.shown_again(connection, before) if wanted is State.PUBLISHED else showing.hidden(connection, before)
        )

    def _read(self, connection: Connection, token: str, now: datetime) -> Publication:
        link = read_link(connection, token, now, Purpose.MANAGE)
        found = self._all.store.find(connection, link.publication_id)
        assert found is not None  # a link goes with its publication
        return found


def parse_until(text: str) -> date | None:
    """The day of a form; None when it is empty. PublicationError for a text that is no day."""
    if not text.strip():
        return None
    day = read_day(text)
    if day is None:
        raise PublicationError({"jusqu_au": "Cette date n’est pas lisible : choisissez-la, ou laissez la case vide."})
    return day


def _with_seats(offer: Offer, start: str, left: int) -> Offer:
    sessions = tuple(_seated(session, left) if _is(session, start) else session for session in offer.sessions)
    if sessions == offer.sessions and not any(_is(session, start) for session in sessions):
        raise PublicationError({"seance": "Cette séance n’existe plus : rouvrez la page."})
    return offer.model_copy(update={"sessions": sessions})


def _seated(session: Session, left: int) -> Session:
    if session.places is None or not 0 <= left <= session.places:
        raise PublicationError({"seance": "Écrivez un nombre de places entre 0 et le nombre de places de la séance."})
    return session.model_copy(update={"places_restantes": left})


def _is(session: Session, start: str) -> bool:
    return session.debut.isoformat() == start


def _answers_with_seats(answers: Answers, start: str, left: int) -> dict[str, tuple[str, ...]]:
    """The form remembers it too: a later change of the text must not give all seats back."""
    days, hours = answers.get(SESSION_FIELDS[0], ()), answers.get(SESSION_FIELDS[1], ())
    kept = answers.get("seance_restantes", ())
    rows = [
        str(left) if start.startswith(f"{day}T{hour}") else (kept[i] if i < len(kept) else "")
        for i, (day, hour) in enumerate(zip(days, hours, strict=False))
    ]
    return {**answers, "seance_restantes": tuple(rows)}
