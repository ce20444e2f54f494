"""When one can come to an offer: in the evening, at the week-end. Read from its sessions, its hours and its words."""

import re
from collections.abc import Iterator
from datetime import datetime

from indexer.language.analysis import fold
from indexer.schema import Offer

EVENING_HOUR = 18
"""What starts then, or is open an hour later, can be reached after a day's work."""

_SATURDAY = 5
_SAID = {
    "soir": re.compile(r"\b(?:cours|ateliers?|permanences?|seances?|ouvert\w*) (?:du|le|en) soir|\ben soirees?\b"),
    "week-end": re.compile(r"\b(?:le|les|chaque|un|du) (?:samedis?|dimanches?|week-?ends?)\b"),
}
_OPEN = re.compile(r"(?P<days>(?:(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)[-, ]*)*)(?P<hours>(?:\d\d:\d\d-\d\d:\d\d[, ]*)+)")
_CLOSING = re.compile(r"-(\d\d):\d\d")


def moments_of(offer: Offer) -> tuple[str, ...]:
    """Those of MOMENTS that the offer states."""
    return tuple(sorted({*_of_sessions(offer), *_of_hours(offer.horaires_accueil or ""), *_of_words(offer)}))


def says_when(offer: Offer) -> bool:
    """Whether the offer tells its days or hours at all: else it may be at any moment."""
    return bool(offer.sessions) or bool(offer.horaires_accueil)


def _of_sessions(offer: Offer) -> Iterator[str]:
    for session in offer.sessions:
        yield from _of_start(session.debut)


def _of_start(start: datetime) -> Iterator[str]:
    if start.hour >= EVENING_HOUR:
        yield "soir"
    if start.weekday() >= _SATURDAY:
        yield "week-end"


def _of_hours(hours: str) -> Iterator[str]:
    """Of opening hours as OpenStreetMap writes them, which is how the catalogue keeps them."""
    for rule in _OPEN.finditer(hours):
        if "Sa" in rule["days"] or "Su" in rule["days"]:
            yield "week-end"
        if any(int(hour) > EVENING_HOUR for hour in _CLOSING.findall(rule["hours"])):
            yield "soir"


def _of_words(offer: Offer) -> Iterator[str]:
    text = fold(f"{offer.nom}. {offer.description or ''}")
    for moment, said in _SAID.items():
        if said.search(text):
            yield moment
