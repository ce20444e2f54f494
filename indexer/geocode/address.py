"""An address as the address service is asked for it: one line, without what no map holds."""

import re
from typing import Final

from indexer.geocode.communes import Communes
from indexer.schema import Offer, Structure

MAX_LENGTH: Final = 200
"""The service refuses longer questions (its documentation)."""

_BOX: Final = re.compile(r"\b(?:B\.?P\.?|C\.?S\.?|T\.?S\.?A\.?)\s*(?:n°\s*)?\d[\d ]*\b", re.IGNORECASE)
_CEDEX: Final = re.compile(r"\s*\bcedex\b(?:\s*\d{1,2})?\s*$", re.IGNORECASE)
_REPEATED: Final = re.compile(r"^(\d{1,4})\s*[-,]?\s*(bis|ter|quater)\b[\s,]*", re.IGNORECASE)
_SPACES: Final = re.compile(r"[\s,;]*[,;\n\t][\s,;]*|\s+")


def build_address(record: Offer | Structure, communes: Communes) -> str | None:
    """« 12 bis rue des Lilas 90000 Belfort »; None when the record names no way, or no town to look for it in.

    A box number (BP, CS, TSA) is nowhere on a map, and CEDEX is a mail office: they are left out, and the postal code
    with them when it is none of a commune. The town keeps the name that the record gives: the service knows old ones.
    """
    way = _clean_way(record.adresse)
    town = _name_town(record, communes)
    if not way or not town:
        return None
    return f"{way} {town}"[:MAX_LENGTH].rstrip()


def _clean_way(text: str | None) -> str:
    """« 12-bis, rue » and « 12BIS rue » are the same house as « 12 bis rue »."""
    way = _SPACES.sub(" ", _BOX.sub(" ", text or "")).strip(" -,;")
    return _REPEATED.sub(lambda found: f"{found[1]} {found[2].lower()} ", way) if any(map(str.isalpha, way)) else ""


def _name_town(record: Offer | Structure, communes: Communes) -> str:
    name = _CEDEX.sub("", _SPACES.sub(" ", record.commune or "")).strip(" -,;")
    postal = record.code_postal
    if postal is not None and not communes.by_postal_code(postal):
        own = None if record.code_insee is None else communes.resolve(record.code_insee)
        postal = own.codes_postaux[0] if own is not None and len(own.codes_postaux) == 1 else None
    return " ".join(part for part in (postal, name) if part)
