"""Offers of a plan that cannot be had any more, said in words beside their line."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol

from indexer.catalogue import StoredOffer
from indexer.plans.model import OPEN, Plan
from indexer.public import statut_on
from indexer.schema import Statut

_SAID: Final[Mapping[Statut, str]] = {
    Statut.RETIREE: "Cette offre n’est plus proposée.",
    Statut.EXPIREE: "Cette offre est terminée.",
    Statut.SUSPENDUE: "Cette offre est en pause.",
}
_UNKNOWN: Final = "Cette offre n’est plus dans le catalogue."


class Offers(Protocol):
    """The part of the catalogue that knows what became of an offer."""

    def get_offers(self, offer_ids: list[str]) -> dict[str, StoredOffer]: ...


def find_lost_offers(plan: Plan, offers: Offers, today: date) -> dict[str, str]:
    """What to say, by line, of the lines still to do whose offer is gone, over or paused."""
    asked = {
        line.id: line.fields.offre_id
        for line in plan.lines
        if line.fields.offre_id is not None and line.fields.etat in OPEN
    }
    known = offers.get_offers(sorted(set(asked.values()))) if asked else {}
    said = {line_id: _say(known.get(offer_id), today) for line_id, offer_id in asked.items()}
    return {line_id: words for line_id, words in said.items() if words}


def _say(stored: StoredOffer | None, today: date) -> str:
    return _UNKNOWN if stored is None else _SAID.get(statut_on(stored, today), "")
