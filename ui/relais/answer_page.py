"""What a link from a mail opens: a structure answers, a person confirms or follows their own request."""

from dataclasses import dataclass
from datetime import datetime

from indexer.errors import RequestError
from indexer.relay.letters import contacts_of
from indexer.relay.model import ContactBy, Content, Request
from indexer.relay.relay import CONFIRM
from indexer.relay.states import State
from ui.contexts.facts import Link
from ui.contexts.report import FieldError
from ui.relais import urls
from ui.relais.wording import KIND_LABELS, say_state
from ui.wording import say_phone

_THANKS = {
    State.ACCEPTED: "Merci. Vous avez accepté. La personne qui demande est prévenue.",
    State.OTHER_DATE: "Merci. Votre date est transmise. Vous pouvez encore accepter ou refuser.",
    State.DECLINED: "Merci d’avoir répondu. La personne qui demande est prévenue.",
    State.UNANSWERED: "Cette demande est close : elle est restée sans réponse.",
    State.CLOSED: "Cette demande a été retirée. Vous n’avez rien à faire.",
}
_TOLD = {
    "confirmer": "Votre demande est partie. La réponse arrivera par courriel.",
    "convient": "La structure est prévenue : la date convient.",
    "retirer": "Votre demande est retirée.",
}


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """`wanted` is the answer that the mail's link named: the page opens there, and answers nothing by itself."""

    title: str
    description: str
    kind: str
    told: str
    facts: tuple[tuple[str, str], ...]
    message: str
    documents: tuple[Link, ...]
    contacts: tuple[tuple[str, str], ...]
    open: bool
    wanted: str
    typed_date: str
    errors: tuple[FieldError, ...]
    action: str


@dataclass(frozen=True, slots=True)
class FollowPage:
    title: str
    description: str
    kind: str
    told: str
    state: str
    reply_date: str
    reply: str
    facts: tuple[tuple[str, str], ...]
    message: str
    contacts: tuple[tuple[str, str], ...]
    confirm: bool
    agree: bool
    withdraw: bool
    action: str


def build_answer(request: Request, token: str, wanted: str, error: RequestError | None, typed_date: str) -> AnswerPage:
    content = request.content
    accepted = request.state is State.ACCEPTED and content is not None
    return AnswerPage(
        title=request.offer_name or "Demande effacée",
        description="Répondre à une demande.",
        kind=f"{KIND_LABELS[request.kind]} : une demande pour vous",
        told=_THANKS.get(request.state, ""),
        facts=_facts(content) if content else (),
        message=content.words.message if content else "",
        documents=tuple(Link(each.name, urls.document(token, each.id)) for each in request.attachments),
        contacts=_present(contacts_of(content)) if accepted and content else (),
        open=request.is_open,
        wanted=wanted,
        typed_date=typed_date,
        errors=() if error is None else (FieldError(error.field or "demande", str(error)),),
        action=urls.request(token),
    )


def build_follow(request: Request, purpose: str, token: str, now: datetime, done: str) -> FollowPage:
    content = request.content
    return FollowPage(
        title=request.offer_name or "Demande effacée",
        description="Suivre votre demande.",
        kind=KIND_LABELS[request.kind],
        told=_TOLD.get(done, ""),
        state=say_state(request, now),
        reply_date=content.reply.date if content else "",
        reply=content.reply.note if content else "",
        facts=_present((("Structure", content.target.structure_name), ("Disponible", content.words.availability)))
        if content
        else (),
        message=content.words.message if content else "",
        contacts=_structure_contacts(content) if content and request.state is State.ACCEPTED else (),
        confirm=purpose == CONFIRM and request.state is State.TO_CONFIRM,
        agree=request.state is State.OTHER_DATE,
        withdraw=request.is_open or request.state is State.TO_CONFIRM,
        action=urls.request(token),
    )


def _facts(content: Content) -> tuple[tuple[str, str], ...]:
    words, asker = content.words, content.asker
    who = f"{asker.name} ({asker.organisation_name})" if asker.organisation_name else asker.name
    called = "La personne elle-même" if words.contact_by is ContactBy.PERSON else "Qui l’accompagne"
    lines = (
        ("De la part de", who),
        ("Pour", words.person),
        ("Disponible", words.availability),
        ("Critères vérifiés", ", ".join(words.criteria)),
        ("À joindre après votre accord", called),
    )
    return _present(lines)


def _structure_contacts(content: Content) -> tuple[tuple[str, str], ...]:
    target = content.target
    return _present(
        (("Téléphone", say_phone(target.phone) if target.phone else ""), ("Courriel", target.address or ""))
    )


def _present(lines: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(line for line in lines if line[1])
