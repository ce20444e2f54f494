"""Who publishes each figure."""

from typing import Final

from indexer.labour.model import TerritoryType
from indexer.reference.known_tables import EXAMPLE

SOURCES: Final = {
    "tension_rome_bassin": "Dares et France Travail, tensions par métier et bassin",
    "tension_dares_fap": "Dares, tensions par famille de métiers",
    "bmo": "France Travail, Besoins en main-d'œuvre",
}


def table_of_level(kind: TerritoryType) -> str:
    """The reference table that a level of a kind of territory comes from."""
    return "tension_rome_bassin" if kind == "bassin" else "tension_dares_fap"


def source_of(table: str, vintage: str) -> str:
    """As an answer names it; figures of the demonstration are said to be invented."""
    return "Exemple fictif, pour la démonstration" if vintage == EXAMPLE else SOURCES[table]
