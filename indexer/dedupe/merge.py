"""The best record of a group, completed by the others: what it does not say, said by whom."""

from collections.abc import Sequence
from typing import Final

from indexer.schema import Offer

COMPLETED: Final = (
    "description",
    "thematiques",
    "adresse",
    "complement_adresse",
    "telephone",
    "courriel",
    "horaires_accueil",
    "frais",
    "frais_precisions",
    "publics",
    "publics_precisions",
    "modes_accueil",
    "conditions_acces",
    "lien_mobilisation",
    "langues",
    "accessible_pmr",
)
"""Facts that one source may leave out. Dates, zones, ages and states are not: their absence means something."""


def complete_offer(best: Offer, others: Sequence[Offer]) -> tuple[Offer, dict[str, str]]:
    """The best record with what the first of the others says of each silent field, and field → id of who says it."""
    said: dict[str, str] = {}
    values: dict[str, object] = {}
    for name in COMPLETED:
        teller = next((o for o in others if getattr(o, name) is not None), None)
        if getattr(best, name) is None and teller is not None:
            values[name], said[name] = getattr(teller, name), teller.id
    return best.model_copy(update=values), said
