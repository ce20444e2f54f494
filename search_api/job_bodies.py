"""Jobs as JSON: what the routes answer, and `maillage metiers --json`."""

from typing import Any

from indexer.labour.market import Market
from indexer.metiers.search import JobHit
from indexer.metiers.service import JobSheet
from search_api.tension_bodies import build_tension


def build_job(hit: JobHit) -> dict[str, Any]:
    return {
        "code_rome": hit.code_rome,
        "libelle": hit.libelle,
        "appellation": hit.appellation,
        "score": hit.score,
    }


def build_job_sheet(sheet: JobSheet, market: Market | None = None) -> dict[str, Any]:
    """With a market, the shortage of the job and of each close one there."""
    close = sheet.close
    job = {
        "code_rome": sheet.code_rome,
        "libelle": sheet.libelle,
        "noms": sheet.sayings.noms,
        "envies": sheet.sayings.envies,
        "appellations": sheet.titles,
        "proches": None if close is None else [_close_job(code, label, market) for code, label in close],
    }
    return job | _shortage(sheet.code_rome, market)


def _close_job(code: str, label: str, market: Market | None) -> dict[str, Any]:
    return {"code_rome": code, "libelle": label} | _shortage(code, market)


def _shortage(code: str, market: Market | None) -> dict[str, Any]:
    if market is None:
        return {}
    tension = market.tension(code)
    return {"tension": None if tension is None else build_tension(tension)}
