"""The mails of a saved search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.alerts.model import Alert
from indexer.mail.letter import Button, Mail, Paragraph, Part, build_body


@dataclass(frozen=True, slots=True)
class NewOffer:
    """One line of the mail."""

    name: str
    where: str
    url: str


def letter_to_confirm(alert: Alert, url: str) -> Mail:
    """Nothing more is sent to who does not click."""
    parts: list[Part] = [
        Paragraph("Bonjour,"),
        Paragraph(f"Vous voulez être averti des nouvelles offres pour « {alert.search.label} », une fois par semaine."),
        Button("Confirmer", url),
        Paragraph("Si ce n'est pas vous, ne faites rien : aucun autre courriel ne viendra."),
    ]
    return _mail(alert, "Confirmez votre alerte", parts, None)


def letter_of_news(alert: Alert, offers: Sequence[NewOffer], total: int, search_url: str, url: str) -> Mail:
    """What appeared since the last one; `total` may be more than what is listed."""
    what = "1 nouvelle offre" if total == 1 else f"{total} nouvelles offres"
    parts: list[Part] = [Paragraph("Bonjour,"), Paragraph(f"{what} pour « {alert.search.label} » :")]
    for offer in offers:
        parts.append(Button(" · ".join(part for part in (offer.name, offer.where) if part), offer.url))
    parts += [Button("Voir toutes les offres", search_url), Paragraph(f"Ne plus recevoir ces courriels : {url}")]
    return _mail(alert, f"{what} pour « {alert.search.label} »", parts, url)


def letter_of_end(alert: Alert, search_url: str) -> Mail:
    """After a year."""
    parts: list[Part] = [
        Paragraph("Bonjour,"),
        Paragraph(f"Votre alerte pour « {alert.search.label} » a un an : elle s'arrête. Vous pouvez la redemander."),
        Button("Voir les offres et redemander l'alerte", search_url),
    ]
    return _mail(alert, "Votre alerte s'arrête", parts, None)


def _mail(alert: Alert, subject: str, parts: Iterable[Part], stop_url: str | None) -> Mail:
    body = build_body(parts)
    return Mail(alert.address, subject, body.text, body.html, "alerte", about=alert.id, stop_url=stop_url)
