"""Atelier, formation, immersion or service, where the record does not say; in doubt, a service."""

import re

from indexer.normalise.draft import Draft
from indexer.normalise.folding import fold, unaccent
from indexer.schema import Kind, TypeOffre

# « Atelier et chantier d'insertion » is an employer, « immersion linguistique » a way to teach.
_NAMES = (
    (TypeOffre.IMMERSION, re.compile(r"(?:pmsmp|immersions?(?! (?:linguistique|numerique|virtuelle|en langue)))\b")),
    (TypeOffre.ATELIER, re.compile(r"ateliers?\b(?!.*\bchantiers?\b)(?! sante ville)(?! protege)")),
    (TypeOffre.FORMATION, re.compile(r"formations?\b(?! (?:et|aux?) )")),
)
_MEETINGS = (
    ("job-dating", re.compile(r"\bjob ?-?dating\b")),
    ("forum", re.compile(r"^forum\b|\bforum (?:de l'emploi|des metiers|emploi|de recrutement)")),
    ("reunion-information", re.compile(r"^reunions? d'informations?\b|^information collective\b")),
)
_TYPES = {"atelier": TypeOffre.ATELIER, "formation": TypeOffre.FORMATION}


def set_kind_of_offer(draft: Draft) -> None:
    """`type_offre` as given, else from `type`, else from the name; `sous_type` of meetings."""
    if draft.kind is not Kind.OFFER:
        return
    given = draft.get("type_offre")
    if given is not None:
        word = fold(str(given)[:40])
        if word in set(TypeOffre):
            draft.set("type_offre", TypeOffre(word).value)
            return
        draft.drop("type_offre", "type-offre", f"Type d'offre inconnu (attendu : {', '.join(TypeOffre)}), ignoré.")
    _deduce(draft)


def _deduce(draft: Draft) -> None:
    name = unaccent(str(draft.get("nom"))).lower()
    meeting = next((kind for kind, shape in _MEETINGS if shape.search(name)), None)
    if meeting is not None:
        if draft.get("sous_type") is None:
            draft.set("sous_type", meeting)
        return _say(draft, TypeOffre.ATELIER)
    declared = draft.get("type")
    if declared is not None:
        found = _TYPES.get(declared)
    else:
        found = next((kind for kind, shape in _NAMES if shape.match(name)), None)
    return None if found is None else _say(draft, found)


def _say(draft: Draft, kind: TypeOffre) -> None:
    source = "type" if draft.get("type") == kind.value else "nom"
    draft.mend(
        "type_offre", kind.value, "type-offre-deduit", f"Type d'offre « {kind.value} » déduit du champ « {source} »."
    )
