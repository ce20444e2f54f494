"""Answers as they are kept: known fields, known values, nothing that names a person by a number."""

import re
from collections.abc import Mapping
from typing import Final

from indexer.dossiers.errors import RefusedAnswers
from indexer.dossiers.fields import MAX_NAME, Field, all_fields
from indexer.geocode.communes import load_communes
from indexer.matching.profile import MAX_AGE, MIN_AGE
from indexer.typed_text import clean_typed

_NIR = re.compile(
    r"(?<!\d)[1-478](?:[ .-]?\d){2}[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?(?:\d[ .-]?\d|2[ABab])(?:[ .-]?\d){6}"
    r"(?:[ .-]?\d{2})?(?!\d)"
)
"""Sex, year, month, département, commune, order, and the key or not: décret n° 91-1404, Insee « NIR »."""

_JOB_SEEKER = re.compile(r"(?<![\w])\d{7}[A-Z](?!\w)")
_CONTACT = re.compile(r"@|(?:\d[ .-]?){5}")

NATIONAL_NUMBER: Final = (
    "Ce texte contient ce qui ressemble à un numéro de sécurité sociale ou d’allocataire. Retirez-le : "
    "Maillage n’en a pas besoin, et ne le garde pas."
)


def check_answers(sent: Mapping[str, str], *, needs_name: bool = False) -> dict[str, str]:
    """The known fields of `sent`, cleaned; an empty value is kept: it says that the field was emptied.

    Unknown fields and unknown values of closed fields are left out. RefusedAnswers tells all that must be mended.
    """
    kept = {name: _clean(field, sent[name]) for name, field in all_fields().items() if name in sent}
    errors = {name: error for name, value in kept.items() if (error := _find_error(all_fields()[name], value))}
    if needs_name and not kept.get("nom"):
        errors["nom"] = "Écrivez des initiales ou un pseudonyme : c’est ainsi que vous retrouverez ce dossier."
    if errors:
        raise RefusedAnswers(errors)
    return kept


def names_by_number(text: str) -> bool:
    """Whether a text holds a number that names one person in the country."""
    return _NIR.search(text) is not None or _JOB_SEEKER.search(text) is not None


def _clean(field: Field, value: str) -> str:
    if field.choices:
        return value if value in field.choices else ""
    text = clean_typed(value).strip()
    return " ".join(text.split()) if field.longest <= MAX_NAME else text


def _find_error(field: Field, value: str) -> str | None:
    if not value or field.choices:
        return None
    if field.name == "age":
        return _find_age_error(value)
    if field.name == "code_commune":
        return None if load_communes().resolve(value) else "Nous ne connaissons pas cette commune : vérifiez son nom."
    if names_by_number(value):
        return NATIONAL_NUMBER
    if len(value) > field.longest:
        return f"Ce texte est trop long : {field.longest} caractères au plus, il en a {len(value)}."
    if field.name == "nom" and _CONTACT.search(value):
        return "Écrivez des initiales ou un pseudonyme, sans adresse ni numéro."
    return None


def _find_age_error(value: str) -> str | None:
    if value.isascii() and value.isdecimal() and len(value) <= 3 and MIN_AGE <= int(value) <= MAX_AGE:
        return None
    return f"Écrivez l’âge en chiffres, de {MIN_AGE} à {MAX_AGE} ans, ou laissez la case vide."
