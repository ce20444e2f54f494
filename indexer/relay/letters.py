"""The mails of a request. Until the structure says yes, none holds a way to reach the other side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.mail.letter import Button, Facts, Mail, Paragraph, Part, Quote, build_body
from indexer.relay.model import ContactBy, Content
from indexer.relay.states import Kind, State


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another offer that could do."""

    label: str
    url: str


_WHAT = {Kind.ORIENTATION: "une demande d'orientation", Kind.IMMERSION: "une demande d'immersion"}


def letter_to_structure(kind: Kind, content: Content, url: str, request_id: str, reminder: int = 0) -> Mail:
    """What is asked, and three ways to answer, which all lead to a page: opening a link answers nothing."""
    target, words = content.target, content.words
    opening = f"{_who(content)} vous adresse {_WHAT[kind]} pour « {target.offer_name} »."
    if reminder:
        opening = f"Vous avez reçu {_WHAT[kind]} pour « {target.offer_name} » ; elle attend votre réponse."
    parts: list[Part] = [Paragraph("Bonjour,"), Paragraph(opening), Facts(_facts(content))]
    if words.message:
        parts.append(Quote(words.message))
    parts += [
        Button("Accepter", f"{url}?reponse=accepter"),
        Button("Proposer une autre date", f"{url}?reponse=autre-date"),
        Button("Dire que ce n'est pas possible", f"{url}?reponse=decliner"),
        Paragraph("Si vous acceptez, vous recevrez de quoi joindre la personne. Ce lien est pour vous seul."),
    ]
    subject = f"{'Rappel : ' if reminder else ''}Une demande pour « {target.offer_name} »"
    return _to_structure(content, subject, parts, f"{kind}-demande", request_id)


def letter_to_confirm(content: Content, url: str, request_id: str) -> Mail:
    """To a person on their own: nothing leaves before they click."""
    parts: list[Part] = [
        Paragraph("Bonjour,"),
        Paragraph(
            f"Vous avez écrit une demande pour « {content.target.offer_name} », {content.target.structure_name}."
        ),
        Paragraph("Confirmez pour qu'elle parte. Si ce n'est pas vous, ne faites rien : elle sera effacée."),
        Button("Confirmer ma demande", url),
    ]
    return _to_asker(content, "Confirmez votre demande", parts, "demande-confirmation", request_id)


def letter_of_outcome(
    state: State, content: Content, url: str, request_id: str, alternatives: Sequence[Alternative] = ()
) -> Mail:
    """To whoever asked: what became of it. After a yes, whom to call."""
    target, reply = content.target, content.reply
    told, subject = _outcome(state, content)
    parts: list[Part] = [Paragraph("Bonjour,"), Paragraph(told)]
    if reply.date:
        parts.append(Facts((("Date proposée", reply.date),)))
    if reply.note:
        parts.append(Quote(reply.note))
    if state is State.ACCEPTED:
        known = (
            ("Structure", target.structure_name),
            ("Téléphone", target.phone or ""),
            ("Courriel", target.address or ""),
        )
        parts.append(Facts(known))
    parts += [Button(other.label, other.url) for other in alternatives]
    parts.append(Button("Voir cette demande", url))
    return _to_asker(content, subject, parts, f"demande-{state}", request_id)


def letter_of_contacts(content: Content, request_id: str) -> Mail:
    """To the structure that said yes: whom it calls."""
    parts: list[Part] = [
        Paragraph("Bonjour,"),
        Paragraph(f"Merci d'avoir accepté la demande pour « {content.target.offer_name} »."),
        Facts(contacts_of(content)),
    ]
    return _to_structure(content, "Qui joindre après votre accord", parts, "demande-contact", request_id)


def letter_of_end(content: Content, request_id: str) -> Mail:
    """To the structure: the one who asked took the request back."""
    parts: list[Part] = [
        Paragraph("Bonjour,"),
        Paragraph(f"La demande pour « {content.target.offer_name} » n'a plus d'objet. Vous n'avez rien à faire."),
    ]
    return _to_structure(content, "Demande retirée", parts, "demande-close", request_id)


