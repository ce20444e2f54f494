"""A publication as it is kept, and its rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from indexer.publish.answers import Answers, dump, load, one_line
from indexer.publish.errors import AlreadyDecidedError, StateError
from indexer.publish.states import LABELS, PublicationKind, State, may_become
from indexer.publish.tables import publication_contacts, publication_events, publications
from indexer.sealing import Sealer


@dataclass(frozen=True)
class Publication:
    """One publication. `reason` is what a moderator last said; `shown` whether the catalogue holds its offer."""

    id: str
    kind: PublicationKind
    state: State
    version: int
    siret: str | None
    answers: Answers
    reason: str
    offer_id: str | None
    structure_id: str | None
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    checked_at: datetime | None
    asked_at: datetime | None
    asked: int
    resume_on: date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One mail address of a publication; confirmed once its owner clicked."""

    id: str
    mail: str
    main: bool
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    who: str
    what: str
    note: str


class Store:
    """Rows to values and back, inside the caller's transactions."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def find(self, connection: Connection, publication_id: str) -> Publication | None:
        row = connection.execute(select_publication(publication_id)).one_or_none()
        return None if row is None else self.build(row)

    def build(self, row: Row[Any]) -> Publication:
        return Publication(
            id=row.id,
            kind=PublicationKind(row.kind),
            state=State(row.state),
            version=row.version,
            siret=row.siret,
            answers=load(self._sealer.unseal(row.answers)),
            reason="" if row.reason is None else self._sealer.unseal(row.reason),
            offer_id=row.offer_id,
            structure_id=row.structure_id,
            created_at=row.created_at,
            changed_at=row.changed_at,
            submitted_at=row.submitted_at,
            published_at=row.published_at,
            checked_at=row.checked_at,
            asked_at=row.asked_at,
            asked=row.asked,
            resume_on=row.resume_on,
        )

    def add(self, connection: Connection, values: dict[str, Any], answers: Answers) -> None:
        connection.execute(insert(publications).values(**values, answers=self._sealer.seal(dump(answers))))

    def change(self, connection: Connection, before: Publication, now: datetime, **values: Any) -> None:
        """Writes columns (`answers` and `reason` in clear) over the version that was read.

        AlreadyDecidedError when somebody else wrote since.
        """
        if "answers" in values:
            values["answers"] = self._sealer.seal(dump(values["answers"]))
        if values.get("reason"):
            values["reason"] = self._sealer.seal(values["reason"])
        same = (publications.c.id == before.id) & (publications.c.version == before.version)
        changed = update(publications).where(same).values(version=before.version + 1, changed_at=now, **values)
        if connection.execute(changed).rowcount != 1:
            raise AlreadyDecidedError("Cette publication vient de changer : rouvrez-la pour voir où elle en est.")

    def note(
        self, connection: Connection, publication_id: str, now: datetime, who: str, what: str, **more: Any
    ) -> None:
        """Adds a line to the history. `more`: `actor_id`, `note`."""
        note = more.get("note") or ""
        values = {"publication_id": publication_id, "at": now, "who": who, "what": what}
        sealed = self._sealer.seal(note) if note else None
        connection.execute(insert(publication_events).values(**values, actor_id=more.get("actor_id"), note=sealed))

    def contacts(self, connection: Connection, publication_id: str) -> list[ContactRow]:
        """The main one first."""
        mine = publication_contacts.c.publication_id == publication_id
        order = (publication_contacts.c.main.desc(), publication_contacts.c.created_at, publication_contacts.c.id)
        rows = connection.execute(select(publication_contacts).where(mine).order_by(*order))
        return [
            ContactRow(row.id, self._sealer.unseal(row.mail), row.main, row.confirmed_at is not None) for row in rows
        ]

    def events(self, connection: Connection, publication_id: str) -> list[Event]:
        """Oldest first."""
        mine = publication_events.c.publication_id == publication_id
        rows = connection.execute(select(publication_events).where(mine).order_by(publication_events.c.id))
        return [
            Event(row.at, row.who, row.what, "" if row.note is None else self._sealer.unseal(row.note)) for row in rows
        ]


def select_publication(publication_id: str) -> Select[Any]:
    return select(publications).where(publications.c.id == publication_id)


def title_of(publication: Publication) -> str:
    """How a mail or a list names it, before anything is checked."""
    if publication.kind is PublicationKind.WORKSHOP:
        return one_line(publication.answers, "titre")[:120] or "Votre atelier"
    name = one_line(publication.answers, "nom")[:100]
    return f"Immersion chez {name}" if name else "Votre immersion"


def require(publication: Publication, wanted: State) -> None:
    if not may_become(publication.state, wanted):
        raise StateError(f"Cette publication est « {LABELS[publication.state].lower()} » : cela n’est plus possible.")
