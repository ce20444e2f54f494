"""Opening hours, in the format of OpenStreetMap; common French wordings are converted, never guessed."""

import json
import re
from functools import lru_cache
from typing import Any, Final

import opening_hours

from indexer.normalise.draft import Draft
from indexer.normalise.hours_french import parse_french_hours
from indexer.normalise.text import clean_text
from indexer.normalise.values import as_text
from indexer.schema import Severity

MAX_LENGTH: Final = 500
_DAYS = re.compile(r"\b(mo|tu|we|th|fr|sa|su|ph)\b", re.IGNORECASE)


@lru_cache(maxsize=8192)
def parse_hours(text: str) -> str | None:
    """The text as an OSM `opening_hours` value; None unless every part of it is understood."""
    text = clean_text(text, lines=False).rstrip(" ;,.")
    if not text or len(text) > MAX_LENGTH:
        return None
    if '"' not in text:  # a comment keeps its words
        text = _DAYS.sub(lambda match: match[0].upper() if match[0].lower() == "ph" else match[0].title(), text)
    if is_osm_hours(text):
        return text
    french = parse_french_hours(text)
    return french if french is not None and is_osm_hours(french) else None


def is_osm_hours(text: str) -> bool:
    """Whether the text follows the OSM grammar; a bare comment says no hours."""
    return not text.startswith('"') and opening_hours.validate(text)


def _from_days(value: dict[str, Any]) -> str | None:
    """{"lundi": "9h-12h", …} as a sentence."""
    parts = []
    for day, hours in value.items():
        if isinstance(hours, list):
            hours = " et ".join(str(item) for item in hours)
        text = as_text(hours)
        if text is None:
            return None
        parts.append(f"{day} {text}")
    return " ; ".join(parts)


def _as_sentence(value: Any) -> str | None:
    text = as_text(value)
    if text is not None and text.lstrip().startswith("{"):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return None
    return _from_days(value) if isinstance(value, dict) else text


def normalise_hours(draft: Draft) -> None:
    """`horaires_accueil`: kept when it is OSM, converted when it is plain French, else dropped."""
    if "horaires_accueil" not in draft.fields:
        return
    original = draft.fields["horaires_accueil"]
    sentence = _as_sentence(original)
    hours = None if sentence is None else parse_hours(sentence[: MAX_LENGTH * 4])
    if hours is None:
        message = "Horaires non compris, ignorés. Écrivez-les comme « Mo-Fr 09:00-12:00,14:00-17:30 »."
        draft.drop("horaires_accueil", "horaires-non-compris", message)
    elif not isinstance(original, str) or _far_from(original, hours):
        draft.mend("horaires_accueil", hours, "horaires", f"Horaires compris comme « {hours} ».", Severity.INFO)
    else:
        draft.set("horaires_accueil", hours)


def _far_from(original: str, hours: str) -> bool:
    return " ".join(original.split()).rstrip(" ;,.").lower() != hours.lower()
