"""Offers and structures as everyone may read them: JSON with the field names of the national schema, and ours."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import orjson

from indexer.catalogue.stored import StoredOffer, StoredStructure
from indexer.deduced_jobs import jobs_among
from indexer.moments import moments_of
from indexer.quality import score_quality
from indexer.schema import Offer, Statut, Structure
from indexer.schema.vocabulary import category_of

PRIVATE_FIELDS = {"contact_nom_prenom", "suspendue"}
"""Names of contact persons are for référents only; `suspendue` is told by `statut`."""

_PLACE = ("commune", "code_postal", "code_insee", "adresse", "complement_adresse", "latitude", "longitude")


def fresh_on(stored: StoredOffer) -> date:
    """The day on which the content last changed: the producer's date, or ours when it is older.

    Real feeds date every row of the day of their export, so a later date than the first time that we saw this very
    content says nothing.
    """
    seen = stored.changed_at.date()
    return seen if stored.offer.date_maj is None else min(stored.offer.date_maj, seen)


def placed(offer: Offer, structure: Structure | None) -> Offer:
    """The offer with a place: its structure's, as an approximation, when it says none of its own."""
    if structure is None or offer.latitude is not None or offer.code_insee is not None or _only_remote(offer):
        return offer
    place = {field: getattr(structure, field) for field in _PLACE}
    return offer.model_copy(update=place | {"position_approximative": True})


def offer_json(stored: StoredOffer, today: date, predicted: Sequence[str] = ()) -> bytes:
    """One offer, with its structure, its provenance, its quality and its state on a day."""
    return orjson.dumps(offer_dict(stored, today, predicted))


def offer_dict(stored: StoredOffer, today: date, predicted: Sequence[str] = ()) -> dict[str, Any]:
    """The same as a dict. `predicted` are the thématiques, categories and ROME codes that indexing deduced."""
    offer = placed(stored.offer, stored.structure)
    fields = offer.model_dump(mode="json", exclude=PRIVATE_FIELDS)
    return fields | {
        "thematiques_predites": [theme for theme in predicted if theme != category_of(theme)],
        "metiers_predits": list(jobs_among(predicted)),
        "moments": list(moments_of(stored.offer, today)),
        "score_qualite": score_quality(stored.offer, fresh_on(stored), today),
        "statut": statut_on(stored, today),
        "provenance": stored.provenance.model_dump(mode="json"),
        "autres_sources": [other.as_dict() for other in stored.others],
        "structure": None if stored.structure is None else structure_fields(stored.structure),
    }


def statut_on(stored: StoredOffer, today: date) -> Statut:
    """What the catalogue says, else what the offer's own dates say."""
    return stored.offer.statut(today) if stored.statut is Statut.PUBLIEE else stored.statut


def structure_dict(stored: StoredStructure) -> dict[str, Any]:
    """One structure, with its provenance."""
    provenance = stored.provenance.model_dump(mode="json")
    return structure_fields(stored.structure) | {"statut": stored.statut, "provenance": provenance}


def structure_fields(structure: Structure) -> dict[str, Any]:
    return structure.model_dump(mode="json")


def _only_remote(offer: Offer) -> bool:
    return offer.modes_accueil == ("a-distance",)
