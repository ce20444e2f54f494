"""What a structure offers: a workshop, the needs it answers, its sessions."""

from datetime import datetime, time, timedelta
from itertools import zip_longest
from typing import Any, Final

from indexer.geocode.clocks import zone_of
from indexer.publish.answers import MAX_LONG, MAX_SHORT, Answers, many, one, one_line
from indexer.publish.contact import read_day
from indexer.schema.vocabulary import vocabulary

MOST_SESSIONS: Final = 12
MOST_NEEDS: Final = 3
MOST_SEATS: Final = 500
FARTHEST: Final = timedelta(days=550)
"""A session announced later than in a year and a half is a slip of the pen."""

SESSION_FIELDS: Final = (
    "seance_date", "seance_debut", "seance_fin", "seance_places", "seance_lieu", "seance_restantes",
)  # fmt: skip
"""Of one session each, in the same order. `seance_restantes` is what the publisher says afterwards: seats left."""

FIELDS: Final = frozenset({"titre", "description", "besoins", "frais", "frais_precisions", "langues", *SESSION_FIELDS})


def read_workshop(answers: Answers, now: datetime) -> tuple[dict[str, Any], dict[str, str]]:
    """Fields of the offer, and what to mend by field."""
    errors: dict[str, str] = {}
    title, text = one_line(answers, "titre"), one(answers, "description")
    if not 5 <= len(title) <= MAX_SHORT:
        errors["titre"] = f"Donnez un titre court à l’atelier, de 5 à {MAX_SHORT} caractères."
    if not 20 <= len(text) <= MAX_LONG:
        errors["description"] = f"Dites en quelques phrases ce qu’on y fait, de 20 à {MAX_LONG} caractères."
    needs = [value for value in many(answers, "besoins") if "--" in value and value in vocabulary("thematiques")]
    if not needs:
        errors["besoins"] = "Choisissez le besoin auquel l’atelier répond."
    elif len(needs) > MOST_NEEDS:
        errors["besoins"] = f"Choisissez {MOST_NEEDS} besoins au plus."
    price = one(answers, "frais")
    if price not in ("gratuit", "payant"):
        errors["frais"] = "Dites si l’atelier est gratuit ou payant."
    if len(one_line(answers, "frais_precisions")) > MAX_SHORT or len(one_line(answers, "langues")) > MAX_SHORT:
        errors["frais_precisions"] = f"Ces précisions sont trop longues : {MAX_SHORT} caractères au plus."
    sessions = read_sessions(answers, now, errors)
    fields = {
        "nom": title,
        "description": text,
        "type_offre": "atelier",
        "thematiques": needs,
        "frais": price,
        "frais_precisions": one_line(answers, "frais_precisions") or None,
        "langues": [part.strip() for part in one_line(answers, "langues").split(",") if part.strip()],
        "modes_accueil": ["en-presentiel"],
        "sessions": sessions,
    }
    return fields if not errors else {}, errors


def read_sessions(answers: Answers, now: datetime, errors: dict[str, str]) -> list[dict[str, Any]]:
    """The sessions of the rows that hold something, in order; all must be ahead."""
    rows = list(zip_longest(*(answers.get(name, ()) for name in SESSION_FIELDS), fillvalue=""))[:MOST_SESSIONS]
    postal = one(answers, "code_commune")
    found = [_read_row(row, now, postal, errors) for row in rows if any(row[:3])]
    if not found and "seance_date" not in errors:
        errors["seance_date"] = "Donnez au moins une séance : un jour et une heure."
    sessions = [session for session in found if session is not None]
    return sorted(sessions, key=lambda session: str(session["debut"]))


def _read_row(row: tuple[str, ...], now: datetime, postal: str, errors: dict[str, str]) -> dict[str, Any] | None:
    day, start, end = read_day(row[0]), _read_time(row[1]), _read_time(row[2])
    if day is None or start is None:
        errors["seance_date"] = "Écrivez le jour et l’heure de chaque séance, comme « 2026-09-15 » et « 14:00 »."
        return None
    zone = zone_of(postal)
    begins = datetime.combine(day, start, tzinfo=zone)
    if begins <= now:
        errors["seance_date"] = f"La séance du {day:%d/%m/%Y} est passée : donnez une date à venir."
        return None
    if begins > now + FARTHEST:
        errors["seance_date"] = f"La séance du {day:%d/%m/%Y} est trop loin : vérifiez l’année."
        return None
    if end is not None and end <= start:
        errors["seance_fin"] = f"La séance du {day:%d/%m/%Y} finit avant de commencer : corrigez ses heures."
        return None
    seats = _read_seats(row[3], errors)
    ends = None if end is None else datetime.combine(day, end, tzinfo=zone).isoformat()
    place = " ".join(row[4].split())[:MAX_SHORT] or None
    return {
        "debut": begins.isoformat(),
        "fin": ends,
        "lieu": place,
        "places": seats,
        "places_restantes": _left(row[5], seats),
    }


def _read_seats(text: str, errors: dict[str, str]) -> int | None:
    text = text.strip()
    if not text:
        return None
    seats = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else -1
    if not 1 <= seats <= MOST_SEATS:
        errors["seance_places"] = f"Écrivez un nombre de places, de 1 à {MOST_SEATS}, ou laissez la case vide."
        return None
    return seats


def _left(text: str, seats: int | None) -> int | None:
    """What was said to be left, never more than there are; all of them before anything was said."""
    if seats is None or not (text.isascii() and text.isdigit()) or len(text) > 4:
        return seats
    return min(int(text), seats)


def _read_time(text: str) -> time | None:
    """« 14:00 » as a browser sends it, « 14h » or « 14h30 » as a person writes it."""
    typed = text.strip().lower().replace("h", ":").rstrip(":")
    try:
        return time.fromisoformat(typed if ":" in typed else f"{int(typed):02d}:00" if typed.isdecimal() else "x")
    except ValueError:
        return None
