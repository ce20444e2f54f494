"""The relay: a request goes to a structure by mail, its answer comes back by a link, and neither sees an address first.

One mechanism for the orientation of a person and for an immersion.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import Connection, delete, false, select, true, update

from indexer.accounts.model import Actor
from indexer.catalogue.database import Database
from indexer.catalogue.dialects import take_turns
from indexer.catalogue.work import Clock
from indexer.errors import ExpiredLinkError, MaillageError, NotFoundError, RequestError
from indexer.mail.letter import Mail, clean
from indexer.mail.outbox import Outbox
from indexer.relay import letters
from indexer.relay.asking import person_key, refuse_too_many
from indexer.relay.attachments import Attachment, read_attachment, store_attachments
from indexer.relay.checking import checked
from indexer.relay.hooks import Hooks, NoHooks
from indexer.relay.model import MAX_LINE, MAX_TEXT, Content, NewRequest, Reply, Request, export_request
from indexer.relay.states import OPEN, STATE_OF, Answer, Kind, State
from indexer.relay.store import Store
from indexer.relay.tables import relay_requests
from indexer.relay.working_days import add_working_days
from indexer.sealing import Sealer

TO_CONFIRM_DAYS: Final = timedelta(days=3)

FIRST_REMINDER: Final = 5
"""Working days."""

_log = structlog.get_logger(__name__)

ANSWER, FOLLOW, CONFIRM = "repondre", "suivre", "confirmer"
"""What a link lets do: the structure's, that of who asked, and the one that lets a request leave."""


