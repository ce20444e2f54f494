"""Shortages as JSON."""

from typing import Any

from indexer.labour.model import FACTORS, Tension, Territory
from indexer.reference.shipped import rome_labels


def build_territory_body(territory: Territory) -> dict[str, Any]:
    return {"type": territory.type, "code": territory.code, "nom": territory.nom}


def build_tension(tension: Tension) -> dict[str, Any]:
    return {
        "code_rome": tension.code_rome,
        "libelle": rome_labels().get(tension.code_rome, tension.code_rome),
        "niveau": tension.niveau,
        "territoire": build_territory_body(tension.territoire),
        "facteurs": [
            {"code": code, "libelle": FACTORS[code], "niveau": level} for code, level in tension.facteurs.items()
        ],
        "millesime": tension.millesime,
        "source": tension.source,
        "liste_legale": tension.liste_legale,
    }
