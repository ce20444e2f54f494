"""Values written in one cell or one string: lists with separators, JSON inside a cell."""

import json
import re
from typing import Any, Final

LIST_COLUMNS: Final = frozenset(
    {
        "thematiques", "publics", "modes_accueil", "modes_mobilisation", "mobilisable_par", "zone_eligibilite",
        "reseaux_porteurs", "metiers", "langues", "justificatifs",
        "types", "frais", "profils", "labels_nationaux", "modes_orientation_accompagnateur",
        "modes_orientation_beneficiaire",
    }
)  # fmt: skip
OBJECT_COLUMNS: Final = frozenset({"sessions", "validite", "immersion"})

_BRACES = re.compile(r"\{([^{}:]*)\}")
_SEPARATORS = (";", "|", ",")


def split_values(text: str) -> list[str]:
    """The values of "a;b", "a|b" or "a,b" (the first separator found, in that order), without blanks."""
    for separator in _SEPARATORS:
        if separator in text:
            return [part for part in (p.strip() for p in text.split(separator)) if part]
    return [text.strip()] if text.strip() else []


def parse_cell(column: str, text: str) -> Any:
    """A cell as its column means it: a list, an object, or the text itself. What is not understood stays text."""
    if column not in LIST_COLUMNS and column not in OBJECT_COLUMNS:
        return text
    stripped = text.strip()
    if stripped.startswith(("[", "{")):
        try:
            return json.loads(stripped)
        except (ValueError, RecursionError):
            pass  # perhaps a PostgreSQL array; else the normaliser says what it cannot use
    if column in OBJECT_COLUMNS:
        return text
    braces = _BRACES.fullmatch(stripped)
    if braces:
        return [value.strip('" ') for value in split_values(braces[1])]
    return split_values(text)
