"""How the text of a parameter becomes a value: strictly, and telling what to write instead."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from indexer.closest import closest, closest_labelled
from indexer.geocode.communes import load_communes
from search_api.parameters import Parameter, RefusedValueError

_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,15})?", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FRENCH_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})", re.ASCII)

_LISTED = 12
"""Values that a message lists: beyond, the documentation does."""


def read_text(text: str) -> str:
    return text


def read_number(text: str) -> float:
    """A decimal number with a point; neither `nan`, nor `inf`, nor an exponent."""
    if _NUMBER.fullmatch(text) is None:
        with_point = text.replace(",", ".").strip()
        proposition = with_point if _NUMBER.fullmatch(with_point) else None
        raise RefusedValueError("Un nombre est attendu, avec un point, comme « 48.5 ».", proposition)
    return float(text)


def read_integer(text: str) -> int:
    if _INTEGER.fullmatch(text) is None:
        raise RefusedValueError("Un nombre entier est attendu, comme « 20 ».")
    return int(text)


def integer_reader(minimum: int, maximum: int) -> Callable[[str], int]:
    """Takes whole numbers between two, both included."""

    def read(text: str) -> int:
        number = read_integer(text)
        if not minimum <= number <= maximum:
            nearest = minimum if number < minimum else maximum
            raise RefusedValueError(f"Un nombre de {minimum} à {maximum} est attendu.", str(nearest))
        return number

    return read


def size_parameter(description: str, most: int, default: int) -> Parameter:
    """How many are wanted, from 1 to `most`."""
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter("size", description, integer_reader(1, most), schema, default)


def read_day(text: str) -> date:
    french = _FRENCH_DATE.fullmatch(text)
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        raise RefusedValueError("Ce jour n'existe pas dans le calendrier.") from None
    proposition = None if french is None else f"{french[3]}-{french[2]}-{french[1]}"
    raise RefusedValueError("Un jour est attendu, écrit AAAA-MM-JJ, comme « 2026-03-02 ».", proposition)


def read_flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise RefusedValueError("« true » ou « false » est attendu.", closest(text, ("true", "false")))
    return text == "true"


def read_commune(text: str) -> str:
    """The INSEE code of a commune, of today or of another time, as it was sent."""
    communes = load_communes()
    if communes.resolve(text) is not None:
        return text
    sharing = communes.by_postal_code(text)
    if sharing:
        named = ", ".join(f"{commune.nom} : {commune.code}" for commune in sharing[:5])
        message = f"« {text[:20]} » est un code postal ; un code INSEE est attendu ({named})."
        raise RefusedValueError(message, sharing[0].code)
    near = communes.search(text, 1)
    proposition = near[0].code if near else None
    raise RefusedValueError("Ce code commune est inconnu. Un code INSEE est attendu, comme « 90010 ».", proposition)


def choice_reader(labels: Mapping[str, str]) -> Callable[[str], str]:
    """Takes exactly the values that are the keys; a refusal names the closest."""

    def read(text: str) -> str:
        if text in labels:
            return text
        meant = closest_labelled(text, labels)
        if meant is not None:
            raise RefusedValueError(f"Cette valeur n'existe pas. Vouliez-vous dire « {meant} » ?", meant)
        if len(labels) <= _LISTED:
            raise RefusedValueError(f"Cette valeur n'existe pas. Connues : {', '.join(labels)}.")
        raise RefusedValueError("Cette valeur n'existe pas. Les valeurs connues sont dans la documentation.")

    return read
