"""Needs by diagnosis, the job project of each, and the constraints with their situations and objectives."""

import re
from typing import Final

from indexer.matching.diagnostic_usager.gathered import Gathered
from indexer.matching.diagnostic_usager.labels import Meaning
from indexer.matching.diagnostic_usager.parts import Part, shown
from indexer.matching.profile import Etat, Priorite
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import category_of

_STATES: Final[dict[str, Etat]] = {
    "BESOIN": "besoin",
    "POINT_FORT": "point-fort",
    "NON_EXPLORE": "non-explore",
    "NON_EXPLOREE": "non-explore",
    "NON_ABORDE": "non-explore",
    "NON_ABORDEE": "non-explore",
}
_IMPACTS: Final[dict[str, Priorite]] = {
    "FORT": "haute",
    "MOYEN": "moyenne",
    "FAIBLE": "basse",
    "NON_RENSEIGNE": "moyenne",
}
_UNSAID: Final = ("", "NON_ABORDE", "NON_ABORDEE", "NON_EXPLORE", "NON_EXPLOREE")
_SETTLED: Final = ("NON", "REALISE", "REALISEE", "ATTEINT", "TERMINE", "ABANDONNE", "CLOTURE", "CLOTUREE", "ANNULE")
_OPEN: Final = ("OUI", "EN_COURS", "A_FAIRE", "PREVU", "CLOTUREE")
_CLOSED: Final = ("CLOTURE", "TERMINE", "ABANDONNE", "ANNULE", "REALISE", "INACTIF", "ARCHIVE")
_TO_CHOOSE: Final = "choisir-un-metier"
_ROME = re.compile("[A-N][0-9]{4}")


def read_diagnoses(root: Part, gathered: Gathered) -> None:
    """Every `besoinsParDiagnostic`: its project, its needs. A closed one leaves only a note."""
    for own in root.parts("besoinsParDiagnostic"):
        head = own.part("diagnostic")
        if head.code("statut").startswith(_CLOSED):
            head.tell("statut", f"« {shown(head.text('statut'))} » : ce diagnostic est fini, il n'est pas repris.")
            continue
        for theme in own.parts("thematiquesBesoins"):
            for need in theme.parts("besoins"):
                read_need(need, gathered)
        for need in own.parts("besoins"):
            read_need(need, gathered)
        _read_project(head, gathered)


def read_need(part: Part, gathered: Gathered) -> None:
    """One need with its value."""
    value = part.code("valeur")
    if not part.value or (value in _UNSAID and not part.text("libelle") and not part.text("code")):
        return
    etat = _STATES.get(value, "non-explore")
    if value not in _STATES and value not in _UNSAID:
        part.tell("valeur", f"« {shown(part.text('valeur'))} » n'est ni BESOIN, ni POINT_FORT, ni NON_EXPLORE.")
    meaning = gathered.meaning_of(part, "besoins")
    gathered.add(meaning.themes, etat, words=part.text("libelle") if etat == "besoin" else "")
    if etat == "besoin":
        gathered.take_facts(meaning)


def read_constraints(root: Part, gathered: Gathered) -> None:
    """The constraints of the person. What was declared without constraint is no strength: nothing is kept of it."""
    for part in root.part("thematiqueContrainte").parts("contraintes"):
        read_constraint(part, gathered)


def read_constraint(part: Part, gathered: Gathered) -> None:
    """One constraint: what its situations and objectives say, and its own need when they say none of its kind."""
    value = part.code("valeur")
    if not part.value:
        return
    if value not in (*_UNSAID, *_SETTLED, *_OPEN):
        part.tell("valeur", f"« {shown(part.text('valeur'))} » n'est ni OUI, ni NON, ni NON_ABORDEE.")
    details = [(own, gathered.meaning_of(own, "")) for own in _details(part)]
    if value != "OUI" and not details:
        if value in _UNSAID:
            gathered.add(_own_meaning(part, gathered).themes, "non-explore")
        return
    priorite = _priority(part)
    for own, meaning in details:
        gathered.add(meaning.themes, "besoin", priorite, own.text("libelle"))
        gathered.take_facts(meaning)
    if value == "OUI":
        _take_own(part, _own_meaning(part, gathered), [meaning for _, meaning in details], priorite, gathered)


def _own_meaning(part: Part, gathered: Gathered) -> Meaning:
    return gathered.meaning_of(part, "contraintes")


def _take_own(part: Part, own: Meaning, details: list[Meaning], priorite: Priorite, gathered: Gathered) -> None:
    """The constraint's own need, unless its details already say one of the same category."""
    gathered.take_facts(own)
    said = {category_of(theme) for meaning in details for theme in meaning.themes}
    left = tuple(theme for theme in own.themes if category_of(theme) not in said)
    gathered.add(left, "besoin", priorite, part.text("libelle"))


def _details(part: Part) -> list[Part]:
    """Situations and objectives that hold today."""
    found = [own for name in ("situations", "objectifs") for own in part.parts(name)]
    held = []
    for own in found:
        value = own.code("valeur")
        if value in _OPEN:
            held.append(own)
        elif value not in (*_UNSAID, *_SETTLED):
            own.tell("valeur", f"« {shown(own.text('valeur'))} » n'est pas une valeur que nous connaissons.")
    return held


def _priority(part: Part) -> Priorite:
    impact = part.code("impact")
    if impact and impact not in _IMPACTS:
        part.tell("impact", f"« {shown(part.text('impact'))} » n'est ni FAIBLE, ni MOYEN, ni FORT.")
    return "haute" if part.flag("estPrioritaire") else _IMPACTS.get(impact, "moyenne")


def _read_project(part: Part, gathered: Gathered) -> None:
    """The job by its ROME code, else by its name. « Projet à définir » is a need: to choose a job."""
    name, code = part.text("nomMetier")[:200], part.text("codeRome").upper()
    known = code in rome_labels()
    if code and not known:
        why = "n'existe pas dans le ROME 4.0" if _ROME.fullmatch(code) else "n'est pas un code ROME"
        part.tell(
            "codeRome", f"« {shown(code)} » {why} ; " + ("le nom du métier est lu." if name else "il n'y a pas de nom.")
        )
    priorite: Priorite = "haute" if part.flag("estPrioritaire") else "moyenne"
    if known or name:
        gathered.add_project(_project(name, code if known else "", priorite), part)
    elif _is_to_define(part) and not gathered.says(_TO_CHOOSE):
        gathered.add((_TO_CHOOSE,), "besoin", priorite, part.text("typologie") or "Projet à définir")


def _project(name: str, code: str, priorite: Priorite) -> dict[str, str]:
    told: dict[str, str] = {"priorite": priorite}
    told |= {"code_rome": code} if code else {}
    return told | ({"texte": name} if name else {})


def _is_to_define(part: Part) -> bool:
    return part.code("codeTypologie") == "PM" or "DEFINIR" in part.code("typologie")
