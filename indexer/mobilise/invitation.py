"""What a company is told, by phone or by mail: why, what an immersion is, who answers, and how to be left in peace."""

from dataclasses import dataclass
from typing import Final

from indexer.mail.letter import Button, Facts, Mail, Paragraph, Part, build_body

KIND: Final = "invitation"

FRAME: Final = (
    "Une immersion, c’est quelques jours pour découvrir un métier dans une vraie équipe. La personne garde son statut "
    "et n’est pas payée par vous. Une convention est signée avant le premier jour."
)


@dataclass(frozen=True, slots=True)
class Interlocutor:
    """The one contact for companies of the territory. `phone` as it is read aloud; either may be empty."""

    name: str
    phone: str
    mail: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """`job` is what could be discovered there, in words, "" when the sector says none; `hiring` a whole sentence.

    `site` is who writes: the site's name and its territory.
    """

    company: str
    job: str
    hiring: str
    site: str
    contact: Interlocutor


def build_call(invitation: Invitation) -> tuple[str, ...]:
    """The words to say on the phone, one paragraph a breath."""
    contact = invitation.contact
    return (
        f"Bonjour, je vous appelle pour {invitation.site}. Je suis {contact.name}.",
        f"Près de chez vous, des personnes veulent découvrir {_the_job(invitation)}. {invitation.hiring}".strip(),
        FRAME,
        "Publier prend cinq minutes, sans compte. Vous choisissez combien de demandes vous recevez par mois.",
        "Puis-je vous envoyer le lien par courriel, ou le remplir avec vous maintenant ?",
        "Si vous préférez qu’on ne vous rappelle pas, dites-le : je le note tout de suite.",
    )


def build_mail(invitation: Invitation, to: str, publish_url: str, stop_url: str) -> Mail:
    """MailError for an address that is none."""
    contact = invitation.contact
    parts: list[Part] = [
        Paragraph("Bonjour,"),
        Paragraph(
            f"Près de {invitation.company}, des personnes veulent découvrir {_the_job(invitation)}. "
            "Pourriez-vous en accueillir une quelques jours ?"
        ),
    ]
    if invitation.hiring:
        parts.append(Paragraph(invitation.hiring))
    parts += [
        Paragraph(FRAME),
        Button("Proposer une immersion en cinq minutes", publish_url),
        Facts((("Une question", contact.name), ("Téléphone", contact.phone), ("Courriel", contact.mail))),
        Paragraph(
            f"Vous recevez ce courriel parce que votre entreprise est sur la liste de {invitation.site}. "
            "Un clic suffit pour ne plus en recevoir ; votre adresse et votre téléphone sont alors effacés."
        ),
        Button("Ne plus me solliciter", stop_url),
    ]
    body = build_body(parts)
    subject = f"Faire découvrir un métier à {invitation.company}"
    return Mail(to=to, subject=subject, text=body.text, html=body.html, kind=KIND, stop_url=stop_url)


def _the_job(invitation: Invitation) -> str:
    return f"le métier « {invitation.job} »" if invitation.job else "un métier comme le vôtre"
