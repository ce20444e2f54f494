"""Reads what the form « Signaler une erreur » sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import Request

from indexer.catalogue.reports import MAX_TEXT, ReportReason
from indexer.typed_text import clean_typed
from ui.posted import parse_fields, read_body

TRAP: Final = "site_internet"
"""A field that nobody sees: what fills it is a program."""

_MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class SentReport:
    """What was sent; `reason` None when none of ours was chosen. `errors` by field."""

    reason: ReportReason | None
    text: str
    trapped: bool
    errors: Mapping[str, str]


async def read_sent_report(request: Request) -> SentReport:
    """HTTPException 403 from another site, 413 when far too long, 422 for what is no form."""
    return parse_report(await read_body(request))


def parse_report(body: bytes) -> SentReport:
    """Unknown fields are ignored, and of a field sent twice the first counts."""
    values = {name: found[0] for name, found in parse_fields(body, _MOST_FIELDS).items()}
    reason = next((r for r in ReportReason if r == values.get("motif")), None)
    text = clean_typed(values.get("texte", "")).strip()
    errors = {}
    if reason is None:
        errors["motif"] = "Choisissez ce qui ne va pas."
    if len(text) > MAX_TEXT:
        errors["texte"] = f"Votre texte est trop long : {MAX_TEXT} caractères au plus."
    return SentReport(reason, text, bool(values.get(TRAP)), errors)
