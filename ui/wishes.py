"""Wishes understood from the words (« le soir », « pour les jeunes »): how a page says them.

A wish raises the offers that fit, and leaves no other out: its chip says « de préférence ».
"""

from typing import Final

from indexer.schema.vocabulary import label_of, vocabulary
from indexer.understanding.wishes import WITHOUT_CAR, constraint_label

WISHED: Final = ("moments", "frais", "modes_accueil", "publics")
"""Fields of an offer that words may wish something of; no value stands in two of them."""


def is_wish(value: str) -> bool:
    """Whether a wish may be that value of an offer, or how the person moves."""
    return value == WITHOUT_CAR or any(value in vocabulary(name) for name in WISHED)


def say_wish(value: str) -> str:
    """« De préférence : gratuit », « Pour : Jeunes », « Sans voiture »; `value` is a wish."""
    if value == WITHOUT_CAR:
        return constraint_label(WITHOUT_CAR)
    name = next(name for name in WISHED if value in vocabulary(name))
    label = label_of(name, value)
    return f"Pour : {label}" if name == "publics" else f"De préférence : {label[:1].lower()}{label[1:]}"