def letter_of_trouble(content: Content, reason: str, url: str, request_id: str) -> Mail:
    """To whoever asked: the structure's address does not work."""
    target = content.target
    parts: list[Part] = [
        Paragraph("Bonjour,"),
        Paragraph(f"Votre demande pour « {target.offer_name} » n'a pas pu être remise à {target.structure_name}."),
        Facts((("Pourquoi", reason), ("Téléphone", target.phone or ""))),
        Paragraph("Appelez la structure." if target.phone else "Choisissez une autre offre."),
        Button("Voir cette demande", url),
    ]
    return _to_asker(content, "Votre demande n'est pas arrivée", parts, "demande-non-remise", request_id)


def contacts_of(content: Content) -> tuple[tuple[str, str], ...]:
    """Whom a structure joins once it said yes, as the form wished."""
    asker, words = content.asker, content.words
    if words.contact_by is ContactBy.PERSON and words.person_contact:
        followed = _who(content) if asker.user_id is not None else ""
        return (("Personne", words.person), ("Contact", words.person_contact), ("Suivie par", followed))
    return (
        ("Pour", words.person),
        ("À joindre", _who(content)),
        ("Courriel", asker.address),
        ("Téléphone", asker.phone),
    )


def _outcome(state: State, content: Content) -> tuple[str, str]:
    offer, structure = content.target.offer_name, content.target.structure_name
    match state:
        case State.ACCEPTED:
            return f"{structure} accepte votre demande pour « {offer} ».", "Votre demande est acceptée"
        case State.OTHER_DATE:
            return f"{structure} propose une autre date pour « {offer} ».", "Une autre date est proposée"
        case State.DECLINED:
            return (
                f"{structure} ne peut pas répondre oui à votre demande pour « {offer} ».",
                "Votre demande est refusée",
            )
        case State.UNANSWERED:
            told = f"{structure} n'a pas répondu à votre demande pour « {offer} » depuis 30 jours. Nous la fermons."
            return told, "Votre demande est restée sans réponse"
        case _:
            return f"Votre demande pour « {offer} » est close.", "Votre demande est close"


def letter_of_silence(content: Content, url: str, request_id: str, alternatives: Sequence[Alternative] = ()) -> Mail:
    """To whoever asked: no answer yet, a reminder leaves, and what else could be done."""
    offer, structure = content.target.offer_name, content.target.structure_name
    parts: list[Part] = [
        Paragraph("Bonjour,"),
        Paragraph(f"{structure} n'a pas encore répondu à votre demande pour « {offer} ». Nous l'avons relancée."),
        *(Button(other.label, other.url) for other in alternatives),
        Button("Voir cette demande", url),
    ]
    return _to_asker(content, "Pas encore de réponse à votre demande", parts, "demande-relance", request_id)


def _facts(content: Content) -> tuple[tuple[str, str], ...]:
    words = content.words
    caller = "la personne elle-même" if words.contact_by is ContactBy.PERSON else "la personne qui l'accompagne"
    return (
        ("Pour", words.person),
        ("Disponible", words.availability),
        ("Critères vérifiés", _list(words.criteria)),
        ("À joindre", caller),
    )


def _list(values: Iterable[str]) -> str:
    return ", ".join(values)


def _who(content: Content) -> str:
    asker = content.asker
    return f"{asker.name} ({asker.organisation_name})" if asker.organisation_name else asker.name


def about_asker(request_id: str) -> str:
    """What mails to who asked are about: a refusal of theirs says nothing of the structure's address."""
    return f"{request_id}:demandeur"


def _to_structure(content: Content, subject: str, parts: Iterable[Part], kind: str, request_id: str) -> Mail:
    body = build_body(parts)
    return Mail(content.target.address or "", subject, body.text, body.html, kind, about=request_id)


def _to_asker(content: Content, subject: str, parts: Iterable[Part], kind: str, request_id: str) -> Mail:
    body = build_body(parts)
    return Mail(content.asker.address, subject, body.text, body.html, kind, about=about_asker(request_id))
