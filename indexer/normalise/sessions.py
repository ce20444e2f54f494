"""Dated sessions of an offer."""

import re
from datetime import UTC, datetime, time, timezone
from typing import Any, Final
from zoneinfo import ZoneInfo

from indexer.normalise.dates import date_problem, parse_date
from indexer.normalise.draft import Draft
from indexer.normalise.numbers import parse_integer
from indexer.normalise.territory import time_zone
from indexer.normalise.text import clean_text, cut_text
from indexer.normalise.values import as_text, is_absent
from indexer.schema import Kind, Severity

MAX_PLACE: Final = 500
MAX_SESSIONS: Final = 1_000
_KEYS = frozenset({"debut", "fin", "lieu", "places", "places_restantes"})
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[ T,]+(?:à )?(\d{1,2})[h:](\d{2})?")


def parse_moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """A moment with the offset of `zone`, which a naive one is taken to be in; a day alone starts at midnight."""
    moment = value if isinstance(value, datetime) else _parse_text(value)
    if moment is None:
        day = parse_date(value)
        moment = None if day is None else datetime.combine(day, time())
    if moment is None:
        return None
    try:
        aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
        local = aware.astimezone(UTC).astimezone(zone)
        offset = local.utcoffset()
    except (OverflowError, ValueError):
        return None
    return None if offset is None else local.replace(tzinfo=timezone(offset))


def _parse_text(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    text = value.strip()[:40]
    match = _FRENCH.fullmatch(text)
    try:
        if match:
            day, month, year, hour = (int(match[i]) for i in range(1, 5))
            return datetime(year, month, day, hour, int(match[5] or 0))  # noqa: DTZ001 (local, its zone comes next)
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def normalise_sessions(draft: Draft) -> None:
    """`sessions`: a bad one is dropped, the others stay."""
    if draft.kind is not Kind.OFFER or "sessions" not in draft.fields:
        return
    value = draft.fields["sessions"]
    items = [value] if isinstance(value, dict) else value
    if not isinstance(items, list):
        draft.drop("sessions", "sessions", "Sessions illisibles (une liste d'objets est attendue), ignorées.")
        return
    if len(items) > MAX_SESSIONS:
        draft.note("sessions", "trop-de-sessions", f"Plus de {MAX_SESSIONS} sessions ; les suivantes sont ignorées.")
    zone = time_zone(draft.fields)
    kept = [s for s in (_session(draft, item, zone) for item in items[:MAX_SESSIONS]) if s is not None]
    if kept:
        draft.set("sessions", sorted(kept, key=lambda s: (s["debut"], str(s))))
    else:
        del draft.fields["sessions"]


def _session(draft: Draft, item: Any, zone: ZoneInfo) -> dict[str, Any] | None:
    problem = _problem(item, zone)
    if problem is not None:
        draft.note("sessions", "session", f"{problem} Session ignorée.", value=item)
        return None
    session: dict[str, Any] = {"debut": parse_moment(item["debut"], zone)}
    if not is_absent(item.get("fin")):
        session["fin"] = parse_moment(item["fin"], zone)
    lieu = clean_text((as_text(item.get("lieu")) or "")[: MAX_PLACE * 10], lines=False)
    if lieu and not is_absent(lieu):
        session["lieu"] = cut_text(lieu, MAX_PLACE, lines=False)
    for name in ("places", "places_restantes"):
        _set_seats(draft, session, name, item.get(name))
    if item.keys() - _KEYS:
        draft.note("sessions", "champ-inconnu", "Champs inconnus d'une session, ignorés.", Severity.INFO, value=item)
    return session


def _problem(item: Any, zone: ZoneInfo) -> str | None:
    """Why a session cannot be kept, in French."""
    if not isinstance(item, dict):
        return "Un objet est attendu (debut, fin, lieu, places)."
    moments: list[datetime] = []
    for name in ("debut", "fin"):
        if name == "fin" and is_absent(item.get(name)):
            continue
        moment = parse_moment(item.get(name), zone)
        problem = date_problem(item.get(name)) if moment is None else date_problem(moment)
        if problem is not None or moment is None:
            return f"« {name} » : {problem or 'date et heure illisibles.'}"
        moments.append(moment)
    return "Elle finit avant de commencer." if moments[-1] < moments[0] else None


def _set_seats(draft: Draft, session: dict[str, Any], name: str, value: Any) -> None:
    if is_absent(value):
        return
    number = parse_integer(value)
    if number is None or not 0 <= number <= 1_000_000:
        draft.note("sessions", "places", f"« {name} » illisible, ignoré.", value=value)
    else:
        session[name] = number
