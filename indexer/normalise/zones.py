"""Codes of the zone of eligibility, checked in shape."""

import re
from typing import Final

from indexer.normalise.draft import Draft
from indexer.normalise.draft_lists import set_or_remove, text_values
from indexer.normalise.folding import fold
from indexer.schema import Kind

_DEPARTMENT = re.compile(r"0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-8]|98[46-9]")
_COMMUNE = re.compile(r"(?:0[1-9]|[1-9]\d|2[AB])\d{3}")  # 99xxx: a foreign country
_EPCI = re.compile(r"2\d{8}")
_FRANCE: Final = frozenset({"france", "franceentiere", "pays", "fr", "99100"})


def parse_zone(text: str) -> str | None:
    """`france`, a commune, a département, an EPCI or a country; None for anything else."""
    if fold(text[:40]) in _FRANCE:
        return "france"
    code = text.strip().upper()
    if re.fullmatch(r"[1-9]|[1-9]\d{3}", code):
        code = f"0{code}"  # a spreadsheet took the zero
    if not code.isascii():
        return None
    return code if any(shape.fullmatch(code) for shape in (_DEPARTMENT, _COMMUNE, _EPCI)) else None


def normalise_zone(draft: Draft) -> None:
    """`zone_eligibilite`: what has no known shape is dropped; nothing left = everywhere."""
    if draft.kind is not Kind.OFFER or "zone_eligibilite" not in draft.fields:
        return
    zones: list[str] = []
    for text in text_values(draft, "zone_eligibilite"):
        zone = parse_zone(text)
        if zone is None:
            message = "Zone inconnue : donnez des codes de commune, de département, d'EPCI, ou « france ». Ignorée."
            draft.note("zone_eligibilite", "zone", message, value=text)
        else:
            zones.append(zone)
    set_or_remove(draft, "zone_eligibilite", sorted(set(zones)))
