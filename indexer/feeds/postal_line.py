"""Reads the postal code and the town out of a one-line address."""

import re
from typing import Any, Final

_LINE: Final = re.compile(
    r"(?P<before>.*?)[\s,(-]*\b(?P<code>(?:0[1-9]|[1-8]\d|9[0-8])\d{3})\)?\s*[-–,]?\s*"
    r"(?P<town>[A-ZÀ-Ýa-zà-ÿ][A-Za-zÀ-ÿ'’ -]{1,45})?",
    re.DOTALL,
)
_COUNTRY = re.compile(r"[\s,-]*\bfrance\b\s*$", re.IGNORECASE)


def split_address(text: str) -> dict[str, Any]:
    """`adresse`, `code_postal`, `commune` of « 3 rue X, 86000 Poitiers »; the text alone when it holds no code."""
    line = _COUNTRY.sub("", " ".join(text.split()))
    found = _LINE.match(line)
    if found is None:
        return {"adresse": line} if line else {}
    town = (found["town"] or "").strip(" -,'’")
    parts = {"adresse": found["before"].strip(" ,-("), "code_postal": found["code"], "commune": town}
    return {name: value for name, value in parts.items() if value}
