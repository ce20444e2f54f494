"""Atelier, formation, immersion or service, where the record does not say; in doubt, a service."""

import re

from indexer.normalise.draft import Draft
from indexer.normalise.folding import fold, unaccent
from indexer.schema import Kind, TypeOffre

# What stands before the word that tells: « Les ateliers du mardi », « [Atelier] CV », « Cycle d'ateliers ».
_LEAD = re.compile(
    r"(?:[^a-z0-9]+|(?:l[ae]s?|une?|des|nos|mini|action|parcours|cycle|session|journee|semaine|stage)\b|d['’]|de\b|l['’])*"
)
# « Atelier et chantier d'insertion » is an employer, « immersion linguistique » a way to teach.
_NAMES = (
    (
        TypeOffre.IMMERSION,
        re.compile(
            r"pmsmp\b|immersions?\b(?! (?:linguistique|numerique|virtuelle|en langue))"
            r"|(?:periode de )?mises? en situation (?:en milieu )?professionnel"
            r"|(?:decouverte|stage) en (?!ligne|langue)|en entreprise\b|decouvrir un metier en immersion"
        ),
    ),
    (TypeOffre.ATELIER, re.compile(r"ateliers?\b(?!.*\bchantiers?\b)(?! sante ville)(?! protege)")),
    (
        TypeOffre.FORMATION,
        re.compile(
            r"formations?\b(?! (?:et|ou)\b)|preparation aux? (?:cap|bep|bac|bts|titre|concours|diplome|delf|tcf)\b"
            r"|prepa\b|titre professionnel"
            r"|(?:cap(?! emploi)|bep|bts|cqp|caces|bafa|bafd|daeu|poei?c?|mooc|vae|titre pro)\b"
            r"|certificats? (?:clea|de qualification|professionnel|voltaire)|habilitation electrique"
            r"|remises? a niveau|cours (?:de |d['’])(?!justice|ecole)|apprendre (?:le |a parler |a lire )"
            r"|apprentissage (?:du|de la|de l['’])|contrats? d['’]apprentissage|ecole de la (?:2e|deuxieme) chance"
            r"|validation des acquis"
        ),
    ),
)
_MEETINGS = (
    ("job-dating", re.compile(r"\bjob ?-?dating\b")),
    (
        "forum",
        re.compile(r"^forum (?:de|des|d['’]|du|pour)\b|\bforum (?:de l'emploi|des metiers|emploi|de recrutement)"),
    ),
    ("salon", re.compile(r"^salon (?:de l['’](?:emploi|apprentissage|alternance)|des metiers|du travail)")),
    ("reunion-information", re.compile(r"^reunions? d'informations?\b|^information collective\b")),
    (
        "rencontre",
        re.compile(r"^rencontres? (?:avec|emploi|de l['’]emploi|employeurs|entreprises)|^cafes? (?:emploi|des? )"),
    ),
    ("rencontre", re.compile(r"^petits? dejeuners? de l['’]emploi|^groupes? de parole|^simulations? d['’]entretiens?")),
    ("visite", re.compile(r"^visites? (?:d['’]|de )|^(?:journees? )?portes ouvertes")),
    ("conference", re.compile(r"^conferences?\b|^webinaires?\b")),
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
        found = _read_name(name)
    return None if found is None else _say(draft, found)


def _read_name(name: str) -> TypeOffre | None:
    """By the first telling word; what leads to it may itself be part of it (« stage de découverte en… »)."""
    start = _LEAD.match(name)
    beginnings = {0, 0 if start is None else start.end()}
    return next((kind for kind, shape in _NAMES if any(shape.match(name, at) for at in beginnings)), None)


def _say(draft: Draft, kind: TypeOffre) -> None:
    source = "type" if draft.get("type") == kind.value else "nom"
    draft.mend(
        "type_offre", kind.value, "type-offre-deduit", f"Type d'offre « {kind.value} » déduit du champ « {source} »."
    )
