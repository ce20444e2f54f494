"""The models of the pages of moderation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from indexer.publish.answers import Answers
from indexer.publish.checks import Check
from indexer.publish.contact import MODES
from indexer.publish.moderation import Case
from indexer.publish.publication import ContactRow, Event, Publication, title_of
from indexer.publish.states import LABELS
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import label_of, thematiques, vocabulary
from ui.contexts.cards import Card
from ui.contexts.report import FieldError
from ui.espace.navigation import Frame
from ui.moderation import urls
from ui.wording import say_count

_LABELS: Final = {
    "siret": "SIRET",
    "nom": "Nom",
    "adresse": "Adresse",
    "lieu": "Commune",
    "titre": "Titre",
    "metier": "Métier, avec ses mots",
    "metiers": "Métiers compris",
    "taches": "Ce que la personne fera",
    "description": "Ce qu’on y fait",
    "besoins": "Besoins",
    "seance_date": "Séances",
    "frais": "Prix",
    "frais_precisions": "Précision du prix",
    "publics": "D’abord pour",
    "conditions": "À savoir avant",
    "langues": "Langues",
    "contact": "Qui répond",
    "courriel": "Courriel",
    "mode": "Comment joindre",
    "telephone": "Téléphone",
    "par_mois": "Demandes par mois",
    "disponible_du": "Du",
    "disponible_au": "Au",
}
_WHAT: Final = {
    "envoyee": "a envoyé la publication",
    "modifiee": "a modifié la publication",
    "acceptee": "a accepté",
    "correction-demandee": "a demandé une correction",
    "refusee": "a refusé",
    "en-pause": "a mis en pause",
    "reprise": "a remis en ligne",
    "retiree": "a retiré la publication",
    "toujours-vraie": "a dit que c’est toujours vrai",
    "endormie": "ne répond plus : la publication s’est endormie",
    "contact-ajoute": "a ajouté un contact",
    "contact-retire": "a retiré un contact",
    "adresse-changee": "a changé d’adresse de courriel",
    "confiance-donnee": "fait confiance à qui publie",
    "confiance-retiree": "ne fait plus confiance d’office",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One publication of a list."""

    title: str
    kind: str
    state: str
    when: str
    url: str


@dataclass(frozen=True)
class QueuePage:
    title: str
    description: str
    espace: Frame
    told: str
    summary: str
    waiting: tuple[Row, ...]
    others: tuple[Row, ...]


@dataclass(frozen=True)
class CasePage:
    title: str
    description: str
    espace: Frame
    publication: Publication
    state: str
    checks: tuple[Check, ...]
    facts: tuple[tuple[str, str], ...]
    contacts: tuple[ContactRow, ...]
    events: tuple[tuple[str, Event], ...]
    trusted: bool
    waits: bool
    preview: Card
    reason: str
    errors: tuple[FieldError, ...]
    action: str
    trust_action: str
    queue_url: str = urls.QUEUE


def build_queue_page(espace: Frame, waiting: list[Publication], others: list[Publication], told: str) -> QueuePage:
    count = say_count(len(waiting), "publication attend", "publications attendent")
    return QueuePage(
        title="Publications à relire",
        description="Les publications des entreprises et des structures du territoire.",
        espace=espace,
        told=told,
        summary=f"{count} votre relecture." if waiting else "Rien à relire : tout est à jour.",
        waiting=tuple(map(_row, waiting)),
        others=tuple(map(_row, others)),
    )


def build_case_page(
    espace: Frame, case: Case, preview: Card, *, waits: bool, reason: str = "", errors: dict[str, str] | None = None
) -> CasePage:
    publication = case.publication
    return CasePage(
        title=title_of(publication),
        description="Une publication à relire.",
        espace=espace,
        publication=publication,
        state=LABELS[publication.state],
        checks=case.checks,
        facts=tuple(_facts(publication.answers)),
        contacts=case.contacts,
        events=tuple((_WHAT.get(event.what, event.what), event) for event in case.events),
        trusted=case.trusted,
        waits=waits,
        preview=preview,
        reason=reason,
        errors=tuple(FieldError(name, text) for name, text in (errors or {}).items()),
        action=urls.case(publication.id),
        trust_action=urls.trust(publication.id),
    )


def _row(publication: Publication) -> Row:
    at = publication.submitted_at or publication.created_at
    kind = label_of("types_offre", publication.kind)
    return Row(title_of(publication), kind, LABELS[publication.state], f"{at:%d/%m/%Y}", urls.case(publication.id))


def _facts(answers: Answers) -> list[tuple[str, str]]:
    """What was typed, in the order of the form; codes in words."""
    told = [(label, _say(name, answers)) for name, label in _LABELS.items()]
    return [(label, text) for label, text in told if text]


def _say(name: str, answers: Answers) -> str:
    values = [value for value in answers.get(name, ()) if value]
    if name == "seance_date":
        hours = answers.get("seance_debut", ())
        return ", ".join(f"{day} à {hours[i] if i < len(hours) else '?'}" for i, day in enumerate(values))
    named: dict[str, Mapping[str, str]] = {"metiers": rome_labels(), "mode": {str(k): v for k, v in MODES.items()}}
    if name == "besoins":
        return ", ".join(label_of("thematiques", v) for v in values if v in thematiques())
    if name == "publics":
        return ", ".join(label_of("publics", v) for v in values if v in vocabulary("publics"))
    known = named.get(name, {})
    return ", ".join(known.get(value, value) for value in values)
