"""Plans, for professionals: each verb first asks whether the dossier is theirs to open."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from indexer.accounts import Actor
from indexer.catalogue.work import Clock
from indexer.dossiers.store import Dossiers
from indexer.plans import links, looks
from indexer.plans.book import Book
from indexer.plans.export import export_plan
from indexer.plans.follow import Followed, read_followed
from indexer.plans.links import LinkState
from indexer.plans.meetings import add_meeting, build_reminders, drop_meeting, finish_meeting, read_meeting
from indexer.plans.model import Author, Basis, Change, Fields, Line, Meeting, Plan
from indexer.plans.person import PersonPlans
from indexer.plans.sealed import Sealing


class Plans:
    """Safe to share between threads. NotFound from every verb for a dossier that the actor may not open."""

    def __init__(self, dossiers: Dossiers, sealer: Sealing, clock: Clock) -> None:
        self._dossiers = dossiers
        self._book = Book(dossiers.database, sealer, clock, dossiers.touch)
        self.person = PersonPlans(self._book)

    def of(self, actor: Actor, dossier_id: str) -> Plan:
        """Empty as long as nothing was put in it."""
        self._dossiers.get(actor, dossier_id)
        return self._book.read(dossier_id)

    def history(self, actor: Actor, dossier_id: str, limit: int = 500) -> list[Change]:
        """The latest first."""
        self._check(actor, dossier_id)
        return self._book.history(dossier_id, limit)

    def add(self, actor: Actor, dossier_id: str, items: Sequence[Fields], basis: Basis | None = None) -> list[Line]:
        """The lines added, see `Book.add`."""
        return self._book.add(dossier_id, self._author(actor, dossier_id), items, basis)

    def change(self, actor: Actor, dossier_id: str, line_id: str, version: int, wanted: Fields) -> Line:
        """`version` is that of the line when it was read. StaleLine, LineGone, PlanError."""
        return self._book.change(dossier_id, self._author(actor, dossier_id), line_id, version, wanted)

    def fields_at(self, actor: Actor, dossier_id: str, line_id: str, version: int) -> Fields:
        """The fields of a line as they were in the version that was read. LineGone."""
        self._check(actor, dossier_id)
        return self._book.fields_at(dossier_id, line_id, version)

    def remove(self, actor: Actor, dossier_id: str, line_id: str, version: int) -> None:
        """StaleLine when the line was changed since `version`."""
        self._book.remove(dossier_id, self._author(actor, dossier_id), line_id, version)

    def move(self, actor: Actor, dossier_id: str, line_id: str, places: int) -> None:
        """Towards the end, or the beginning when `places` is below 0."""
        self._book.move(dossier_id, self._author(actor, dossier_id), line_id, places)

    # The person's link

    def make_link(self, actor: Actor, dossier_id: str) -> str:
        """The token of a new link, told this once; any other stops to work. It lives 90 days."""
        author = self._author(actor, dossier_id)
        with self._book.writing(dossier_id) as connection:
            self._book.tell_in(connection, dossier_id, author, "lien", "a fait un lien pour la personne")
            return links.make_link(connection, dossier_id, self._book.clock())

    def revoke_link(self, actor: Actor, dossier_id: str) -> None:
        author = self._author(actor, dossier_id)
        with self._book.writing(dossier_id) as connection:
            if links.drop_link(connection, dossier_id):
                self._book.tell_in(connection, dossier_id, author, "lien", "a arrêté le lien de la personne")

    def link_of(self, actor: Actor, dossier_id: str) -> LinkState | None:
        """None when no link works."""
        self._check(actor, dossier_id)
        with self._book.database.reading() as connection:
            return links.read_link(connection, dossier_id, self._book.clock())

    # Follow-up

    def add_meeting(self, actor: Actor, dossier_id: str, meeting: Meeting) -> None:
        """An appointment to come, or a review that took place."""
        author = self._author(actor, dossier_id)
        with self._book.writing(dossier_id) as connection:
            add_meeting(connection, self._book.sealer, dossier_id, meeting)
            self._book.tell_in(connection, dossier_id, author, meeting.kind, meeting.objet)

    def finish_meeting(self, actor: Actor, dossier_id: str, meeting_id: str, note: str) -> None:
        """It took place, or was dealt with. PlanError for one that is gone."""
        author = self._author(actor, dossier_id)
        with self._book.writing(dossier_id) as connection:
            meeting = read_meeting(connection, self._book.sealer, dossier_id, meeting_id)
            finish_meeting(connection, self._book.sealer, meeting, note)
            self._book.tell_in(connection, dossier_id, author, "point", meeting.objet)

    def drop_meeting(self, actor: Actor, dossier_id: str, meeting_id: str) -> None:
        """PlanError for one that is gone."""
        author = self._author(actor, dossier_id)
        with self._book.writing(dossier_id) as connection:
            meeting = read_meeting(connection, self._book.sealer, dossier_id, meeting_id)
            drop_meeting(connection, meeting.id)
            self._book.tell_in(connection, dossier_id, author, "annulation", meeting.objet)

    def found_job(self, actor: Actor, dossier_id: str, since: datetime) -> None:
        """Writes down that a job was found, and reminds one, three and six months after `since`.

        Said twice, the reminders of the first time that are still to come give way.
        """
        author = self._author(actor, dossier_id)
        with self._book.writing(dossier_id) as connection:
            sealer = self._book.sealer
            for meeting in self._book.read_in(connection, dossier_id).meetings:
                if meeting.kind == "rappel" and not meeting.done:
                    drop_meeting(connection, meeting.id)
            for reminder in build_reminders(since):
                add_meeting(connection, sealer, dossier_id, reminder)
            self._book.tell_in(connection, dossier_id, author, "emploi", "Emploi trouvé")

    def export_dossier(self, connection: Connection, dossier_id: str) -> list[dict[str, Any]]:
        """All that is kept of a plan, ready for JSON: for the export of its dossier, whose reader was checked."""
        return export_plan(self._book, connection, dossier_id)

    def followed(self, dossier_ids: Iterable[str]) -> dict[str, Followed]:
        """What is late and what comes, by dossier, for dossiers that were just listed for the actor."""
        with self._book.database.reading() as connection:
            return read_followed(connection, list(dossier_ids), self._book.clock())

    def last_look(self, actor: Actor, dossier_id: str) -> datetime | None:
        """When the actor last looked at what is new; None for never."""
        self._check(actor, dossier_id)
        with self._book.database.reading() as connection:
            return looks.read_look(connection, dossier_id, actor.user_id)

    def look(self, actor: Actor, dossier_id: str) -> None:
        """Says that the actor looks now."""
        self._check(actor, dossier_id)
        with self._book.database.writing() as connection:
            looks.write_look(connection, dossier_id, actor.user_id, self._book.clock())

    def _author(self, actor: Actor, dossier_id: str) -> Author:
        self._check(actor, dossier_id)
        return Author("pro", actor.name, actor.user_id)

    def _check(self, actor: Actor, dossier_id: str) -> None:
        """The log of accesses is for those who read: a change tells its own author in the history."""
        with self._book.database.reading() as connection:
            self._dossiers.read(connection, actor, dossier_id)
