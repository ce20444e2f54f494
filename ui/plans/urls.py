"""Addresses of plans. The only secret that one holds is the person's own token, which access logs mask."""

from typing import Final
from urllib.parse import quote

_DOSSIER: Final = "/espace/personnes/{dossier_id}"
PLAN_ROUTE: Final = f"{_DOSSIER}/plan"
PROPOSALS_ROUTE: Final = f"{PLAN_ROUTE}/propositions"
LINES_ROUTE: Final = f"{PLAN_ROUTE}/lignes"
LINE_ROUTE: Final = f"{LINES_ROUTE}/{{line_id}}"
MOVE_ROUTE: Final = f"{LINE_ROUTE}/deplacer"
REMOVE_ROUTE: Final = f"{LINE_ROUTE}/retirer"
OTHERS_ROUTE: Final = f"{LINE_ROUTE}/autres"
SEARCH_ROUTE: Final = f"{PLAN_ROUTE}/chercher"
ADD_ROUTE: Final = f"{PLAN_ROUTE}/ajouter"
STOP_ROUTE: Final = f"{PLAN_ROUTE}/arreter"
SHEET_ROUTE: Final = f"{PLAN_ROUTE}/feuille"
DATES_ROUTE: Final = f"{PLAN_ROUTE}/dates.ics"
LINK_ROUTE: Final = f"{PLAN_ROUTE}/lien"
UNLINK_ROUTE: Final = f"{PLAN_ROUTE}/lien/retirer"
HISTORY_ROUTE: Final = f"{PLAN_ROUTE}/historique"
FOLLOW_ROUTE: Final = f"{_DOSSIER}/suivi"
MEETINGS_ROUTE: Final = f"{FOLLOW_ROUTE}/rendez-vous"
MEETING_ROUTE: Final = f"{MEETINGS_ROUTE}/{{meeting_id}}"
JOB_ROUTE: Final = f"{FOLLOW_ROUTE}/emploi"
PERSON_ROUTE: Final = "/mon-plan/{token}"
PERSON_DATES_ROUTE: Final = f"{PERSON_ROUTE}/dates.ics"


def plan(dossier_id: str) -> str:
    return _fill(PLAN_ROUTE, dossier_id=dossier_id)


def at_line(dossier_id: str, line_id: str) -> str:
    """The plan, opened at one of its lines."""
    return f"{plan(dossier_id)}#etape-{quote(line_id, safe='')}"


def proposals(dossier_id: str) -> str:
    return _fill(PROPOSALS_ROUTE, dossier_id=dossier_id)


def lines(dossier_id: str) -> str:
    return _fill(LINES_ROUTE, dossier_id=dossier_id)


def line(dossier_id: str, line_id: str) -> str:
    return _fill(LINE_ROUTE, dossier_id=dossier_id, line_id=line_id)


def move(dossier_id: str, line_id: str) -> str:
    return _fill(MOVE_ROUTE, dossier_id=dossier_id, line_id=line_id)


def remove(dossier_id: str, line_id: str) -> str:
    return _fill(REMOVE_ROUTE, dossier_id=dossier_id, line_id=line_id)


def others(dossier_id: str, line_id: str) -> str:
    return _fill(OTHERS_ROUTE, dossier_id=dossier_id, line_id=line_id)


def search(dossier_id: str) -> str:
    return _fill(SEARCH_ROUTE, dossier_id=dossier_id)


def add(dossier_id: str) -> str:
    return _fill(ADD_ROUTE, dossier_id=dossier_id)


def stop(dossier_id: str) -> str:
    return _fill(STOP_ROUTE, dossier_id=dossier_id)


def sheet(dossier_id: str, *, large: bool = False) -> str:
    return _fill(SHEET_ROUTE, dossier_id=dossier_id) + ("?taille=grande" if large else "")


def dates(dossier_id: str) -> str:
    return _fill(DATES_ROUTE, dossier_id=dossier_id)


def link(dossier_id: str) -> str:
    return _fill(LINK_ROUTE, dossier_id=dossier_id)


def unlink(dossier_id: str) -> str:
    return _fill(UNLINK_ROUTE, dossier_id=dossier_id)


def history(dossier_id: str) -> str:
    return _fill(HISTORY_ROUTE, dossier_id=dossier_id)


def follow(dossier_id: str) -> str:
    return _fill(FOLLOW_ROUTE, dossier_id=dossier_id)


def meetings(dossier_id: str) -> str:
    return _fill(MEETINGS_ROUTE, dossier_id=dossier_id)


def meeting(dossier_id: str, meeting_id: str) -> str:
    return _fill(MEETING_ROUTE, dossier_id=dossier_id, meeting_id=meeting_id)


def job(dossier_id: str) -> str:
    return _fill(JOB_ROUTE, dossier_id=dossier_id)


def person(token: str) -> str:
    return _fill(PERSON_ROUTE, token=token)


def person_dates(token: str) -> str:
    return _fill(PERSON_DATES_ROUTE, token=token)


def _fill(route: str, **values: str) -> str:
    return route.format(**{name: quote(value, safe="") for name, value in values.items()})
