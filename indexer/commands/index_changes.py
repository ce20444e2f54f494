"""After an import: the live index learns what changed, or the person learns what to run."""

import typer

from indexer.catalogue import open_catalogue
from indexer.dedupe.run import run_dedupe
from indexer.engines.factory import build_engine
from indexer.errors import BusyError
from indexer.indexing import open_indexing
from indexer.rebuild import Followed, follow, reindex
from indexer.report import ImportReport
from indexer.settings import Settings, load_settings
from indexer.status import late_offers

MOST_LIVE = 500
"""Offers written live after an import (encoding them takes about half a minute); beyond, a reindex is quicker."""

MOST_KEPT_LIVE = 10_000
"""Live changes that an index carries before it is built anew: they cost about 1 ms a search."""


def index_changes(report: ImportReport) -> None:
    """Looks for duplicates when the import changed something, then brings all that changed to the live index."""
    if report.changed:
        _find_duplicates(load_settings())
    bring_to_index(report.flux)


def bring_to_index(flux: str) -> None:
    """Removals go live at once, whatever their number: an offer that is gone must not be found."""
    settings = load_settings()
    if not build_engine(settings).health().ready:
        _say(f"Les offres de « {flux} » seront trouvées après « maillage reindex ».")
        return
    late = _late(settings)
    if late is None:
        _say("L'index en service ne vient pas de ce catalogue : lancez « maillage reindex ».")
    elif late:
        with open_indexing(settings) as work:
            followed = follow(work, MOST_LIVE)
            if not followed.left and work.engine.health().live_changes > MOST_KEPT_LIVE:
                reindex(work)
        _tell(followed)


def _find_duplicates(settings: Settings) -> None:
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        report = run_dedupe(catalogue)
    except BusyError:
        _say("Les doublons sont déjà recherchés par ailleurs : relancez « maillage dedupe » ensuite.")
        return
    finally:
        catalogue.close()
    if report.changements:
        _say(f"Doublons : {report.offres.doublons} offres réunies à une meilleure fiche.")


def _tell(followed: Followed) -> None:
    if followed.written or followed.removed:
        _say(f"Index en service : {followed.written} offres écrites, {followed.removed} retirées.")
    if followed.left:
        _say(f"{followed.left} offres ont changé : lancez « maillage reindex » pour que la recherche les trouve.")


def _late(settings: Settings) -> int | None:
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        return late_offers(catalogue, build_engine(settings))
    finally:
        catalogue.close()


def _say(message: str) -> None:
    """On the standard error: the standard output may be a report for a machine."""
    typer.echo(message, err=True)
