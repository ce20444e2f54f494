"""Moderation: what waits with the checks done, and the decision of one person, logged and told by mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, select

from indexer.errors import NotFoundError
from indexer.mail.letter import Mail
from indexer.publish import mails
from indexer.publish.answers import MAX_LONG
from indexer.publish.catalogue_door import Shown
from indexer.publish.checks import Check, check_doubles, check_register, check_words
from indexer.publish.company import NoRegister
from indexer.publish.errors import AlreadyDecidedError, PublicationError
from indexer.publish.publication import ContactRow, Event, Publication, require
from indexer.publish.publications import Publications
from indexer.publish.states import State
from indexer.publish.tables import publications

SHORTEST_REASON: Final = 10


class Decision(StrEnum):
    """What a moderator says."""

    ACCEPT = "accepter"
    CHANGE = "corriger"
    REFUSE = "refuser"


@dataclass(frozen=True, slots=True)
class Moderator:
    """Who decides: the history names them."""

    id: str
    name: str


@dataclass(frozen=True)
class Case:
    """One publication to read. `trusted`: the publisher passes at once."""

    publication: Publication
    checks: tuple[Check, ...]
    contacts: tuple[ContactRow, ...]
    events: tuple[Event, ...]
    trusted: bool


class Moderation:
    """NotFoundError, AlreadyDecidedError, PublicationError, StateError."""

    def __init__(self, publications: Publications) -> None:
        self._all = publications

    def queue(self, limit: int = 100) -> list[Publication]:
        """What waits, the oldest first."""
        waiting = publications.c.state == State.TO_MODERATE
        order = (publications.c.submitted_at, publications.c.id)
        with self._all.database.reading() as connection:
            rows = connection.execute(select(publications).where(waiting).order_by(*order).limit(limit)).all()
        return [self._all.store.build(row) for row in rows]

    def others(self, limit: int = 100) -> list[Publication]:
        """What was decided already, the last changed first; drafts and what waits for a mail are nobody's business."""
        private = [State.DRAFT, State.TO_CONFIRM, State.TO_MODERATE]
        query = select(publications).where(publications.c.state.not_in(private))
        with self._all.database.reading() as connection:
            rows = connection.execute(query.order_by(publications.c.changed_at.desc(), publications.c.id).limit(limit))
            return [self._all.store.build(row) for row in rows]

    def case(self, publication_id: str) -> Case:
        """One publication with its checks. The register is asked again: a company may have closed since."""
        register = self._all.parts.register
        with self._all.database.reading() as connection:
            found = self._found(connection, publication_id)
        company = None if found.siret is None else register.find(found.siret)  # the network: no transaction is open
        is_set = not isinstance(register, NoRegister)
        with self._all.database.reading() as connection:
            doubles = check_doubles(connection, found)
            contacts = tuple(self._all.store.contacts(connection, found.id))
            events = tuple(self._all.store.events(connection, found.id))
            trusted = self._all.trust.holds(connection, found)
        registered = check_register(found.answers, found.siret, company, is_set=is_set)
        return Case(found, (registered, doubles, *check_words(found.answers)), contacts, events, trusted)

    def decide(self, moderator: Moderator, publication_id: str, version: int, decision: Decision, reason: str) -> None:
        """Accepts, asks for a change or refuses what was read at `version`.

        AlreadyDecidedError when another moderator decided, or the text changed, meanwhile: nothing is done twice.
        """
        now = self._all.parts.clock()
        reason = _read_reason(decision, reason)

        def act(connection: Connection) -> Shown:
            before = self._at_version(connection, publication_id, version)
            return _ACTS[decision](self, connection, before, moderator, reason, now)

        self._all.showing.change(publication_id, now, act)

    def _accept(
        self, connection: Connection, before: Publication, moderator: Moderator, _: str, now: datetime
    ) -> Shown:
        content = self._all.read(before.kind, before.answers, before.submitted_at).content
        if content is None:
            raise PublicationError({"motif": "Cette publication n’est plus complète : demandez une correction."})
        shown = self._all.publish(connection, before, content, now, moderator.name, moderator.id)
        self._all.tell(connection, before, f"acceptee-{before.version}", mails.accepted)
        return shown

    def _ask_change(
        self, connection: Connection, before: Publication, moderator: Moderator, reason: str, now: datetime
    ) -> Shown:
        require(before, State.TO_CHANGE)
        self._write(connection, before, moderator, State.TO_CHANGE, reason, now)

        def build(to: str, title: str, url: str) -> Mail:
            return mails.to_change(to, title, reason, url)

        self._all.tell(connection, before, f"corriger-{before.version}", build)
        return Shown()

    def _refuse(
        self, connection: Connection, before: Publication, moderator: Moderator, reason: str, now: datetime
    ) -> Shown:
        """What was shown before goes too."""
        require(before, State.REFUSED)
        self._write(connection, before, moderator, State.REFUSED, reason, now)

        def build(to: str, title: str, _: str) -> Mail:
            return mails.refused(to, title, reason)

        self._all.tell(connection, before, f"refusee-{before.version}", build)
        return self._all.showing.gone(connection, before)

    def _write(
        self,
        connection: Connection,
        before: Publication,
        moderator: Moderator,
        state: State,
        reason: str,
        now: datetime,
    ) -> None:
        gone = {"offer_id": None, "structure_id": None} if state is State.REFUSED else {}
        self._all.store.change(connection, before, now, state=state, reason=reason, **gone)
        what = "refusee" if state is State.REFUSED else "correction-demandee"
        self._all.store.note(connection, before.id, now, moderator.name, what, actor_id=moderator.id, note=reason)

    def trust(self, moderator: Moderator, publication_id: str, *, trusted: bool) -> None:
        """From now on, the publications of this SIRET by these confirmed addresses pass at once; or no longer."""
        now = self._all.parts.clock()
        with self._all.database.writing() as connection:
            found = self._found(connection, publication_id)
            self._all.trust.give(connection, found, moderator.id, now, trusted=trusted)
            what = "confiance-donnee" if trusted else "confiance-retiree"
            self._all.store.note(connection, found.id, now, moderator.name, what, actor_id=moderator.id)

    def _at_version(self, connection: Connection, publication_id: str, version: int) -> Publication:
        found = self._found(connection, publication_id)
        if found.version != version or found.state is not State.TO_MODERATE:
            events = self._all.store.events(connection, publication_id)
            last = f" par {events[-1].who}" if events else ""
            raise AlreadyDecidedError(
                f"Cette publication a changé{last} depuis que vous l’avez ouverte. Votre décision n’a pas été prise : "
                "relisez-la d’abord."
            )
        return found

    def _found(self, connection: Connection, publication_id: str) -> Publication:
        found = self._all.store.find(connection, publication_id)
        if found is None or found.state in (State.DRAFT, State.TO_CONFIRM):
            raise NotFoundError("Cette publication n’existe pas, ou n’a pas été envoyée.")
        return found


_Act = Callable[[Moderation, Connection, Publication, Moderator, str, datetime], Shown]
_ACTS: Final[dict[Decision, _Act]] = {
    Decision.ACCEPT: Moderation._accept,
    Decision.CHANGE: Moderation._ask_change,
    Decision.REFUSE: Moderation._refuse,
}


def _read_reason(decision: Decision, reason: str) -> str:
    """Mandatory but to accept: whoever is refused is told why."""
    reason = reason.strip()
    if decision is not Decision.ACCEPT and not SHORTEST_REASON <= len(reason) <= MAX_LONG:
        raise PublicationError({"motif": "Écrivez en une phrase ce qui ne va pas : la personne le lira."})
    return reason
