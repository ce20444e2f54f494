"""Addresses of the mobilisation of companies."""

from typing import Final
from urllib.parse import quote, urlencode

OVERVIEW: Final = "/mobilisation"
COMPANIES: Final = "/mobilisation/entreprises"
LIST: Final = "/mobilisation/liste"
FAULTS: Final = "/mobilisation/lignes-a-corriger"
COMPANY_ROUTE: Final = "/mobilisation/entreprises/{siret}"
INVITE_ROUTE: Final = "/mobilisation/entreprises/{siret}/inviter"
STOP_ROUTE: Final = "/ne-plus-solliciter/{token}"


def overview(bassin: str = "", *, all_jobs: bool = False) -> str:
    """`bassin` is a code of the territory; every job short of people, or the first of them."""
    pairs = [("bassin", bassin)] * bool(bassin) + [("tout", "oui")] * all_jobs
    return f"{OVERVIEW}?{urlencode(pairs)}" if pairs else OVERVIEW


def companies(metier: str = "", etat: str = "", page: int = 1) -> str:
    """Those of the sectors of a job, in one state."""
    pairs = [("metier", metier), ("etat", etat), ("page", "" if page == 1 else str(page))]
    query = urlencode([(name, value) for name, value in pairs if value])
    return f"{COMPANIES}?{query}" if query else COMPANIES


def company(siret: str, metier: str = "", done: str = "") -> str:
    """`metier` is the job that one calls for; `done` what was just done, which the page says."""
    query = urlencode([(name, value) for name, value in (("metier", metier), ("fait", done)) if value])
    return f"{COMPANIES}/{quote(siret, safe='')}" + (f"?{query}" if query else "")


def invite(siret: str) -> str:
    return f"{COMPANIES}/{quote(siret, safe='')}/inviter"


def stop(token: str) -> str:
    return f"/ne-plus-solliciter/{quote(token, safe='')}"