class Relay:
    """Shared by all threads."""

    def __init__(
        self,
        database: Database,
        sealer: Sealer,
        outbox: Outbox,
        clock: Clock,
        hooks: Mapping[Kind, Hooks] | None = None,
    ) -> None:
        self.database, self.outbox, self.clock = database, outbox, clock
        self._sealer, self._hooks = sealer, hooks or {}
        self.store = Store(sealer, outbox)

    def hooks_of(self, kind: Kind) -> Hooks:
        return self._hooks.get(kind, NoHooks())

    def settled(self, kind: Kind, offer_id: str) -> None:
        """Once a transaction is committed: what cannot follow it at once follows at night, and undoes nothing."""
        try:
            self.hooks_of(kind).settled(offer_id)
        except MaillageError as error:
            _log.warning("suite d'une demande reportée", erreur=type(error).__name__)

    # Asking

    def ask(self, new: NewRequest) -> str:
        """The id of the request, which leaves at once, or once the asker without account has confirmed.

        RequestError, with the field to mend, when it cannot be asked.
        """
        new, now = checked(new), self.clock()
        request_id = secrets.token_urlsafe(9)
        prints = self._sealer.fingerprints("relay", person_key(new))
        with self.database.writing() as connection:
            take_turns(connection, f"relay:{new.target.offer_id}")
            refuse_too_many(self.store, connection, new, prints, now)
            self.hooks_of(new.kind).check(connection, new)
            self._write(connection, request_id, new, prints[0], now)
        self.settled(new.kind, new.target.offer_id)
        return request_id

    def confirm(self, token: str) -> Request:
        """A click on the page of the mail: the request leaves. ExpiredLinkError for a wrong link; again is harmless."""
        with self.database.writing() as connection:
            request, purpose = self._read(connection, token)
            if purpose != CONFIRM:
                raise ExpiredLinkError("Ce lien sert à autre chose.")
            if request.state is State.TO_CONFIRM and request.next_at is not None and request.next_at <= self.clock():
                # Its place of the month is free again since then, even where no upkeep has erased it yet.
                raise ExpiredLinkError("Vous aviez trois jours pour confirmer. Refaites votre demande.")
            if request.state is State.TO_CONFIRM and request.content is not None:
                self._send(connection, request.id, request.kind, request.content, (State.TO_CONFIRM,))
            return self._found(connection, request.id)  # already counted when it was asked

    # Answering

    def open_link(self, token: str) -> tuple[Request, str]:
        """The request of a link and the link's purpose; changes nothing. ExpiredLinkError for any other token."""
        with self.database.reading() as connection:
            return self._read(connection, token)

    def answer(self, token: str, answer: Answer, reply: Reply = Reply()) -> Request:
        """What the structure says. The same answer again changes nothing; another one, once it is final, is refused."""
        with self.database.writing() as connection:
            request, purpose = self._read(connection, token)
            if purpose != ANSWER:
                raise ExpiredLinkError("Ce lien sert à autre chose.")
            state = STATE_OF[answer]
            if request.state is state and state is not State.OTHER_DATE:
                return request
            if not request.is_open or request.content is None:
                raise RequestError("Cette demande n'attend plus de réponse.")
            self._answered(connection, request, request.content, state, _checked_reply(answer, reply))
            answered = self._found(connection, request.id)
        self.settled(answered.kind, answered.offer_id)
        return answered

    def agree(self, actor: Actor | None, key: str) -> Request:
        """Who asked takes the date that the structure proposed. `key` is an id, or without actor a link's token."""
        with self.database.writing() as connection:
            request = self._of_asker(connection, actor, key)
            if request.state is State.OTHER_DATE and request.content is not None:
                self._answered(connection, request, request.content, State.ACCEPTED, request.content.reply)
            return self._found(connection, request.id)

    def close(self, actor: Actor | None, key: str) -> Request:
        """Who asked takes the request back; the structure is told when it had been asked. Again is harmless."""
        now = self.clock()
        with self.database.writing() as connection:
            request = self._of_asker(connection, actor, key)
            closed = {"state": State.CLOSED, "closed_at": now, "next_at": None}
            if self.store.change(connection, request.id, (*OPEN, State.TO_CONFIRM), closed):
                self.store.tell(connection, request.id, "demandeur", State.CLOSED, now)
                if request.content is not None and request.is_open:
                    self._put(connection, letters.letter_of_end(request.content, request.id), request.id, "fin")
                self._changed(connection, request.id)
            closed_now = self._found(connection, request.id)
        self.settled(closed_now.kind, closed_now.offer_id)
        return closed_now

    # Reading

    def of_dossier(self, dossier_id: str) -> list[Request]:
        """Those of one file, newest first: who may see the file is its own affair."""
        with self.database.reading() as connection:
            return self.store.page(connection, relay_requests.c.dossier_id == dossier_id, 200)

    def of_actor(self, actor: Actor, limit: int = 200) -> list[Request]:
        """Those of the actor's organisation, newest first; none for who follows nobody."""
        mine = relay_requests.c.organisation_id == actor.organisation_id if actor.follows_people else false()
        with self.database.reading() as connection:
            return self.store.page(connection, mine & true(), limit)

    def get(self, actor: Actor, request_id: str) -> Request:
        """NotFoundError for who may not see it."""
        with self.database.reading() as connection:
            return self._of_asker(connection, actor, request_id)

    def read_attachment(self, token: str, attachment_id: str) -> tuple[Attachment, bytes]:
        """A document, for who holds the structure's link. ExpiredLinkError or NotFoundError otherwise."""
        with self.database.reading() as connection:
            request, purpose = self._read(connection, token)
            found = read_attachment(connection, self._sealer, request.id, attachment_id)
        if found is None or purpose != ANSWER:
            raise NotFoundError("Ce document n'est plus gardé.")
        return found

    def erase_dossier(self, connection: Connection, dossier_id: str) -> int:
        """Everything about a file that is erased, in its transaction."""
        mine = relay_requests.c.dossier_id == dossier_id
        ids = connection.scalars(select(relay_requests.c.id).where(mine)).all()
        self.outbox.erase_about(connection, [*ids, *map(letters.about_asker, ids)])
        return connection.execute(delete(relay_requests).where(mine)).rowcount

    def export_dossier(self, connection: Connection, dossier_id: str) -> list[dict[str, str]]:
        """The requests of one file, for who asks what is kept of them."""
        mine = relay_requests.c.dossier_id == dossier_id
        return [export_request(request) for request in self.store.page(connection, mine, 1000)]

    def hand_over(self, connection: Connection, dossier_id: str, organisation_id: str) -> int:
        """The requests of a file follow it to another organisation."""
        mine = relay_requests.c.dossier_id == dossier_id
        return connection.execute(update(relay_requests).where(mine).values(organisation_id=organisation_id)).rowcount

    # Inside

    def _write(self, connection: Connection, request_id: str, new: NewRequest, print_: str, now: datetime) -> None:
        alone = new.asker.user_id is None
        content = Content(new.target, new.asker, new.words)
        values: dict[str, Any] = {
            "id": request_id,
            "kind": new.kind,
            "state": State.TO_CONFIRM,
            "offer_id": new.target.offer_id,
            "structure_id": new.target.structure_id,
            "user_id": new.asker.user_id,
            "organisation_id": new.asker.organisation_id,
            "dossier_id": new.dossier_id,
            "fingerprint": print_,
            "consent_at": now,
            "created_at": now,
            "reminders": 0,
            "next_at": now + TO_CONFIRM_DAYS,
        }
        self.store.add(connection, values, content)
        store_attachments(connection, self._sealer, request_id, new.attachments, now)
        if alone:
            url = self._url(connection, request_id, CONFIRM)
            self._put(connection, letters.letter_to_confirm(content, url, request_id), request_id, "confirmer")
        else:
            self._send(connection, request_id, new.kind, content, (State.TO_CONFIRM,))

    def _send(
        self, connection: Connection, request_id: str, kind: Kind, content: Content, expected: tuple[State, ...]
    ) -> None:
        now = self.clock()
        sent = {"state": State.SENT, "sent_at": now, "next_at": add_working_days(now, FIRST_REMINDER)}
        if self.store.change(connection, request_id, expected, sent):
            self.store.tell(connection, request_id, "demandeur", State.SENT, now)
            url = self._url(connection, request_id, ANSWER)
            self._put(connection, letters.letter_to_structure(kind, content, url, request_id), request_id, "demande")
            self._changed(connection, request_id)

    def _answered(self, connection: Connection, request: Request, content: Content, state: State, reply: Reply) -> None:
        now = self.clock()
        told = Content(content.target, content.asker, content.words, reply)
        waits = now + timedelta(days=30) if state is State.OTHER_DATE else None
        values = {"state": state, "content": told, "answered_at": now, "next_at": waits}
        if not self.store.change(connection, request.id, OPEN, values):
            raise RequestError("Cette demande n'attend plus de réponse.")
        by_asker = request.state is State.OTHER_DATE and state is State.ACCEPTED and reply == content.reply
        self.store.tell(connection, request.id, "demandeur" if by_asker else "structure", state, now)
        self.tell_outcome(connection, request, state, told, str(now.timestamp()))
        if state is State.ACCEPTED:
            self._put(connection, letters.letter_of_contacts(told, request.id), request.id, "contacts")
        self._changed(connection, request.id)

    def tell_outcome(self, connection: Connection, request: Request, state: State, content: Content, key: str) -> None:
        """A mail to who asked; other offers go with a no or a silence."""
        others: tuple[letters.Alternative, ...] = ()
        if state in (State.DECLINED, State.UNANSWERED):
            others = self.hooks_of(request.kind).alternatives(connection, request.offer_id)
        url = self.asker_url(connection, request)
        mail = letters.letter_of_outcome(state, content, url, request.id, others)
        self._put(connection, mail, request.id, f"{state}/{key}")

    def asker_url(self, connection: Connection, request: Request) -> str:
        """Where who asked follows it: their workspace, or a link of their own."""
        if request.user_id is not None:
            return self.outbox.absolute(f"/espace/orientations/{request.id}")
        return self._url(connection, request.id, FOLLOW)

    def structure_url(self, connection: Connection, request_id: str) -> str:
        return self._url(connection, request_id, ANSWER)

    def _url(self, connection: Connection, request_id: str, purpose: str) -> str:
        return self.outbox.absolute(f"/demande/{self.store.make_link(connection, request_id, purpose, self.clock())}")

    def _put(self, connection: Connection, mail: Mail, request_id: str, what: str) -> None:
        self.outbox.put(connection, mail, f"demande/{request_id}/{what}")

    def _changed(self, connection: Connection, request_id: str) -> None:
        request = self._found(connection, request_id)
        self.hooks_of(request.kind).changed(connection, request)

    def _read(self, connection: Connection, token: str) -> tuple[Request, str]:
        request_id, purpose = self.store.read_link(connection, token, self.clock())
        return self._found(connection, request_id), purpose

    def _found(self, connection: Connection, request_id: str) -> Request:
        request = self.store.find(connection, request_id)
        if request is None:
            raise NotFoundError("Cette demande n'existe plus.")
        return request

    def _of_asker(self, connection: Connection, actor: Actor | None, key: str) -> Request:
        if actor is None:
            request, purpose = self._read(connection, key)
            if purpose == ANSWER:
                raise ExpiredLinkError("Ce lien sert à autre chose.")
            return request
        request = self._found(connection, key)
        if not actor.follows_people or request.organisation_id != actor.organisation_id:
            raise NotFoundError("Cette demande n'existe pas.")
        return request


def _checked_reply(answer: Answer, reply: Reply) -> Reply:
    told = Reply(clean(reply.note)[:MAX_TEXT], clean(reply.date)[:MAX_LINE])
    if answer is Answer.OTHER_DATE and not told.date:
        raise RequestError("Écrivez la date que vous proposez.", "date")
    return told
