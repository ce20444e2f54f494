"""Offers drawn from a list of places: only when its format declares one, and always said to be drawn."""

from collections.abc import Mapping
from typing import Any, Final

from indexer.feeds.building import given, paragraphs

DERIVED_KIND: Final = "deduite-d-une-liste-de-lieux"
"""`sous_type` of such an offer: machines can leave it out."""

NOTICE: Final = (
    "Offre déduite de la liste des lieux de ce réseau : appelez avant de venir pour savoir ce qui est proposé."
)
_PLACE: Final = (
    "adresse", "complement_adresse", "commune", "code_postal", "code_insee", "latitude", "longitude", "telephone",
    "courriel", "horaires_accueil", "source", "date_maj",
)  # fmt: skip


def derive_offer(structure: Mapping[str, Any], name: str, description: str, **fields: Any) -> dict[str, Any]:
    """The offer of a place: where and when are those of its structure, `fields` say what."""
    place = {key: structure[key] for key in _PLACE if key in structure}
    return given(
        {
            **place,
            "id": structure["id"],
            "structure_id": structure["id"],
            "nom": name,
            "description": paragraphs(description, NOTICE),
            "type_offre": "service",
            "sous_type": DERIVED_KIND,
            "modes_accueil": ["en-presentiel"],
            **fields,
        }
    )
