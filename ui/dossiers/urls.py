"""Addresses of the files of people, built in one place."""

from typing import Final
from urllib.parse import quote

PEOPLE: Final = "/espace/personnes"
NEW: Final = f"{PEOPLE}/nouvelle"
DOSSIER_ROUTE: Final = f"{PEOPLE}/{{dossier_id}}"
SITUATION_ROUTE: Final = f"{DOSSIER_ROUTE}/situation"
READING_ROUTE: Final = f"{SITUATION_ROUTE}/lecture"
PROPOSALS_ROUTE: Final = f"{DOSSIER_ROUTE}/reponses"
LINK_ROUTE: Final = f"{DOSSIER_ROUTE}/lien"
ACCESS_ROUTE: Final = f"{DOSSIER_ROUTE}/acces"
EXPORT_ROUTE: Final = f"{DOSSIER_ROUTE}/export"
STATUS_ROUTE: Final = f"{DOSSIER_ROUTE}/statut"
DELETE_ROUTE: Final = f"{DOSSIER_ROUTE}/supprimer"
PARTNERS_ROUTE: Final = f"{DOSSIER_ROUTE}/partenaires"
SITUATIONS: Final = "/espace/situations"
ANSWER_ROUTE: Final = "/mes-reponses/{token}"
KEEP: Final = "/plan/garder"


def dossier(dossier_id: str) -> str:
    return f"{PEOPLE}/{quote(dossier_id, safe='')}"


def situation(dossier_id: str) -> str:
    return f"{dossier(dossier_id)}/situation"


def reading(dossier_id: str) -> str:
    return f"{situation(dossier_id)}/lecture"


def proposals(dossier_id: str) -> str:
    return f"{dossier(dossier_id)}/reponses"


def link(dossier_id: str) -> str:
    return f"{dossier(dossier_id)}/lien"


def access(dossier_id: str) -> str:
    return f"{dossier(dossier_id)}/acces"


def export(dossier_id: str, form: str = "") -> str:
    """`form` is `json` or `html`: the file itself rather than its page."""
    return f"{dossier(dossier_id)}/export" + (f"?format={form}" if form else "")


def status(dossier_id: str) -> str:
    return f"{dossier(dossier_id)}/statut"


def delete(dossier_id: str) -> str:
    return f"{dossier(dossier_id)}/supprimer"


def plan(dossier_id: str) -> str:
    return f"{dossier(dossier_id)}/plan"


def follow_up(dossier_id: str) -> str:
    return f"{dossier(dossier_id)}/suivi"


def answer(token: str) -> str:
    """The page where a person answers beforehand."""
    return f"/mes-reponses/{quote(token, safe='')}"


def partners(dossier_id: str) -> str:
    """Where the partners of the territory are asked for ideas about one file."""
    return f"{dossier(dossier_id)}/partenaires"
