"""Jobs as JSON: what the routes answer, and `maillage metiers --json`."""

from typing import Any

from indexer.metiers.search import JobHit
from indexer.metiers.service import JobSheet


def build_job(hit: JobHit) -> dict[str, Any]:
    return {
        "code_rome": hit.code_rome,
        "libelle": hit.libelle,
        "appellation": hit.appellation,
        "score": hit.score,
    }


def build_job_sheet(sheet: JobSheet) -> dict[str, Any]:
    close = sheet.close
    return {
        "code_rome": sheet.code_rome,
        "libelle": sheet.libelle,
        "noms": sheet.sayings.noms,
        "envies": sheet.sayings.envies,
        "appellations": sheet.titles,
        "proches": None if close is None else [{"code_rome": code, "libelle": label} for code, label in close],
    }
