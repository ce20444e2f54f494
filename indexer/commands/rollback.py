"""`maillage rollback`: the version before the live one is live again."""

import typer

from indexer.engines.factory import build_engine
from indexer.indexing import open_indexing
from indexer.rebuild import follow
from indexer.settings import load_settings

app = typer.Typer()


@app.command()
def rollback_command() -> None:
    """Remet en service la version précédente de l'index."""
    settings = load_settings()
    version = build_engine(settings).rollback()
    with open_indexing(settings) as work:
        removed = follow(work, limit=0).removed  # what was retired since must not come back
    typer.echo(f"Index {version} remis en service, {removed} offres retirées depuis ôtées.")
    typer.echo("« maillage reindex » le remettra à jour.")
