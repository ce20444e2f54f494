"""Numbers: coordinates, volumes, ages; yes and no."""

import math
import re
from typing import Any, Final

from indexer.normalise.draft import Draft
from indexer.normalise.folding import fold
from indexer.schema import Kind

_NUMBER = re.compile(r"([+-]?[0-9]{1,15}(?:\.[0-9]{1,20})?)\s*(?:h|heures?|semaines?|ans|°)?", re.IGNORECASE)
_BOUNDS: Final[dict[str, tuple[float, float]]] = {"volume_horaire_hebdomadaire": (0, 168)}
_INTEGER_BOUNDS: Final = {"nombre_semaines": (1, 1_000), "age_min": (0, 120), "age_max": (0, 120)}
_FLAGS: Final = {
    Kind.OFFER: ("accessible_pmr", "suspendue", "position_approximative"),
    Kind.STRUCTURE: ("position_approximative",),
}
_YES = frozenset({"true", "vrai", "oui", "yes", "1", "o", "t"})
_NO = frozenset({"false", "faux", "non", "no", "0", "n", "f"})


def parse_number(value: Any) -> float | None:
    """A finite number, from a number or from a text with a point or a comma; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value) if math.isfinite(value) else None
    if not isinstance(value, str):
        return None
    match = _NUMBER.fullmatch(value.strip().replace("\u2212", "-").replace(",", "."))
    return None if match is None else float(match[1])


def parse_integer(value: Any) -> int | None:
    """A whole number; None for anything else."""
    number = parse_number(value)
    return int(number) if number is not None and number.is_integer() else None


def normalise_coordinates(draft: Draft) -> None:
    """Both or none. A pair that is merely swapped is left for the locate step to judge."""
    if "latitude" not in draft.fields and "longitude" not in draft.fields:
        return
    latitude, longitude = (parse_number(draft.get(name)) for name in ("latitude", "longitude"))
    if latitude is None or longitude is None:
        _drop_point(draft, "coordonnees-illisibles", "Latitude ou longitude absente ou illisible")
        return
    if latitude == 0 and longitude == 0:
        _drop_point(draft, "coordonnees-nulles", "Coordonnées à 0, 0 (au large de l'Afrique)")
        return
    swapped = abs(latitude) <= 180 and abs(longitude) <= 90
    if not swapped and (abs(latitude) > 90 or abs(longitude) > 180):
        _drop_point(draft, "coordonnees-impossibles", "Coordonnées hors du globe")
        return
    draft.set("latitude", latitude)
    draft.set("longitude", longitude)


def _drop_point(draft: Draft, rule: str, message: str) -> None:
    value = f"{draft.get('latitude')} ; {draft.get('longitude')}"
    draft.note("latitude", rule, f"{message} : point ignoré.", value=value)
    draft.fields.pop("latitude", None)
    draft.fields.pop("longitude", None)


def normalise_quantities(draft: Draft) -> None:
    """Volumes, durations and ages of an offer."""
    if draft.kind is not Kind.OFFER:
        return
    for field, (lowest, highest) in _BOUNDS.items():
        if field in draft.fields:
            _set_number(draft, field, parse_number(draft.fields[field]), lowest, highest)
    for field, bounds in _INTEGER_BOUNDS.items():
        if field in draft.fields:
            _set_number(draft, field, parse_integer(draft.fields[field]), *bounds)
    youngest, oldest = draft.get("age_min"), draft.get("age_max")
    if youngest is not None and oldest is not None and youngest > oldest:
        draft.drop("age_min", "ages", f"L'âge minimal ({youngest}) dépasse l'âge maximal ({oldest}) ; ignorés.")
        draft.fields.pop("age_max")


def _set_number(draft: Draft, field: str, number: float | None, lowest: float, highest: float) -> None:
    if number is None or not lowest <= number <= highest:
        draft.drop(field, "nombre", f"Nombre entre {lowest} et {highest} attendu ; valeur ignorée.")
    else:
        draft.set(field, number)


def normalise_flags(draft: Draft) -> None:
    """Yes or no, in words or not."""
    for field in _FLAGS[draft.kind]:
        if field not in draft.fields or isinstance(draft.fields[field], bool):
            continue
        word = fold(str(draft.fields[field])[:20])
        if word in _YES or word in _NO:
            draft.set(field, word in _YES)
        else:
            draft.drop(field, "oui-non", "« oui » ou « non » attendu ; valeur ignorée.")
