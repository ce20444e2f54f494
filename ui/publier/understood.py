"""What we understood of the words of a publisher, for them to confirm: métiers of an immersion, needs of a workshop."""

from typing import Final

import structlog

from indexer.errors import EncoderError, EngineError
from indexer.publish.answers import many, one, one_line
from indexer.publish.publication import Publication
from indexer.publish.states import PublicationKind
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import label_of, thematiques
from ui.contexts.report import Choice
from ui.services import PageServices

MOST: Final = 5
_log = structlog.get_logger(__name__)


def propose(services: PageServices, publication: Publication) -> tuple[Choice, ...]:
    """The likeliest first, ticked unless something was chosen already; nothing before there are words."""
    chosen_field = "metiers" if publication.kind is PublicationKind.IMMERSION else "besoins"
    chosen = many(publication.answers, chosen_field)
    try:
        found = _understand(services, publication)
    except (EncoderError, EngineError) as error:
        _log.warning("metiers_non_proposes", erreur=type(error).__name__)
        found = {}
    labels = found | {code: _label(publication.kind, code) for code in chosen if code not in found}
    first = next(iter(labels), "")
    return tuple(Choice(code, label, code in chosen if chosen else code == first) for code, label in labels.items())


def _understand(services: PageServices, publication: Publication) -> dict[str, str]:
    answers = publication.answers
    if publication.kind is PublicationKind.IMMERSION:
        typed = one_line(answers, "metier")[:300]
        return {hit.code_rome: hit.libelle for hit in services.metiers.search(typed, MOST)} if typed else {}
    text = f"{one_line(answers, 'titre')[:300]}. {one(answers, 'description')[:1500]}"
    if not one_line(answers, "titre"):
        return {}
    needs = services.search.understander.understand(text, look_for_place=False).needs
    codes = [need.thematique for need in needs if "--" in need.thematique][:MOST]
    return {code: label_of("thematiques", code) for code in codes}


def all_needs() -> tuple[Choice, ...]:
    """Every need, for who finds none of theirs among those that we understood."""
    return tuple(Choice(value, term.shown, False) for value, term in thematiques().items() if term.parent is not None)


def _label(kind: PublicationKind, code: str) -> str:
    if kind is PublicationKind.IMMERSION:
        return rome_labels().get(code, code)
    return label_of("thematiques", code) if code in thematiques() else code
