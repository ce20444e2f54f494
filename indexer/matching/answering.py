"""Whether what an offer is, and what it says to be for, answers a need: given thématiques before deduced ones."""

from collections.abc import Mapping
from typing import Any, Final

from indexer.schema.vocabulary import TYPES_OFFRE, category_of

OF_WORK: Final = frozenset(
    ("choisir-un-metier", "creer-une-entreprise", "preparer-sa-candidature", "remobilisation", "se-former",
     "trouver-un-emploi")
)  # fmt: skip
"""Categories of need that days in a company answer: those in the kitchen of a clinic feed nobody."""

LEARNT: Final = OF_WORK | {"lecture-ecriture-calcul", "numerique"}
"""Categories of need that a course answers, though its source gives it no thématique."""

_ELSEWHERE: Final = frozenset(TYPES_OFFRE) - {"immersion"}


def types_for(theme: str) -> frozenset[str] | None:
    """Types of offer that may answer a need; None for all of them."""
    return None if category_of(theme) in OF_WORK else _ELSEWHERE


def is_deduced(offre: Mapping[str, Any], theme: str) -> bool:
    """Whether the source does not say that the offer is for that theme, or for a part of it."""
    return not any(theme in (own, category_of(own)) for own in offre["thematiques"] or ())


def is_far_fetched(offre: Mapping[str, Any], theme: str) -> bool:
    """Whether it is a course of which we alone suppose that it answers a need that is not learnt."""
    return offre["type_offre"] == "formation" and category_of(theme) not in LEARNT and is_deduced(offre, theme)
