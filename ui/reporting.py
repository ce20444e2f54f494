"""Reads what the form « Signaler une erreur » sends, and keeps floods out."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import HTTPException, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

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


class ReportLimit:
    """So many reports a sender, in a moving window kept in the memory of each process."""

    AMOUNT: Final = 10
    MINUTES: Final = 10

    def __init__(self) -> None:
        self._item = RateLimitItemPerMinute(self.AMOUNT, self.MINUTES)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def check(self, sender: str) -> None:
        """HTTPException 429, with when to come back, for a sender who sends too much."""
        if self._limiter.hit(self._item, sender):
            return
        wait = max(1, math.ceil(self._limiter.get_window_stats(self._item, sender).reset_time - time.time()))
        raise HTTPException(429, headers={"Retry-After": str(wait)})


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
