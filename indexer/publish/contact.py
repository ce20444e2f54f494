"""Third step: who answers, how, and how often at most."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from indexer.normalise.mails import parse_one_mail
from indexer.normalise.phones import parse_phones
from indexer.publish.answers import MAX_SHORT, Answers, one, one_line
from indexer.publish.states import PublicationKind

Mode = Literal["courriel", "telephone", "en-personne"]

MODES: Final[dict[Mode, str]] = {
    "courriel": "Par courriel : nous vous transmettons les demandes",
    "telephone": "Par téléphone : votre numéro est montré",
    "en-personne": "Sur place : votre adresse est montrée",
}
DEFAULT_MODE: Final[Mode] = "courriel"
MOST_A_MONTH: Final = 50
FIELDS: Final = frozenset({"contact", "courriel", "mode", "telephone", "par_mois", "disponible_du", "disponible_au"})


@dataclass(frozen=True, slots=True)
class Contact:
    """`per_month` requests at most (immersions); the days of availability are both included, None when open."""

    nom: str
    courriel: str
    mode: Mode
    telephone: str | None
    per_month: int | None
    debut: date | None
    fin: date | None


def read_contact(answers: Answers, kind: PublicationKind, today: date) -> tuple[Contact | None, dict[str, str]]:
    """The contact, or None and what to mend by field."""
    errors: dict[str, str] = {}
    nom = one_line(answers, "contact")
    if not 2 <= len(nom) <= MAX_SHORT:
        errors["contact"] = "Écrivez le nom de la personne qui répond."
    courriel = parse_one_mail(one(answers, "courriel"))
    if courriel is None:
        errors["courriel"] = "Cette adresse de courriel n’est pas complète : écrivez-la comme « prenom@exemple.fr »."
    mode = next((known for known in get_args(Mode) if known == (one(answers, "mode") or DEFAULT_MODE)), None)
    if mode is None:
        errors["mode"] = "Choisissez comment les personnes vous joignent."
    telephone = _read_phone(answers, mode, errors)
    per_month = _read_per_month(answers, errors) if kind is PublicationKind.IMMERSION else None
    debut, fin = _read_period(answers, today, errors)
    if errors or courriel is None or mode is None:
        return None, errors
    return Contact(nom, courriel, mode, telephone, per_month, debut, fin), {}


def _read_phone(answers: Answers, mode: Mode | None, errors: dict[str, str]) -> str | None:
    typed = one_line(answers, "telephone")
    numbers = parse_phones(typed[:40], "FR") if typed else ()
    if typed and not numbers:
        errors["telephone"] = "Ce numéro de téléphone n’est pas lisible : écrivez-le comme « 03 84 00 00 00 »."
    if mode == "telephone" and not typed:
        errors["telephone"] = "Écrivez le numéro à appeler, ou choisissez un autre moyen."
    return numbers[0] if numbers else None


def _read_per_month(answers: Answers, errors: dict[str, str]) -> int:
    typed = one_line(answers, "par_mois") or "2"
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else 0
    if not 1 <= number <= MOST_A_MONTH:
        errors["par_mois"] = f"Écrivez un nombre de demandes par mois, de 1 à {MOST_A_MONTH}."
    return number


def _read_period(answers: Answers, today: date, errors: dict[str, str]) -> tuple[date | None, date | None]:
    days: dict[str, date | None] = {}
    for name in ("disponible_du", "disponible_au"):
        days[name] = read_day(one(answers, name))
        if one(answers, name) and days[name] is None:
            errors[name] = "Cette date n’est pas lisible : choisissez-la, ou écrivez-la comme « 2026-09-15 »."
    first, last = days["disponible_du"], days["disponible_au"]
    if last is not None and last < today:
        errors["disponible_au"] = "Cette date est passée : choisissez-en une à venir."
    elif first is not None and last is not None and last < first:
        errors["disponible_au"] = "La fin de la période est avant son début : corrigez l’une des deux dates."
    return first, last


def read_day(text: str) -> date | None:
    """A day as a browser sends it (2026-09-15), or as a person writes it (15/09/2026)."""
    parts = text.strip().split("/")
    iso = "-".join(reversed(parts)) if len(parts) == 3 else text.strip()
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
