"""Cards of invented structures and offers, with a place in one town unless it is said otherwise."""

from collections.abc import Collection, Sequence
from typing import Any

from indexer.dedupe.blocking import LARGEST_BLOCK, build_keys
from indexer.dedupe.card import Card, card_of_offer, card_of_structure
from indexer.dedupe.cluster import Cluster, Decisions
from indexer.dedupe.compared import Known, compare_changes
from indexer.schema import Offer, Structure

TOWN = {
    "commune": "Belfort",
    "code_postal": "90000",
    "code_insee": "90010",
    "adresse": "3 rue des Lilas",
    "latitude": 47.638,
    "longitude": 6.863,
}


def structure_of(record_id: str, nom: str, **fields: Any) -> Structure:
    """`source--reference`; the source is told by the id."""
    told = {**TOWN, **fields, "id": record_id, "nom": nom, "source": record_id.split("--")[0]}
    return Structure.model_validate(told)


def card(record_id: str, nom: str, **fields: Any) -> Card:
    return card_of_structure(structure_of(record_id, nom, **fields))


def offer_card(record_id: str, title: str, holder: str, **fields: Any) -> Card:
    """An offer held by a structure of its own source, at the same place."""
    source, _, reference = record_id.partition("--")
    structure = structure_of(f"{source}--s-{reference}", holder)
    told = {**TOWN, **fields, "id": record_id, "nom": title, "source": source, "structure_id": structure.id}
    return card_of_offer(Offer.model_validate(told), structure)


def groups_of(cards: Sequence[Card], decisions: Decisions | None = None, largest: int = LARGEST_BLOCK) -> list[Cluster]:
    """The groups of these cards, compared all at once."""
    held = {one.id: one for one in cards}
    keys = {one.id: build_keys(one) for one in cards}

    def load(ids: Collection[str]) -> dict[str, Card]:
        return {i: held[i] for i in ids if i in held}

    return list(compare_changes(Known(), keys, (), decisions or Decisions(), load, largest).clusters)
