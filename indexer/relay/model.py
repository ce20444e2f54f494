"""A request, as it is asked and as it is kept."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import orjson

from indexer.relay.attachments import Attachment, NewAttachment
from indexer.relay.states import AWAITED, LABELS, OPEN, Kind, State

MAX_TEXT: Final = 2000
MAX_LINE: Final = 200


class ContactBy(StrEnum):
    """Whom the structure calls once it said yes."""

    REFERENT = "referent"
    PERSON = "personne"


@dataclass(frozen=True, slots=True)
class Target:
    """The offer and who holds it, as they were on the day. Without an address no mail can go."""

    offer_id: str
    offer_name: str
    structure_id: str | None
    structure_name: str
    address: str | None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. A person on their own has neither user nor organisation, and confirms by mail first."""

    name: str
    address: str
    user_id: str | None = None
    organisation_id: str | None = None
    organisation_name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the form says. `person` is a name, or initials; `person_contact` is shown after a yes only."""

    person: str
    contact_by: ContactBy = ContactBy.REFERENT
    person_contact: str = ""
    availability: str = ""
    message: str = ""
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewRequest:
    """`consent`: the person agreed, today. `person_key` tells the same person again; the words' `person` by default."""

    kind: Kind
    target: Target
    asker: Asker
    words: Words
    consent: bool
    dossier_id: str | None = None
    person_key: str = ""
    attachments: tuple[NewAttachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the structure said, in its words; `date` is what it proposes."""

    note: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """The sealed part of a request."""

    target: Target
    asker: Asker
    words: Words
    reply: Reply = field(default_factory=Reply)

    def dump(self) -> str:
        return orjson.dumps(asdict(self)).decode()


def load_content(text: str) -> Content:
    told: dict[str, Any] = orjson.loads(text)
    words = told["words"]
    return Content(
        target=Target(**told["target"]),
        asker=Asker(**told["asker"]),
        words=Words(**words | {"contact_by": ContactBy(words["contact_by"]), "criteria": tuple(words["criteria"])}),
        reply=Reply(**told["reply"]),
    )


@dataclass(frozen=True, slots=True)
class Event:
    """`actor`: demandeur, structure or maillage. `what`: a state, or `rappel`, `courriel-refuse`."""

    at: datetime
    actor: str
    what: str


@dataclass(frozen=True, slots=True)
class Request:
    """`content` is None once its words are erased. `trouble` is why its mail could not be delivered, else empty."""

    id: str
    kind: Kind
    state: State
    offer_id: str
    structure_id: str | None
    user_id: str | None
    organisation_id: str | None
    dossier_id: str | None
    consent_at: datetime
    created_at: datetime
    sent_at: datetime | None
    reminders: int
    next_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    content: Content | None
    trouble: str = ""
    events: tuple[Event, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_awaited(self) -> bool:
        return self.state in AWAITED

    @property
    def offer_name(self) -> str:
        return self.content.target.offer_name if self.content else ""


def export_request(request: Request) -> dict[str, str]:
    """French names to what is kept, erased words left out."""
    told = {"envoyée le": f"{request.created_at:%d/%m/%Y}", "état": LABELS[request.state], "offre": request.offer_id}
    if request.content is None:
        return told
    words, reply = request.content.words, request.content.reply
    more = {
        "structure": request.content.target.structure_name,
        "personne": words.person,
        "contact": words.person_contact,
        "disponibilités": words.availability,
        "message": words.message,
        "critères": ", ".join(words.criteria),
        "réponse": reply.note,
        "date proposée": reply.date,
    }
    return told | {name: value for name, value in more.items() if value}
