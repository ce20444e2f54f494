"""What was asked of structures: the list, and one request with its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.relay.model import ContactBy, Content, Request
from indexer.relay.states import State
from ui import urls as portal
from ui.contexts.facts import Link
from ui.espace.navigation import Frame
from ui.relais import urls
from ui.relais.wording import KIND_LABELS, say_event, say_state
from ui.wording import say_count, say_date, say_phone

_TOLD = {
    "envoyee": "Votre demande est partie. La réponse arrivera ici et par courriel.",
    "convient": "La structure est prévenue : la date convient.",
    "retirer": "Votre demande est retirée. La structure est prévenue.",
}
_ERASED = "Demande effacée"


@dataclass(frozen=True, slots=True)
class Line:
    """One request. `open` when an answer is awaited; `trouble` when its mail did not arrive."""

    url: str
    offer: str
    person: str
    structure: str
    state: str
    open: bool
    trouble: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    espace: Frame
    title: str
    description: str
    said: str
    lines: tuple[Line, ...]
    offers_url: str
    alerts_url: str


@dataclass(frozen=True, slots=True)
class OnePage:
    """`agree` and `withdraw` say which buttons are shown; `reply` and `contacts` what the structure said."""

    espace: Frame
    title: str
    description: str
    back: Link
    told: str
    kind: str
    state: str
    offer: Link
    facts: tuple[tuple[str, str], ...]
    message: str
    reply_date: str
    reply: str
    contacts: tuple[tuple[str, str], ...]
    trouble: str
    phone: Link | None
    documents: tuple[str, ...]
    events: tuple[str, ...]
    agree: bool
    withdraw: bool
    action: str


def build_list(frame: Frame, requests: Sequence[Request], now: datetime) -> ListPage:
    return ListPage(
        espace=frame,
        title="Orientations",
        description="Vos demandes aux structures, et leurs réponses.",
        said=_say(requests),
        lines=tuple(_line(request, now) for request in requests),
        offers_url=portal.OFFERS,
        alerts_url=urls.OWN_ALERTS,
    )


def build_one(frame: Frame, request: Request, now: datetime, done: str) -> OnePage:
    content = request.content
    return OnePage(
        espace=frame,
        title=content.target.offer_name if content else _ERASED,
        description="Une demande à une structure.",
        back=Link("Toutes les orientations", urls.ORIENTATIONS),
        told=_TOLD.get(done, ""),
        kind=KIND_LABELS[request.kind],
        state=say_state(request, now),
        offer=Link("Voir l’offre", portal.offer(request.offer_id)),
        facts=() if content is None else _facts(content, request),
        message=content.words.message if content else "",
        reply_date=content.reply.date if content else "",
        reply=content.reply.note if content else "",
        contacts=_contacts(content) if content and request.state is State.ACCEPTED else (),
        trouble=request.trouble if request.is_awaited else "",
        phone=_phone(content) if request.trouble else None,
        documents=tuple(document.name for document in request.attachments),
        events=tuple(say_event(event, now) for event in request.events),
        agree=request.state is State.OTHER_DATE,
        withdraw=request.is_open,
        action=urls.orientation(request.id),
    )


def _say(requests: Sequence[Request]) -> str:
    """« 2 demandes attendent une réponse. 1 date est proposée : regardez-la. »"""
    awaited = sum(request.is_awaited for request in requests)
    proposed = sum(request.state is State.OTHER_DATE for request in requests)
    said = (
        f"{say_count(awaited, 'demande')} en attente d’une réponse."
        if awaited
        else "Aucune demande n’attend de réponse."
    )
    return said + (f" {say_count(proposed, 'date proposée', 'dates proposées')}, à regarder." if proposed else "")


def _line(request: Request, now: datetime) -> Line:
    content = request.content
    return Line(
        url=urls.orientation(request.id),
        offer=request.offer_name or _ERASED,
        person=content.words.person if content else "",
        structure=content.target.structure_name if content else "",
        state=say_state(request, now),
        open=request.is_open,
        trouble=bool(request.trouble) and request.is_awaited,
    )


def _facts(content: Content, request: Request) -> tuple[tuple[str, str], ...]:
    words = content.words
    called = words.person_contact if words.contact_by is ContactBy.PERSON else content.asker.name
    lines = (
        ("Pour", words.person),
        ("Structure", content.target.structure_name),
        ("Disponible", words.availability),
        ("Critères vérifiés", ", ".join(words.criteria)),
        ("À joindre après un oui", called),
        ("Accord de la personne", say_date(request.consent_at.date())),
    )
    return tuple(line for line in lines if line[1])


def _contacts(content: Content) -> tuple[tuple[str, str], ...]:
    target = content.target
    phone = say_phone(target.phone) if target.phone else ""
    return tuple(line for line in (("Téléphone", phone), ("Courriel", target.address or "")) if line[1])


def _phone(content: Content | None) -> Link | None:
    if content is None or content.target.phone is None:
        return None
    return Link(say_phone(content.target.phone), portal.phone(content.target.phone))
