"""What a publisher does, without an account: begin, save, send, confirm, then manage by the link of any mail."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, update

from indexer.catalogue.database import Database
from indexer.catalogue.stored import StoredOffer
from indexer.errors import ExpiredLinkError
from indexer.mail.letter import Mail
from indexer.publish import mails, paths
from indexer.publish.answers import Answers
from indexer.publish.catalogue_door import Shown
from indexer.publish.errors import PublicationError, StateError
from indexer.publish.limits import check_mail, check_sender
from indexer.publish.links import Link, Purpose, make_link, read_link, revoke_links, use_link
from indexer.publish.offer import FLUX, LICENCE, build_records, offer_id_of, structure_id_of
from indexer.publish.parts import Parts
from indexer.publish.publication import ContactRow, Publication, Store, require, title_of
from indexer.publish.reading import Content, Reading, Step, merge_step, read_publication
from indexer.publish.showing import Showing
from indexer.publish.states import EDITABLE, LABELS, PublicationKind, State
from indexer.publish.tables import publication_contacts
from indexer.publish.trust import Trust
from indexer.publish.who import complete_from_register
from indexer.schema import Provenance, Statut

PUBLISHER: Final = "La personne qui publie"
"""How the history names who holds the link."""


class Publications:
    """Shared by all threads. Raises PublicationError, StateError, TooManyError, ExpiredLinkError, CatalogueError."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.store = Store(parts.sealer)
        self.trust = Trust(self.store, self.hashes)
        self.showing = Showing(parts.catalogue, parts.live, parts.communes)

    @property
    def database(self) -> Database:
        return self.parts.catalogue.database

    # Writing

    def start(self, kind: PublicationKind, sender: str) -> str:
        """The token of a new draft. `sender` is whom the limit counts: an address, kept as a keyed hash for two days.

        TooManyError beyond the limit.
        """
        now = self.parts.clock()
        hashed = self.parts.sealer.fingerprints("sender", sender)[0]
        publication_id = secrets.token_urlsafe(9)
        values = {"id": publication_id, "kind": kind, "state": State.DRAFT, "version": 1, "sender": hashed, "asked": 0}
        with self.database.writing() as connection:
            check_sender(connection, hashed, now)
            self.store.add(connection, {**values, "created_at": now, "changed_at": now}, {})
            return make_link(connection, publication_id, Purpose.DRAFT, now)

    def open(self, token: str) -> Publication:
        """The publication of a link that lets write: a draft's, or the one that manages. ExpiredLinkError otherwise."""
        with self.database.reading() as connection:
            return self._open(connection, token)[1]

    def save(self, token: str, step: Step, sent: Mapping[str, Iterable[str]]) -> tuple[Publication, Reading]:
        """Keeps what a step sent, right or wrong, and says what of it must be mended."""
        with self.database.reading() as connection:
            _, before = self._open(connection, token)
        if before.state not in EDITABLE:
            raise StateError(f"Cette publication est « {LABELS[before.state].lower()} » : elle ne change plus.")
        answers = dict(merge_step(before.answers, before.kind, step, sent))
        wrong: Mapping[str, str] = {}
        if step is Step.WHO:
            answers, wrong = complete_from_register(answers, self.parts.register)  # the network: no lock is held
        now = self.parts.clock()
        with self.database.writing() as connection:
            self.store.change(connection, before, now, answers=answers)
        reading = self.read(before.kind, answers)
        errors = {**reading.errors, **({step: {**reading.errors.get(step, {}), **wrong}} if wrong else {})}
        after = replace(before, answers=answers, version=before.version + 1, changed_at=now)
        return after, Reading(None if wrong else reading.content, errors)

    def read(self, kind: PublicationKind, answers: Answers, now: datetime | None = None) -> Reading:
        return read_publication(kind, answers, self.parts.communes, now or self.parts.clock())

    def start_whole(self, kind: PublicationKind, sender: str, sent: Mapping[str, Iterable[str]]) -> Publication:
        """A publication that is written at once, by a program: all its steps, then what `submit` does."""
        token = self.start(kind, sender)
        for step in Step:
            self.save(token, step, sent)
        return self.submit(token)

    def submit(self, token: str) -> Publication:
        """Sends what was written: a draft to its confirmation by mail, a change to moderation.

        PublicationError with what is still to mend.
        """
        with self.database.reading() as connection:
            link, publication = self._open(connection, token)
        content = self._complete(publication)
        if link.purpose is Purpose.MANAGE:
            return self._send_change(link, publication, content)
        return self._ask_to_confirm(publication, content)

    def _complete(self, publication: Publication) -> Content:
        reading = self.read(publication.kind, publication.answers)
        if reading.content is None or reading.errors:
            raise PublicationError(reading.all_errors)
        return reading.content

    def _ask_to_confirm(self, before: Publication, content: Content) -> Publication:
        require(before, State.TO_CONFIRM)
        now, to = self.parts.clock(), content.contact.courriel
        hashes = self.hashes(to)
        with self.database.writing() as connection:
            check_mail(connection, hashes, now, before.id)
            contact = self._set_main(connection, before.id, to, hashes[0], now)
            siret = content.who.siret
            self.store.change(connection, before, now, state=State.TO_CONFIRM, siret=siret, submitted_at=now)
            revoke_links(connection, before.id, Purpose.CONFIRM)
            token = make_link(connection, before.id, Purpose.CONFIRM, now, contact_id=contact)
            self.store.note(connection, before.id, now, PUBLISHER, "envoyee")
            url = self.url(paths.CONFIRM, token)
            self.put(connection, mails.to_confirm(to, title_of(before), url), before.id, f"confirmer-{before.version}")
            return self.again(connection, before)

    def _set_main(self, connection: Connection, publication_id: str, mail: str, hashed: str, now: datetime) -> str:
        """The main contact's row, written anew: a draft's address may have been mistyped."""
        mine = publication_contacts.c.publication_id == publication_id
        connection.execute(publication_contacts.delete().where(mine, publication_contacts.c.main))
        return self.add_contact_row(connection, publication_id, mail, hashed, now, main=True)

    def add_contact_row(
        self, connection: Connection, publication_id: str, mail: str, hashed: str, now: datetime, *, main: bool
    ) -> str:
        """The id of a new contact, to be confirmed."""
        contact_id = secrets.token_urlsafe(9)
        values = {"id": contact_id, "publication_id": publication_id, "mail_hash": hashed, "main": main}
        sealed = self.parts.sealer.seal(mail)
        connection.execute(insert(publication_contacts).values(**values, mail=sealed, created_at=now))
        return contact_id

    # Confirming

    def peek(self, token: str, *purposes: Purpose) -> Publication:
        """What a link is about, without using it: mail programs open links by themselves. Or ExpiredLinkError."""
        with self.database.reading() as connection:
            link = read_link(connection, token, self.parts.clock(), *purposes)
            return self._found(connection, link)

    def confirm(self, token: str) -> tuple[Publication, str]:
        """The address is the publisher's: on to moderation, or online at once for a trusted publisher.

        Gives the token that manages. ExpiredLinkError for a link used, altered, expired.
        """
        now = self.parts.clock()
        made: list[tuple[Publication, str]] = []
        publication = self.peek(token, Purpose.CONFIRM)

        def act(connection: Connection) -> Shown:
            link = read_link(connection, token, now, Purpose.CONFIRM)
            before = self._found(connection, link)
            use_link(connection, link, now)
            self._mark_confirmed(connection, link, now)
            shown = self._forward(connection, before, self._complete_as_sent(before), now)
            revoke_links(connection, before.id, Purpose.DRAFT)
            after = self.again(connection, before)
            made.append((after, self.new_manage_link(connection, before.id, link.contact_id, now)))
            self._tell_confirmed(connection, after, made[0][1])
            return shown

        self.showing.change(publication.id, now, act)
        return made[0]

    def _mark_confirmed(self, connection: Connection, link: Link, now: datetime) -> None:
        mine = publication_contacts.c.id == link.contact_id
        connection.execute(update(publication_contacts).where(mine).values(confirmed_at=now))

    def _tell_confirmed(self, connection: Connection, publication: Publication, token: str) -> None:
        at_once, url = publication.state is State.PUBLISHED, self.url(paths.MANAGE, token)
        for contact in self.store.contacts(connection, publication.id)[:1]:
            mail = mails.received(contact.mail, title_of(publication), url, at_once=at_once)
            self.put(connection, mail, publication.id, f"confirmee-{publication.version}")

    def _complete_as_sent(self, publication: Publication) -> Content:
        """As it was when it was sent: a session may have passed since."""
        reading = self.read(publication.kind, publication.answers, publication.submitted_at)
        if reading.content is None:
            raise PublicationError(reading.all_errors)
        return reading.content

    def _send_change(self, link: Link, before: Publication, content: Content) -> Publication:
        """A change made with the managing link: what is shown stays as it is until a moderator accepts."""
        now = self.parts.clock()

        def act(connection: Connection) -> Shown:
            self.store.change(connection, before, now, siret=content.who.siret, submitted_at=now)
            self.store.note(connection, before.id, now, PUBLISHER, "modifiee")
            return self._forward(connection, self.again(connection, before), content, now)

        self.showing.change(link.publication_id, now, act)
        with self.database.reading() as connection:
            return self.again(connection, before)

    def _forward(self, connection: Connection, before: Publication, content: Content, now: datetime) -> Shown:
        """Online at once for a trusted publisher, else to moderation."""
        if self.trust.holds(connection, before):
            return self.publish(connection, before, content, now, who="Passe de confiance")
        require(before, State.TO_MODERATE)
        self.store.change(connection, before, now, state=State.TO_MODERATE, resume_on=None)
        return Shown()

    def publish(
        self, connection: Connection, before: Publication, content: Content, now: datetime, who: str, actor_id: str = ""
    ) -> Shown:
        """Accepts: an offer of the catalogue. Inside `showing.change`."""
        require(before, State.PUBLISHED)
        values = {
            "state": State.PUBLISHED,
            "published_at": before.published_at or now,
            "checked_at": now,
            "offer_id": offer_id_of(before.id),
            "structure_id": structure_id_of(before.id, content.who.siret),
        }
        cleared = {"asked": 0, "asked_at": None, "resume_on": None, "reason": None}
        self.store.change(connection, before, now, **values, **cleared)
        self.store.note(connection, before.id, now, who, "acceptee", actor_id=actor_id or None)
        return self.showing.shown(connection, before, content, now)

    # What others use

    def preview(self, publication: Publication, content: Content) -> StoredOffer:
        """The offer that would be made now; nothing is written."""
        now = self.parts.clock()
        structure, offer = build_records(publication.id, content, self.parts.communes, now)
        provenance = Provenance(flux=FLUX, source=FLUX, licence=LICENCE, recupere_le=now, hash_contenu="")
        return StoredOffer(offer, Statut.PUBLIEE, provenance, structure, now, now, None)

    def hashes(self, mail: str) -> tuple[str, ...]:
        return self.parts.sealer.fingerprints("mail", mail.casefold())

    def new_manage_link(
        self, connection: Connection, publication_id: str, contact_id: str | None, now: datetime
    ) -> str:
        return make_link(connection, publication_id, Purpose.MANAGE, now, contact_id=contact_id)

    def contacts(self, publication_id: str) -> list[ContactRow]:
        with self.database.reading() as connection:
            return self.store.contacts(connection, publication_id)

    def url(self, path: str, token: str) -> str:
        return self.parts.outbox.absolute(paths.with_token(path, token))

    def tell(
        self, connection: Connection, publication: Publication, key: str, build: Callable[[str, str, str], Mail]
    ) -> None:
        """A mail to each confirmed contact: `build(address, title, url)`, with a managing link of their own."""
        now = self.parts.clock()
        for contact in self.store.contacts(connection, publication.id):
            if contact.confirmed:
                token = self.new_manage_link(connection, publication.id, contact.id, now)
                mail = build(contact.mail, title_of(publication), self.url(paths.MANAGE, token))
                self.put(connection, mail, publication.id, f"{key}-{contact.id}")

    def put(self, connection: Connection, mail: Mail, publication_id: str, key: str) -> None:
        self.parts.outbox.put(connection, mail, f"publication:{publication_id}:{key}")

    def open_link(self, connection: Connection, token: str) -> tuple[Link, Publication]:
        return self._open(connection, token)

    def _open(self, connection: Connection, token: str) -> tuple[Link, Publication]:
        link = read_link(connection, token, self.parts.clock(), Purpose.DRAFT, Purpose.MANAGE)
        return link, self._found(connection, link)

    def _found(self, connection: Connection, link: Link) -> Publication:
        found = self.store.find(connection, link.publication_id)
        if found is None:
            raise ExpiredLinkError("Cette publication n’existe plus.")
        return found

    def again(self, connection: Connection, before: Publication) -> Publication:
        found = self.store.find(connection, before.id)
        assert found is not None  # same transaction, or a row that nothing deletes meanwhile
        return found
