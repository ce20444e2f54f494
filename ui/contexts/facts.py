"""Facts of an offer in the words of people, shared by cards and pages."""

from dataclasses import dataclass
from typing import Final

from indexer.schema.vocabulary import label_of
from ui.offer_json import OfferJson, StructureJson
from ui.wording import sentence

EXAMPLE_SOURCE: Final = "exemple"
"""The source of the demonstration catalogue."""


@dataclass(frozen=True, slots=True)
class KindOfOffer:
    """`code` names its icon and its hue; `label` is always beside."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


def kind_of(offre: OfferJson) -> KindOfOffer:
    """« Atelier », « Atelier · job dating »."""
    label = label_of("types_offre", offre["type_offre"])
    detail = (offre["sous_type"] or "").replace("-", " ")
    told = f"{label} · {detail}" if detail and detail.lower() != label.lower() else label
    return KindOfOffer(offre["type_offre"], told)


def cost_of(offre: OfferJson) -> str | None:
    """None when the offer does not say."""
    return None if offre["frais"] is None else sentence(label_of("frais", offre["frais"]))


def is_only_remote(offre: OfferJson) -> bool:
    return offre["modes_accueil"] == ["a-distance"]


def address_lines(record: OfferJson | StructureJson) -> tuple[str, ...]:
    """Street, complement, postal code and commune: what is known of them."""
    town = " ".join(part for part in (record["code_postal"], record["commune"]) if part)
    return tuple(line for line in (record["adresse"], record["complement_adresse"], town) if line)
