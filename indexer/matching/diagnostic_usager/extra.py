"""What is said beside needs: place and journey accepted, level of French, ease with Internet, flags, wished job."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from indexer.geocode.communes import Commune, Communes
from indexer.matching.diagnostic_usager.gathered import Gathered
from indexer.matching.diagnostic_usager.needs import read_constraint, read_need
from indexer.matching.diagnostic_usager.parts import Part, read_flag, shown
from indexer.matching.profile import Priorite

_FRENCH: Final = "lecture-ecriture-calcul--maitriser-le-francais"
_CONFIDENCE: Final = "remobilisation--bien-etre-confiance-en-soi"
_JOURNEY = re.compile(r"\s*(\d{5})\s*([^+]*?)\s*(?:\+\s*(\d{1,3})\s*([A-Za-z]+)\.?\s*)?")
_LEVEL = re.compile(r"([ABC])\s*\.?\s*([12])")
_DEPTH: Final = 3
_FLAG_LISTS: Final = ("flags", "publics", "criteres", "eligibilites", "indicateurs")
_UNUSED: Final = ("typeContratSouhaite", "tempsTravailSouhaite")


def read_digital(root: Part, gathered: Gathered) -> None:
    """`autonomieNumerique`: a constraint and a need; neither makes someone at ease with Internet."""
    part = root.part("autonomieNumerique")
    constraint, need = part.part("contrainte"), part.part("besoin")
    read_constraint(_named(constraint, "22"), gathered)
    read_need(_named(need, "7"), gathered)
    values = constraint.code("valeur"), need.code("valeur")
    if "OUI" in values or "BESOIN" in values:
        gathered.numerique = "a-accompagner"
    elif "POINT_FORT" in values or values[0] == "NON":
        gathered.numerique = gathered.numerique or "autonome"


def read_power(root: Part, gathered: Gathered) -> None:
    """`pouvoirAgir`: confidence that is missing is a need."""
    part = root.part("pouvoirAgir")
    if part.code("confiance") == "NON":
        gathered.add((_CONFIDENCE,), "besoin", "moyenne", part.text("resultatAnalyse"))


def read_french(root: Part, gathered: Gathered) -> None:
    """`ofii.niveauFLE`: French is to be learnt below B1, or when the level itself is not reached."""
    part = root.part("extra").part("ofii")
    level = part.text("niveauFLE")
    if not level:
        return
    found = _LEVEL.match(level.upper())
    if found is None:
        part.tell("niveauFLE", f"« {shown(level)} » : un niveau comme « A.1 acquis » est attendu.")
        return
    reached = "NON" not in level.upper()
    priority = _french_priority(found[1] + found[2], reached=reached)
    if priority is not None:
        gathered.add((_FRENCH,), "besoin", priority, f"Français : {level}")


def _french_priority(level: str, *, reached: bool) -> Priorite | None:
    if level == "A1" and not reached:
        return "haute"
    if level.startswith("A"):
        return "moyenne"
    return None if reached and level != "B1" else "basse" if reached else "moyenne"


def read_offer(root: Part, gathered: Gathered) -> None:
    """`offreRaisonnableEmploi`: its job, when no diagnosis gave one; what the plan cannot use is told."""
    part = root.part("extra").part("offreRaisonnableEmploi")
    name = part.text("nomMetier")[:200]
    if name and not gathered.projects:
        gathered.add_project({"priorite": "moyenne", "texte": name}, part)
    for field in _UNUSED:
        said = part.text(field)
        if said:
            part.tell(field, f"« {shown(said)} » : lu, mais le plan n'en tient pas encore compte.")


def read_flags(root: Part, gathered: Gathered) -> None:
    """RSA, DELD, Jeune, QPV… wherever they stand: a field that says yes, or a word of a list."""
    for name, value in _iter_fields(root.value, _DEPTH):
        public = gathered.book.public_of(name)
        if public is not None and read_flag(value) is True:
            gathered.publics[public] = None
        if name in _FLAG_LISTS and isinstance(value, list):
            _read_list(name, value, gathered)


def _read_list(name: str, values: list[Any], gathered: Gathered) -> None:
    for value in values:
        public = gathered.book.public_of(value) if isinstance(value, str) else None
        if public is not None:
            gathered.publics[public] = None
        elif isinstance(value, str):
            gathered.notes.add(name, f"« {shown(value)} » n'est pas un public que nous connaissons.")


def _iter_fields(value: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
    for name, own in value.items():
        yield str(name), own
        if depth > 0 and isinstance(own, Mapping):
            yield from _iter_fields(own, depth - 1)


def read_journey(root: Part, communes: Communes) -> tuple[Commune | None, float | None, int | None]:
    """`trajetAllerAccepte`, « 59000 LILLE + 30 KM »: the place, the km, the minutes; None for what it does not say."""
    part = root.part("extra").part("offreRaisonnableEmploi")
    said = part.text("trajetAllerAccepte")
    if not said:
        return None, None, None
    found = _JOURNEY.fullmatch(said)
    if found is None:
        part.tell("trajetAllerAccepte", f"« {shown(said)} » : « 59000 LILLE + 30 KM » est attendu.")
        return None, None, None
    commune = find_place(communes, found[1], found[2])
    if commune is None:
        part.tell("trajetAllerAccepte", f"« {shown(said)} » : nous ne connaissons pas ce lieu.")
    km, minutes = _read_length(found[3], (found[4] or "").upper())
    if found[3] is not None and km is None and minutes is None:
        part.tell("trajetAllerAccepte", f"« {shown(said)} » : la longueur du trajet est en KM, en MIN ou en H.")
    return commune, km, minutes


def find_place(communes: Communes, postal_code: str, name: str) -> Commune | None:
    """By postal code and name, else the largest commune of the postal code."""
    exact = communes.match(name, postal_code) if name else None
    sharing = communes.by_postal_code(postal_code)
    return exact or max(sharing, key=lambda commune: (commune.population, commune.code), default=None)


def _read_length(number: str | None, unit: str) -> tuple[float | None, int | None]:
    if number is None:
        return None, None
    match unit:
        case "KM" | "KMS" | "K" | "KILOMETRES" | "KILOMETRE":
            return float(number), None
        case "MIN" | "MN" | "MINUTES" | "MINUTE":
            return None, int(number)
        case "H" | "HEURE" | "HEURES":
            return None, 60 * int(number)
    return None, None


def _named(part: Part, code: str) -> Part:
    """With the code that this part always has, when the file leaves it out."""
    if not part.value or part.text("libelle") or part.text("code"):
        return part
    return Part({**part.value, "code": code}, part.path, part.notes)
