"""Dates: of the last change, and of validity."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from indexer.geocode.clocks import MAINLAND_ZONE
from indexer.normalise.draft import Draft
from indexer.schema import Kind, Severity

FIRST_YEAR: Final = 2000
TOLERANCE: Final = timedelta(hours=48)
_FRENCH = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})")


def parse_date(value: Any) -> date | None:
    """An ISO date or datetime, or day/month/year. None for anything else; the year is not judged."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()[:40]
    for shape, order in ((_ISO, (1, 2, 3)), (_FRENCH, (3, 2, 1))):
        match = shape.fullmatch(text)
        if match:
            return _date(*(int(match[i]) for i in order))
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(ZoneInfo(MAINLAND_ZONE)).date() if moment.tzinfo is not None else moment.date()
    except (ValueError, OverflowError):
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_problem(value: Any) -> str | None:
    """Why a value is no usable date, in French; None when it is one."""
    parsed = parse_date(value)
    if parsed is None:
        return "Date illisible : écrivez-la AAAA-MM-JJ."
    if parsed.year < 100:
        return f"Année {parsed.year:04d} impossible : vouliez-vous écrire {2000 + parsed.year} ?"
    if parsed.year < FIRST_YEAR:
        return f"Année {parsed.year} trop ancienne (avant {FIRST_YEAR})."
    return None


def normalise_date_maj(draft: Draft, now: datetime) -> None:
    """`date_maj`: dropped when unreadable, before 2000, or more than 48 h ahead of `now`."""
    if "date_maj" not in draft.fields:
        return
    problem = date_problem(draft.fields["date_maj"])
    if problem is not None:
        draft.drop("date_maj", "date-impossible", f"{problem} Valeur ignorée.")
        return
    parsed = parse_date(draft.fields["date_maj"])
    zone = ZoneInfo(MAINLAND_ZONE)
    moment = now if now.tzinfo is not None else now.replace(tzinfo=UTC)
    if parsed is not None and parsed > (moment + TOLERANCE).astimezone(zone).date():
        draft.drop("date_maj", "date-future", "Date de plus de 48 heures dans le futur, ignorée.")
        return
    if parsed is not None and parsed > moment.astimezone(zone).date():
        draft.note("date_maj", "date-future-proche", "Date un peu dans le futur, gardée.")
    draft.set("date_maj", parsed)


def normalise_validity(draft: Draft) -> None:
    """`validite`: {debut, fin}; a bad bound is dropped, and both when they are in the wrong order."""
    if draft.kind is not Kind.OFFER or "validite" not in draft.fields:
        return
    value = draft.fields["validite"]
    if not isinstance(value, dict):
        draft.drop("validite", "validite", "Validité illisible (« debut » et « fin » attendus), ignorée.")
        return
    bounds: dict[str, date] = {}
    for name in ("debut", "fin"):
        if value.get(name) in (None, ""):
            continue
        problem, parsed = date_problem(value[name]), parse_date(value[name])
        if problem is not None or parsed is None:
            draft.note("validite", "date-impossible", f"{problem} Borne « {name} » ignorée.", value=value[name])
        else:
            bounds[name] = parsed
    if "debut" in bounds and "fin" in bounds and bounds["fin"] < bounds["debut"]:
        draft.drop("validite", "validite", "La validité finit avant de commencer ; ignorée.")
        return
    unknown = value.keys() - {"debut", "fin"}
    if unknown:
        draft.note("validite", "champ-inconnu", "Champs inconnus de « validite », ignorés.", Severity.INFO)
    if bounds:
        draft.set("validite", bounds)
    else:
        del draft.fields["validite"]
