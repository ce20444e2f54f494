"""What a new request must be, before anything is written."""

from dataclasses import replace

from indexer.errors import MailError, RequestError
from indexer.mail.letter import check_address, clean
from indexer.relay.attachments import check_attachments
from indexer.relay.contacts import hide_contacts
from indexer.relay.model import MAX_LINE, MAX_TEXT, ContactBy, NewRequest, Words


def checked(new: NewRequest) -> NewRequest:
    """The same, cleaned. RequestError that names the field to mend."""
    if not new.consent:
        raise RequestError("Cochez l'accord de la personne : sans lui, rien ne part.", "accord")
    if new.target.address is None:
        raise RequestError("Cette structure n'a pas de courriel : appelez-la.", None)
    address = _address(new.asker.address)
    return replace(
        new,
        target=replace(new.target, address=check_address(new.target.address)),
        asker=replace(new.asker, address=address),
        words=_checked_words(new.words),
        attachments=check_attachments(new.attachments),
    )


def _checked_words(words: Words) -> Words:
    person, contact = clean(words.person), clean(words.person_contact)
    if not person:
        raise RequestError("Dites de qui il s'agit : des initiales suffisent.", "personne")
    if words.contact_by is ContactBy.PERSON and not contact:
        raise RequestError("Écrivez comment joindre la personne, ou choisissez d'être joint vous-même.", "contact")
    for name, text, most in (
        ("personne", person, MAX_LINE),
        ("contact", contact, MAX_LINE),
        ("disponibilites", words.availability, MAX_LINE),
        ("message", words.message, MAX_TEXT),
    ):
        if len(text) > most:
            raise RequestError(f"Ce texte est trop long : {most} caractères au plus.", name)
    return replace(
        words,
        person=hide_contacts(person),
        person_contact=contact,
        availability=hide_contacts(clean(words.availability)),
        message=hide_contacts(clean(words.message)),
        criteria=tuple(clean(each)[:MAX_LINE] for each in words.criteria[:20]),
    )


def _address(address: str) -> str:
    try:
        return check_address(address)
    except MailError as error:
        raise RequestError(str(error), "courriel") from error
