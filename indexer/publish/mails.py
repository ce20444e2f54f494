"""The mails of publications, in plain French. Each brings a link, never an address of somebody else."""

from typing import Final

from indexer.mail.letter import Button, Mail, Paragraph, Part, Quote, build_body

KIND: Final = "publication"

_IGNORE: Final = "Si vous n’avez rien demandé, ne faites rien : rien ne sera publié et votre adresse sera effacée."


def to_confirm(to: str, title: str, url: str) -> Mail:
    return _mail(
        to,
        "Confirmez votre publication",
        Paragraph("Bonjour,"),
        Paragraph(f"Vous venez d’écrire une publication : « {title} »."),
        Paragraph(
            "Il reste un clic : confirmez que cette adresse est la vôtre. Le lien sert une fois, pendant 3 jours."
        ),
        Button("Confirmer ma publication", url),
        Paragraph(_IGNORE),
    )


def received(to: str, title: str, url: str, *, at_once: bool) -> Mail:
    """After the confirmation: the link by which all is managed."""
    then = (
        "Elle est en ligne dès maintenant."
        if at_once
        else "Une personne du territoire la relit avant de la mettre en ligne. Vous recevrez un courriel."
    )
    return _mail(
        to,
        "Votre publication est confirmée",
        Paragraph(f"« {title} » : merci. {then}"),
        *_manage(url),
    )


def accepted(to: str, title: str, url: str) -> Mail:
    return _mail(to, "Votre publication est en ligne", Paragraph(f"« {title} » est en ligne."), *_manage(url))


def to_change(to: str, title: str, reason: str, url: str) -> Mail:
    return _mail(
        to,
        "Une correction est demandée",
        Paragraph(f"Pour mettre « {title} » en ligne, il reste quelque chose à changer :"),
        Quote(reason),
        Button("Corriger ma publication", url),
    )


def refused(to: str, title: str, reason: str) -> Mail:
    return _mail(
        to,
        "Votre publication n’a pas été retenue",
        Paragraph(f"« {title} » ne sera pas mise en ligne. Voici pourquoi :"),
        Quote(reason),
        Paragraph("Vous pouvez écrire une autre publication à tout moment."),
    )


def still_true(to: str, title: str, url: str) -> Mail:
    return _mail(
        to,
        "Votre publication est-elle toujours d’actualité ?",
        Paragraph(f"« {title} » est en ligne. Est-ce toujours vrai ?"),
        Paragraph("Un clic suffit. Sans réponse à deux courriels, elle s’endort : un clic la réveille."),
        Button("Oui, ou la modifier", url),
    )


def asleep(to: str, title: str, url: str) -> Mail:
    return _mail(
        to,
        "Votre publication s’est endormie",
        Paragraph(f"Sans réponse de votre part, « {title} » n’est plus montrée. Rien n’est perdu."),
        Button("La réveiller", url),
    )


def new_links(to: str, links: list[tuple[str, str]]) -> Mail:
    """`links`: titles and addresses of all publications of one mail address."""
    parts: list[Part] = [Paragraph("Voici de nouveaux liens vers vos publications.")]
    for title, url in links:
        parts += [Button(title, url)]
    return _mail(to, "Vos publications", *parts)


def join(to: str, title: str, url: str) -> Mail:
    return _mail(
        to,
        "Confirmez votre adresse",
        Paragraph(f"On vous ajoute comme contact de la publication « {title} »."),
        Button("Oui, c’est mon adresse", url),
        Paragraph("Si vous ne connaissez pas cette publication, ne faites rien : votre adresse ne servira pas."),
    )


def change_mail(to: str, title: str, url: str) -> Mail:
    return _mail(
        to,
        "Confirmez le changement d’adresse",
        Paragraph(f"On demande à changer l’adresse de courriel de « {title} »."),
        Paragraph("Le changement se fait quand l’ancienne et la nouvelle adresse l’ont confirmé."),
        Button("Confirmer le changement", url),
        Paragraph("Si vous n’avez rien demandé, ne faites rien : rien ne changera."),
    )


def _manage(url: str) -> tuple[Part, ...]:
    return (
        Paragraph("Gardez ce courriel : son lien ouvre votre publication, pour la modifier, la mettre en pause ou la "
                  "retirer. Ne le transmettez pas."),
        Button("Ouvrir ma publication", url),
    )  # fmt: skip


def _mail(to: str, subject: str, *parts: Part) -> Mail:
    body = build_body(parts)
    return Mail(to=to, subject=subject, text=body.text, html=body.html, kind=KIND)
