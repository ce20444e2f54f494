"""First step: who publishes. SIRET, name, address."""

from dataclasses import dataclass
from typing import Final

from indexer.geocode.communes import Commune, Communes
from indexer.publish.answers import MAX_SHORT, Answers, one, one_line
from indexer.publish.company import Register, check_siret
from indexer.publish.place import read_commune
from indexer.publish.states import PublicationKind

FIELDS: Final = frozenset({"siret", "sans_siret", "nom", "adresse", "lieu", "code_commune", "naf"})


@dataclass(frozen=True, slots=True)
class Who:
    """`siret` is None for a structure that says it has none."""

    siret: str | None
    nom: str
    adresse: str
    commune: Commune
    naf: str


def read_who(answers: Answers, kind: PublicationKind, communes: Communes) -> tuple[Who | None, dict[str, str]]:
    """The publisher, or None and what to mend by field."""
    errors: dict[str, str] = {}
    siret = _read_siret(answers, kind, errors)
    nom = one_line(answers, "nom")
    if not 2 <= len(nom) <= MAX_SHORT:
        errors["nom"] = f"Écrivez le nom que les personnes verront, en {MAX_SHORT} caractères au plus."
    adresse = one_line(answers, "adresse")
    if len(adresse) > MAX_SHORT:
        errors["adresse"] = f"L’adresse est trop longue : {MAX_SHORT} caractères au plus."
    commune = read_commune(answers, communes)
    if commune is None:
        errors["lieu"] = "Écrivez la commune ou le code postal du lieu."
    if errors or commune is None:
        return None, errors
    return Who(siret, nom, adresse, commune, one_line(answers, "naf")[:8]), {}


def _read_siret(answers: Answers, kind: PublicationKind, errors: dict[str, str]) -> str | None:
    typed = one_line(answers, "siret")
    if kind is PublicationKind.WORKSHOP and not typed and one(answers, "sans_siret"):
        return None
    if not typed:
        errors["siret"] = "Écrivez le SIRET : 14 chiffres, sur une facture ou un bulletin de paie."
        return None
    siret, reason = check_siret(typed[:40])
    if siret is None:
        errors["siret"] = reason
    return siret


def complete_from_register(
    answers: dict[str, tuple[str, ...]], register: Register
) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Fills what is empty with what the register knows of the SIRET; the second value says that it is closed."""
    siret, _ = check_siret(one_line(answers, "siret")[:40])
    company = None if siret is None else register.find(siret)
    if company is None:
        return answers, {}
    if company.closed:
        return answers, {"siret": "Cet établissement est fermé d’après le registre public. Vérifiez le SIRET."}
    known = {"nom": company.nom, "adresse": company.adresse, "naf": company.naf}
    if not one(answers, "lieu") and company.code_insee:
        known |= {"code_commune": company.code_insee, "lieu": company.commune}
    return answers | {name: (value,) for name, value in known.items() if value and not one(answers, name)}, {}
